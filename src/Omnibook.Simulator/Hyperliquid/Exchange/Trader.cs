using Omnibook.Core.Instruments;
using Omnibook.Simulator.Hyperliquid.Accounts;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>An order of a trader, and where it rests in the book while it does.</summary>
internal sealed class TraderOrder(AccountOrder row)
{
    /// <summary>The order as it stands.</summary>
    public AccountOrder Row { get; set; } = row;

    /// <summary>Its place in the book; null when it does not rest.</summary>
    public RestingOrder? Resting { get; set; }
}

/// <summary>An account that somebody holds the key of: what happens to it is what its orders do.</summary>
/// <param name="address">In lower case.</param>
/// <param name="master">The account that may act for it, for a vault or a sub-account; null for one of its own.</param>
internal sealed class Trader(string address, string? master)
{
    private const int UsualLeverage = 20;
    private readonly Dictionary<string, decimal> _balances = new(StringComparer.Ordinal);
    private readonly Dictionary<HyperliquidMarket, AccountPosition> _positions = [];
    private readonly List<AccountFill> _fills = [];

    /// <summary>In lower case.</summary>
    public string Address => address;

    /// <summary>Who may act for it besides itself; null for nobody.</summary>
    public string? Master => master;

    /// <summary>Every order, the oldest first.</summary>
    public List<TraderOrder> Orders { get; } = [];

    /// <summary>Pays in.</summary>
    public void Deposit(string dex, decimal amount) => _balances[dex] = _balances.GetValueOrDefault(dex) + amount;

    /// <summary>What is open in a coin, negative when short.</summary>
    public decimal PositionIn(HyperliquidMarket coin) => _positions.TryGetValue(coin, out var position) ? position.Size : 0;

    /// <summary>The leverage of a coin: 20, or the most that it has.</summary>
    public static int LeverageOf(HyperliquidMarket coin) => Math.Min(UsualLeverage, coin.Coin.MaxLeverage);

    /// <summary>The account as the info requests show it.</summary>
    public Account Show(IEnumerable<HyperliquidDex> dexes) => new(
        address,
        dexes.ToDictionary(static dex => dex.Name, dex => _balances.GetValueOrDefault(dex.Name), StringComparer.Ordinal),
        [.. Orders.Select(static order => order.Row).Reverse()],
        [.. _fills.AsEnumerable().Reverse()],
        [.. _positions.Values],
        []);

    /// <summary>A part of an order is filled.</summary>
    /// <returns>The fill.</returns>
    public AccountFill Fill(TraderOrder order, decimal price, decimal size, bool isTaker, long time, long tradeId)
    {
        var row = order.Row;
        var (before, signed) = (_positions.GetValueOrDefault(row.Coin), row.Side == Side.Bid ? size : -size);
        var (held, entry) = (before?.Size ?? 0, before?.EntryPrice ?? 0);
        var closing = Math.Sign(held) == -Math.Sign(signed) ? Math.Min(Math.Abs(held), size) : 0;
        var won = closing * (price - entry) * Math.Sign(held);
        var fee = Math.Round(price * size * (isTaker ? 0.00045m : 0.00015m), 6);
        var fill = new AccountFill(row, held, won, fee, isTaker) { Price = price, Size = size, Time = time, TradeId = tradeId };
        _fills.Add(fill);
        Deposit(row.Coin.Dex.Name, won - fee);
        Move(row.Coin, before, held + signed, closing == 0 ? (Math.Abs(held) * entry + size * price) / Math.Abs(held + signed) : closing == size ? entry : price, time);
        return fill;
    }

    private void Move(HyperliquidMarket coin, AccountPosition? before, decimal after, decimal entry, long time)
    {
        if (after == 0)
        {
            _positions.Remove(coin);
        }
        else
        {
            var isSame = before is not null && Math.Sign(before.Size) == Math.Sign(after);
            _positions[coin] = new AccountPosition(coin, after, entry, LeverageOf(coin), isSame ? before!.Since : time);
        }
    }
}
