using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>
/// Invents an account for every address that is asked for and does not trade itself, always the same one: orders, some of them filled at the prices of
/// their time, and positions that are the sums of those fills.
/// </summary>
internal sealed class AccountBook(HyperliquidVenue venue)
{
    private const int Remembered = 1000;
    private const long Minute = 60_000;
    private const int MostOrdersOfCoin = 24;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _masters = new(StringComparer.Ordinal);
    private readonly long _born = venue.Schedule.Milliseconds;

    /// <summary>The account of an address in lower case.</summary>
    public Account Of(string address)
    {
        if (venue.Traders.Find(address) is { } trader)
        {
            return trader.Show(venue.Dexes);
        }

        if (_accounts.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_accounts.Count >= Remembered)
        {
            // Accounts are functions of their addresses: forgetting one costs only the time to invent it again.
            _accounts.Clear();
        }

        var account = Invent(address);
        _accounts.Add(address, account);
        return account;
    }

    /// <summary>The master of a sub-account that was shown before, or null.</summary>
    public string? MasterOf(string address) => _masters.GetValueOrDefault(address);

    private Account Invent(string address)
    {
        var seed = SeededRandom.SeedOf(venue.Seed, "account/" + address);
        var random = new SeededRandom(seed);
        var subAccounts = SubAccounts(address, seed, random);
        var orders = new List<AccountOrder>();
        var fills = new List<AccountFill>();
        var positions = new List<AccountPosition>();
        var deposits = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var dex in venue.Dexes)
        {
            var won = 0m;
            foreach (var coin in venue.CoinsOf(dex).Where(_ => random.Chance(dex.Name.Length == 0 ? 600 : 800)))
            {
                var history = new CoinHistory(coin, random, _born);
                history.Invent((int)random.Between(3, MostOrdersOfCoin));
                orders.AddRange(history.Orders);
                fills.AddRange(history.Fills);
                won += history.Fills.Sum(static fill => fill.ClosedPnl - fill.Fee);
                positions.AddRange(history.Position is { } position ? [position] : []);
            }

            // Enough to carry the positions at half of the leverage that was chosen.
            var needed = positions.Where(position => position.Coin.Dex == dex).Sum(static position => Math.Abs(position.Size) * position.EntryPrice / position.Leverage);
            deposits[dex.Name] = Math.Max(0, Math.Round(random.Between(0, 5_000_000) / 100m + 2 * needed + won, 6));
        }

        return new Account(
            address, deposits, [.. orders.OrderByDescending(static order => order.Changed).ThenByDescending(static order => order.Id)],
            [.. fills.OrderByDescending(static fill => fill.Order.Changed)], positions, subAccounts);
    }

    /// <summary>One address in three has one or two sub-accounts; sub-accounts have none.</summary>
    private List<string> SubAccounts(string address, ulong seed, SeededRandom random)
    {
        var count = random.Below(3) == 0 ? random.Between(1, 2) : 0;
        var result = new List<string>();
        for (var index = 0; index < count && !_masters.ContainsKey(address); index++)
        {
            var sub = HyperliquidText.Address(seed + (ulong)index + 1);
            _masters.TryAdd(sub, address);
            result.Add(sub);
        }

        return result;
    }

    /// <summary>The orders of one user in one coin, told from the oldest to the newest.</summary>
    private sealed class CoinHistory(HyperliquidMarket coin, SeededRandom random, long born)
    {
        private decimal _size;
        private decimal _entry;
        private long _since;

        public List<AccountOrder> Orders { get; } = [];

        public List<AccountFill> Fills { get; } = [];

        public AccountPosition? Position =>
            _size == 0 ? null : new AccountPosition(coin, _size, Math.Round(_entry, 6), (int)random.Between(2, coin.Coin.MaxLeverage / 2), _since);

        public void Invent(int count)
        {
            var time = born - count * 600 * Minute;
            for (var index = 0; index < count; index++)
            {
                time += random.Between(5, 590) * Minute + random.Below(Minute);
                Place(time, isLast: index == count - 1);
            }
        }

        private void Place(long time, bool isLast)
        {
            var rules = coin.Coin.Rules;
            var side = random.Chance(500) ? Side.Bid : Side.Ask;
            var away = random.Below(20) * rules.Tick;
            var price = rules.PriceScale.ToDecimal(coin.Market.FairPriceAt(time) + (side == Side.Bid ? -away : away));
            var size = rules.QuantityScale.ToDecimal(rules.TypicalQuantity * random.Between(20, 400) / 100);
            var status = isLast && random.Chance(700) ? "open" : random.Chance(650) ? "filled" : random.Chance(850) ? "canceled" : "rejected";
            var filled = status == "filled" ? size : 0;
            var changed = status == "open" ? time : time + random.Between(20, 4 * Minute);
            var clientId = random.Chance(300) ? HyperliquidText.Hash(random.Next())[..34] : null;
            var id = 40_000_000_000 + random.Below(9_000_000_000);
            var order = new AccountOrder(id, coin, side, price, size, filled, status, time, changed, clientId);
            Orders.Add(order);
            if (filled > 0)
            {
                Fill(order);
            }
        }

        private void Fill(AccountOrder order)
        {
            var signed = order.Side == Side.Bid ? order.Filled : -order.Filled;
            var isTaker = random.Chance(600);
            var closing = Math.Sign(_size) == -Math.Sign(signed) ? Math.Min(Math.Abs(_size), Math.Abs(signed)) : 0;
            var pnl = closing * (order.Price - _entry) * Math.Sign(_size);
            var fee = order.Price * order.Filled * (isTaker ? 0.00045m : 0.00015m);
            Fills.Add(new AccountFill(order, _size, Math.Round(pnl, 6), Math.Round(fee, 6), isTaker));
            Move(signed, order, closing);
        }

        private void Move(decimal signed, AccountOrder order, decimal closing)
        {
            var after = _size + signed;
            if (closing == 0)
            {
                _entry = (Math.Abs(_size) * _entry + Math.Abs(signed) * order.Price) / Math.Abs(after);
                _since = _size == 0 ? order.Changed : _since;
            }
            else if (Math.Sign(after) == Math.Sign(signed))
            {
                (_entry, _since) = (order.Price, order.Changed);
            }

            _size = after;
        }
    }
}
