using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>Where requests learn what pairs cost.</summary>
internal sealed class PriceDesk(MarketLoop loop, InstrumentCatalog catalog, MarketFollowing following, DayFigures figures)
{
    /// <summary>What a pair costs now, with the figures of 24 hours. A pair that is not followed yet begins to be, and has no source at first.</summary>
    public async Task<PriceReading> ReadAsync(PerpPair pair, CancellationToken cancellationToken)
    {
        using var followed = FollowedPair.Open(pair, following);
        await figures.RefreshAsync(pair, cancellationToken);
        return (await loop.ReadAsync(market => PriceReader.Read(market, followed), cancellationToken)).With(figures.Find);
    }

    /// <summary>Every pair that has a fresh price now, with the number of dexes that show one, in order of the name.</summary>
    public Task<SortedDictionary<string, int>> PairsAsync(CancellationToken cancellationToken) =>
        loop.ReadAsync(FindPairs, cancellationToken);

    private SortedDictionary<string, int> FindPairs(Market market)
    {
        var pairs = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var instrument in catalog.Instruments)
        {
            if (Dexes.IsPair(instrument) && UsableBooks.Counts(market.BookOf(instrument.Id), market.Now, PerpRules.Fresh))
            {
                var name = PerpPair.NameOf(instrument);
                pairs[name] = pairs.GetValueOrDefault(name) + 1;
            }
        }

        return pairs;
    }
}
