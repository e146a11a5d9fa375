using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>The endpoints that show trades and candles.</summary>
internal sealed class SpotTradeEndpoints(SpotVenue venue)
{
    private const int MostRows = 1000;

    /// <summary>The newest fills, oldest first.</summary>
    public RestAnswer Recent(RestCall call) => Fills(call, static (_, _) => null);

    /// <summary>Fills from an id on; no key is needed on Spot.</summary>
    public RestAnswer Historical(RestCall call) => Fills(call, static (query, name) => query.Number(name));

    /// <summary><c>[{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}]</c></summary>
    public RestAnswer Aggregates(RestCall call) => BinanceTape.Aggregates(
        venue, call, longest: null, static (json, market, aggregate) => SpotFrames.AggregateFields(json, market, aggregate));

    /// <summary>Candles, at most 1,000.</summary>
    public RestAnswer Klines(RestCall call) => BinanceKlines.Answer(venue, call, MostRows);

    private RestAnswer Fills(RestCall call, Func<BinanceQuery<BinanceMarket>, string, long?> from)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var limit = query.Limit(500, MostRows);
        var fromId = from(query, "fromId");
        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        var trades = market.Market.Trades;
        return BinanceTape.Write(market, fromId is { } id ? trades.From(id, limit) : trades.Newest(limit), SpotSymbols.Digits, ("isBestMatch", true));
    }
}
