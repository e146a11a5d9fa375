using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>An order of a user's past.</summary>
/// <param name="Id">The venue's order id.</param>
/// <param name="Coin">The coin.</param>
/// <param name="Side">Bid for a buy.</param>
/// <param name="Price">The limit price.</param>
/// <param name="Size">What was ordered.</param>
/// <param name="Filled">What was filled.</param>
/// <param name="Status">open, filled, canceled and so on.</param>
/// <param name="Placed">When it was placed, Unix milliseconds.</param>
/// <param name="Changed">When its status last changed, Unix milliseconds.</param>
/// <param name="ClientId">The client's id, or null.</param>
internal sealed record AccountOrder(
    long Id, HyperliquidMarket Coin, Side Side, decimal Price, decimal Size, decimal Filled, string Status, long Placed, long Changed, string? ClientId)
{
    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Gtc, Ioc or Alo.</summary>
    public string TimeInForce { get; init; } = "Gtc";
}

/// <summary>A fill of a user's past.</summary>
/// <param name="Order">The order that was filled.</param>
/// <param name="StartPosition">The position before.</param>
/// <param name="ClosedPnl">What was won on the part that closed.</param>
/// <param name="Fee">What it cost.</param>
/// <param name="IsTaker">True when the order crossed.</param>
internal sealed record AccountFill(AccountOrder Order, decimal StartPosition, decimal ClosedPnl, decimal Fee, bool IsTaker)
{
    /// <summary>The price; that of the order unless told.</summary>
    public decimal Price { get; init; } = Order.Price;

    /// <summary>How much; what was filled of the order unless told.</summary>
    public decimal Size { get; init; } = Order.Filled;

    /// <summary>When, Unix milliseconds.</summary>
    public long Time { get; init; } = Order.Changed;

    /// <summary>The id of the trade.</summary>
    public long TradeId { get; init; } = (long)(Markets.SeededRandom.Mix(0xF177, (ulong)Order.Id) >> 14);
}

/// <summary>A position: the sum of the fills.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Size">Negative when short.</param>
/// <param name="EntryPrice">The average price of what is open.</param>
/// <param name="Leverage">Cross leverage.</param>
/// <param name="Since">When it was opened, Unix milliseconds.</param>
internal sealed record AccountPosition(HyperliquidMarket Coin, decimal Size, decimal EntryPrice, int Leverage, long Since);

/// <summary>Everything that is fixed about a user; values follow from it and the prices of the moment.</summary>
/// <param name="Address">In lower case.</param>
/// <param name="Deposits">What was paid into each dex, net of fees and with what was won.</param>
/// <param name="Orders">Newest first.</param>
/// <param name="Fills">Newest first.</param>
/// <param name="Positions">What is open.</param>
/// <param name="SubAccounts">The addresses of its sub-accounts.</param>
internal sealed record Account(
    string Address, IReadOnlyDictionary<string, decimal> Deposits, IReadOnlyList<AccountOrder> Orders, IReadOnlyList<AccountFill> Fills,
    IReadOnlyList<AccountPosition> Positions, IReadOnlyList<string> SubAccounts);
