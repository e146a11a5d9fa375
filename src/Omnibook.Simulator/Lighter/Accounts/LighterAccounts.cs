using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter.Accounts;

/// <summary>
/// Invents an account for every address and every number that is asked for. An address and its number lead to the same account,
/// whichever was asked for first.
/// </summary>
internal sealed class LighterAccounts(LighterVenue venue)
{
    /// <summary>The first number that is a user's, and the number after the last one.</summary>
    public const long FirstIndex = 20, EndIndex = 720_000;

    private const int Remembered = 1000;
    private const long Hour = 3_600_000;
    private readonly Dictionary<long, LighterAccount> _accounts = [];
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly long _born = venue.Schedule.Milliseconds;

    /// <summary>The account of an address in lower case.</summary>
    public LighterAccount Of(string address)
    {
        if (!_numbers.TryGetValue(address, out var index))
        {
            index = FreeIndex(address);
        }

        return Obtain(index, address);
    }

    /// <summary>The account of a number.</summary>
    public LighterAccount Of(long index) =>
        Obtain(index, _accounts.TryGetValue(index, out var known) ? known.Address : LighterText.Address(SeededRandom.Mix(venue.Seed, (ulong)index)));

    private long FreeIndex(string address)
    {
        var index = FirstIndex + (long)(SeededRandom.SeedOf(venue.Seed, address) % (ulong)(EndIndex - FirstIndex));
        while (_accounts.ContainsKey(index))
        {
            index = FirstIndex + (index + 1 - FirstIndex) % (EndIndex - FirstIndex);
        }

        return index;
    }

    private LighterAccount Obtain(long index, string address)
    {
        if (_accounts.TryGetValue(index, out var known))
        {
            return known;
        }

        if (_accounts.Count >= Remembered)
        {
            // Accounts are functions of their addresses: forgetting them costs only the time to invent them again.
            _accounts.Clear();
            _numbers.Clear();
        }

        var account = Invent(index, address);
        _accounts.Add(index, account);
        _numbers.Add(address, index);
        return account;
    }

    private LighterAccount Invent(long index, string address)
    {
        var random = new SeededRandom(SeededRandom.SeedOf(venue.Seed, "account/" + address));
        var positions = venue.ById.Values.Where(_ => random.Chance(600)).Select(market => Open(market, random)).ToList();
        // Enough to carry the positions at half of the leverage that was chosen.
        var needed = positions.Sum(static position => Math.Abs(position.Size) * position.EntryPrice * position.MarginFraction / 10_000);
        var collateral = decimal.Round(random.Between(0, 5_000_000) / 100m + 2 * needed, 6);
        return new LighterAccount(index, address, collateral, positions);
    }

    private LighterPosition Open(LighterMarket market, SeededRandom random)
    {
        var rules = market.Market.Rules;
        var price = rules.PriceScale.ToDecimal(market.Market.FairPriceAt(_born - random.Between(1, 400) * Hour));
        var size = rules.QuantityScale.ToDecimal(rules.TypicalQuantity * random.Between(20, 400) / 100);
        var fraction = market.Listing.MarginFraction * (int)random.Between(1, 10);
        return new LighterPosition(market, random.Chance(500) ? size : -size, price, Math.Min(10_000, fraction), (int)random.Below(4));
    }
}
