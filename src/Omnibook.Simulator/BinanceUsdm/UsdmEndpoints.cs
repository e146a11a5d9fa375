using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The endpoints of USD-M futures with their weights.</summary>
internal static class UsdmEndpoints
{
    /// <summary>The interface of a venue.</summary>
    public static BinanceRest Of(UsdmVenue venue)
    {
        var exchange = new UsdmExchangeInfo(venue);
        var books = new UsdmBookEndpoints(venue);
        var trades = new UsdmTradeEndpoints(venue);
        var marks = new UsdmMarkEndpoints(venue);
        return new BinanceRest(venue, new Dictionary<string, BinanceEndpoint>(StringComparer.Ordinal)
        {
            ["/fapi/v1/ping"] = BinanceRest.Fixed(1, static _ => RestAnswer.Json(200, "{}")),
            ["/fapi/v1/time"] = BinanceRest.Fixed(1, _ => RestAnswer.Json(200, $"{{\"serverTime\":{venue.Schedule.Milliseconds}}}")),
            ["/fapi/v1/exchangeInfo"] = BinanceRest.Fixed(1, _ => exchange.Answer()),
            ["/fapi/v1/depth"] = new BinanceEndpoint(UsdmBookEndpoints.DepthWeight, books.Depth),
            ["/fapi/v1/ticker/bookTicker"] = BinanceRest.OneOrAll(2, 5, books.BookTicker),
            ["/fapi/v1/trades"] = BinanceRest.Fixed(5, trades.Recent),
            ["/fapi/v1/historicalTrades"] = BinanceRest.Fixed(200, _ => RestAnswer.Json(401, BinanceErrors.BodyOf(401, 0, venue.Limits))),
            ["/fapi/v1/aggTrades"] = BinanceRest.Fixed(20, trades.Aggregates),
            ["/fapi/v1/klines"] = new BinanceEndpoint(UsdmTradeEndpoints.KlineWeight, trades.Klines),
            ["/fapi/v1/ticker/24hr"] = BinanceRest.OneOrAll(1, 40, trades.Day),
            ["/fapi/v2/ticker/price"] = BinanceRest.OneOrAll(1, 2, trades.LastPrice),
            ["/fapi/v1/ticker/price"] = BinanceRest.OneOrAll(1, 2, trades.LastPrice),
            ["/fapi/v1/premiumIndex"] = BinanceRest.OneOrAll(1, 10, marks.PremiumIndex),
            ["/fapi/v1/openInterest"] = BinanceRest.Fixed(1, marks.OpenInterest),
            ["/fapi/v1/fundingRate"] = Pooled(("funding", 500), marks.FundingRate),
            ["/fapi/v1/fundingInfo"] = Pooled(("funding", 500), marks.FundingInfo),
            ["/futures/data/openInterestHist"] = Pooled(("data", 1000), marks.OpenInterestHistory),
            ["/futures/data/globalLongShortAccountRatio"] = Pooled(("data", 1000), marks.LongShortRatio),
        }, static call => RestAnswer.Json(404, BinanceErrors.Body(-5000, $"Path {call.Path}, Method {call.Method} is invalid")));
    }

    private static BinanceEndpoint Pooled((string Family, int Limit) pool, Func<RestCall, RestAnswer> answer) => new(null, answer) { Pool = pool };
}
