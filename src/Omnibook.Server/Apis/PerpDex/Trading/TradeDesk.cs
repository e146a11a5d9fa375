using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>Finds where orders should go, in the books of now. Nothing is ever sent to a dex.</summary>
internal sealed class TradeDesk(MarketLoop loop, MarketFollowing following, LiquiditySettings settings, TimeProvider time)
{
    /// <summary>Used on the market's thread alone.</summary>
    private readonly VenueRecommender _recommender = new(new RouterOptions { Rules = PerpRules.Fresh, Reference = RouteReference.MiddleOfBest });

    /// <summary>Routes an order. The advice is null where no dex shows a fresh price; the prices then say why.</summary>
    public async Task<(TradeRouting? Routing, PriceReading Prices)> RouteAsync(PerpPair pair, RouteOrder order, CancellationToken cancellationToken)
    {
        using var followed = FollowedPair.Open(pair, following);
        return await loop.ReadAsync(market => Route(market, followed, order), cancellationToken);
    }

    private (TradeRouting? Routing, PriceReading Prices) Route(Market market, FollowedPair pair, RouteOrder order)
    {
        var (prices, started) = (PriceReader.Read(market, pair), time.GetTimestamp());
        if (pair.Members.Count == 0)
        {
            return (null, prices);
        }

        var instruments = pair.Members.Select(member => member.Instrument).ToArray();
        var book = new ConsolidatedBook(new Composite(pair.Pair.Name, instruments), [.. instruments.Select(instrument => market.BookOf(instrument.Id))]);
        return _recommender.TryRecommend(book, order, settings.Fees, market.Now, out var advice)
            ? (new TradeRouting(pair.Pair, prices, advice, time.GetElapsedTime(started)), prices)
            : (null, prices);
    }
}
