using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>Where requests learn what pairs cost.</summary>
internal sealed class PriceDesk(MarketLoop loop, InstrumentCatalog catalog, MarketFollowing following, DayFigures figures, Dexes dexes)
{
    /// <summary>What a pair costs now, with the figures of 24 hours. A pair that is not followed yet begins to be, and has no source at first.</summary>
    public async Task<PriceReading> ReadAsync(PerpPair pair, CancellationToken cancellationToken)
    {
        using var followed = FollowedPair.Open(pair, following);
        await figures.RefreshAsync(pair, cancellationToken);
        return (await loop.ReadAsync(market => PriceReader.Read(market, followed), cancellationToken)).With(figures.Find);
    }

    /// <summary>What every pair costs that has a fresh price now, all at the same moment. Nothing is followed for it that is not followed anyway.</summary>
    public async Task<IReadOnlyList<PriceReading>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var served = dexes.Served.ToDictionary(dex => dex.Name.Venue);
        var readings = await loop.ReadAsync(market => ReadAll(market, served), cancellationToken);
        foreach (var reading in readings)
        {
            if (dexes.TryFind(reading.Pair, out var pair, out _))
            {
                figures.Refresh(pair);
            }
        }

        return readings.ConvertAll(reading => reading.With(figures.Find));
    }

    /// <summary>Every pair that has a fresh price now, with the number of dexes that show one, in order of the name.</summary>
    public Task<SortedDictionary<string, int>> PairsAsync(CancellationToken cancellationToken) =>
        loop.ReadAsync(FindPairs, cancellationToken);

    /// <summary>The funding rates of every pair that has a fresh price now, as far as they are known.</summary>
    public Task<List<DexRate>> RatesAsync(CancellationToken cancellationToken) => loop.ReadAsync(FindRates, cancellationToken);

    private SortedDictionary<string, int> FindPairs(Market market)
    {
        var pairs = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var instrument in FindFresh(market))
        {
            var name = PerpPair.NameOf(instrument);
            pairs[name] = pairs.GetValueOrDefault(name) + 1;
        }

        return pairs;
    }

    private List<PriceReading> ReadAll(Market market, Dictionary<VenueId, ServedExchange> served) =>
        FindFresh(market)
            .Where(instrument => served.ContainsKey(instrument.Venue))
            .GroupBy(PerpPair.NameOf, StringComparer.Ordinal)
            .Select(pair => PriceReader.Read(market, pair.Key, InOrder(pair, served), []))
            .ToList();

    private static IEnumerable<DexMember> InOrder(IEnumerable<Instrument> pair, Dictionary<VenueId, ServedExchange> served) =>
        from dex in Dexes.All
        from instrument in pair
        where instrument.Venue == dex.Venue
        select new DexMember(served[instrument.Venue], instrument);

    private List<DexRate> FindRates(Market market)
    {
        var rates = new List<DexRate>();
        foreach (var instrument in FindFresh(market))
        {
            if (market.FundingOf(instrument.Id) is { } funding)
            {
                rates.Add(new DexRate(PerpPair.NameOf(instrument), instrument.Venue.Key, PriceReader.HourlyRate(funding)));
            }
        }

        return rates;
    }

    private IEnumerable<Instrument> FindFresh(Market market) =>
        catalog.Instruments.Where(instrument => Dexes.IsPair(instrument) && UsableBooks.Counts(market.BookOf(instrument.Id), market.Now, PerpRules.Fresh));
}

/// <summary>What longs pay for one hour.</summary>
/// <param name="Pair">Of which pair.</param>
/// <param name="Dex">At which dex.</param>
/// <param name="HourlyRate">A fraction, positive when longs pay.</param>
internal sealed record DexRate(string Pair, string Dex, decimal HourlyRate);
