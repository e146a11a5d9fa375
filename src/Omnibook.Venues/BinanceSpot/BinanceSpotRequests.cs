using System.Globalization;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>
/// The public requests, as data, with their weights. Moments are milliseconds since the Unix epoch, both ends of a range included;
/// lists are answered oldest first.
/// </summary>
/// <seealso href="https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints"/>
public static class BinanceSpotRequests
{
    /// <summary>Most levels a side of a book.</summary>
    public const int MaxDepth = 5000;

    /// <summary>Most rows of candles and of trades.</summary>
    public const int MaxRows = 1000;

    /// <summary>All pairs.</summary>
    public static RestRequest ExchangeInfo { get; } = new("api/v3/exchangeInfo", Weight: 20);

    /// <summary>The venue's clock.</summary>
    public static RestRequest Time { get; } = new("api/v3/time", Weight: 1);

    /// <summary>The book. 5 of weight up to 100 levels a side, 25 up to 500, 50 up to 1,000, 250 beyond.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="limit">1 to <see cref="MaxDepth"/> levels a side.</param>
    public static RestRequest Depth(string symbol, int limit) => Get(
        "depth", limit switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 }, ("symbol", symbol), ("limit", Text(limit)));

    /// <summary>Candles, the open one among them.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="interval"><c>1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M</c>.</param>
    /// <param name="start">Opening time of the oldest, or null.</param>
    /// <param name="end">Opening time of the newest, or null for now.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest Candles(string symbol, string interval, long? start = null, long? end = null, int limit = MaxRows) => Get(
        "klines", 2, ("symbol", symbol), ("interval", interval), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    /// <summary>Aggregated trades from a number on: what fills a hole.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="fromId">The first number that is wanted.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest AggregateTrades(string symbol, long fromId, int limit = MaxRows) => Get(
        "aggTrades", 4, ("symbol", symbol), ("fromId", Text(fromId)), ("limit", Text(limit)));

    /// <summary>Aggregated trades of a time; without one the newest.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest AggregateTradesBetween(string symbol, long? start = null, long? end = null, int limit = MaxRows) => Get(
        "aggTrades", 4, ("symbol", symbol), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    /// <summary>The newest fills.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest Trades(string symbol, int limit = MaxRows) => Get("trades", 25, ("symbol", symbol), ("limit", Text(limit)));

    /// <summary>Fills from a number on. No key is needed on Spot; the hosts for market data alone do not have it.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="fromId">The first number that is wanted; null for the newest.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest HistoricalTrades(string symbol, long? fromId = null, int limit = MaxRows) => Get(
        "historicalTrades", 25, ("symbol", symbol), ("fromId", Text(fromId)), ("limit", Text(limit)));

    /// <summary>The 24 h figures of one pair (weight 2) or of all (weight 80).</summary>
    /// <param name="symbol">The pair; null for all.</param>
    public static RestRequest Tickers(string? symbol = null) => Get("ticker/24hr", symbol is null ? 80 : 2, ("symbol", symbol));

    /// <summary>The best bid and ask of one pair (weight 2) or of all (weight 4).</summary>
    /// <param name="symbol">The pair; null for all.</param>
    public static RestRequest BookTickers(string? symbol = null) => Get("ticker/bookTicker", symbol is null ? 4 : 2, ("symbol", symbol));

    /// <summary>The last price of one pair (weight 2) or of all (weight 4).</summary>
    /// <param name="symbol">The pair; null for all.</param>
    public static RestRequest Prices(string? symbol = null) => Get("ticker/price", symbol is null ? 4 : 2, ("symbol", symbol));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static RestRequest Get(string path, int weight, params (string Name, string? Value)[] parameters) =>
        new(RestQuery.Of($"api/v3/{path}", parameters), weight);
}
