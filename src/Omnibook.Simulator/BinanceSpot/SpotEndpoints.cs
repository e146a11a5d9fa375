using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>
/// The endpoints of Spot with their weights. https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md
/// </summary>
internal static class SpotEndpoints
{
    /// <summary>The interface of a venue.</summary>
    public static BinanceRest Of(SpotVenue venue)
    {
        var exchange = new SpotExchangeInfo(venue);
        var books = new SpotBookEndpoints(venue);
        var trades = new SpotTradeEndpoints(venue);
        var days = new SpotDayEndpoints(venue);
        return new BinanceRest(venue, new Dictionary<string, BinanceEndpoint>(StringComparer.Ordinal)
        {
            ["/api/v3/ping"] = BinanceRest.Fixed(1, static _ => RestAnswer.Json(200, "{}")),
            ["/api/v3/time"] = BinanceRest.Fixed(1, _ => RestAnswer.Json(200, $"{{\"serverTime\":{venue.Schedule.Milliseconds}}}")),
            ["/api/v3/exchangeInfo"] = BinanceRest.Fixed(20, exchange.Answer),
            ["/api/v3/depth"] = new BinanceEndpoint(SpotBookEndpoints.DepthWeight, books.Depth),
            ["/api/v3/ticker/bookTicker"] = BinanceRest.OneOrAll(2, 4, books.BookTicker),
            ["/api/v3/trades"] = BinanceRest.Fixed(25, trades.Recent),
            ["/api/v3/historicalTrades"] = BinanceRest.Fixed(25, trades.Historical),
            ["/api/v3/aggTrades"] = BinanceRest.Fixed(4, trades.Aggregates),
            ["/api/v3/klines"] = BinanceRest.Fixed(2, trades.Klines),
            ["/api/v3/uiKlines"] = BinanceRest.Fixed(2, trades.Klines),
            ["/api/v3/avgPrice"] = BinanceRest.Fixed(2, days.AveragePrice),
            ["/api/v3/ticker/24hr"] = BinanceRest.OneOrAll(2, 80, days.Day),
            ["/api/v3/ticker/tradingDay"] = BinanceRest.Fixed(4, days.TradingDay),
            ["/api/v3/ticker/price"] = BinanceRest.OneOrAll(2, 4, days.LastPrice),
        }, static _ => RestAnswer.Text(404, "404 page not found"));
    }
}
