using System.Globalization;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// The public requests, as data, with their weights. Moments are milliseconds since the Unix epoch, both ends of a range included; lists are
/// answered oldest first. Two families have no weight but a count of their own (funding 500, statistics 1,000 in 5 minutes, and bans for those
/// who go near it); they are charged a weight here that keeps them below half of it even if nothing else were asked.
/// </summary>
/// <seealso href="https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api"/>
public static class UsdmRequests
{
    /// <summary>Most candles of one answer.</summary>
    public const int MaxCandles = 1500;

    /// <summary>Most trades of one answer, and most fundings of one with a start.</summary>
    public const int MaxRows = 1000;

    /// <summary>Most fundings of an answer without a start.</summary>
    public const int MaxNewestFundings = 200;

    /// <summary>Most rows of the statistics.</summary>
    public const int MaxStatistics = 500;

    // 2,400 of weight a minute over 48: fifty requests a minute.
    private const int CountedWeight = 48;

    /// <summary>The venue's clock.</summary>
    public static RestRequest Time { get; } = new("fapi/v1/time", Weight: 1);

    /// <summary>Contracts whose funding is not that of every eight hours within the usual bounds.</summary>
    public static RestRequest FundingInfo { get; } = new("fapi/v1/fundingInfo", CountedWeight);

    /// <summary>Candles, the open one among them.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="interval"><c>1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M</c>.</param>
    /// <param name="start">Opening time of the oldest, or null for the newest.</param>
    /// <param name="end">Opening time of the newest, or null for now.</param>
    /// <param name="limit">1 to <see cref="MaxCandles"/>.</param>
    public static RestRequest Candles(string symbol, string interval, long? start = null, long? end = null, int limit = MaxCandles) => Get(
        "fapi/v1/klines",
        limit switch { < 100 => 1, < 500 => 2, <= 1000 => 5, _ => 10 },
        ("symbol", symbol), ("interval", interval), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    /// <summary>Mark and index price and the next funding of one contract (weight 1) or of all (weight 10).</summary>
    /// <param name="symbol">The contract; null for all.</param>
    public static RestRequest PremiumIndex(string? symbol = null) => Get("fapi/v1/premiumIndex", symbol is null ? 10 : 1, ("symbol", symbol));

    /// <summary>Open interest now.</summary>
    /// <param name="symbol">The contract.</param>
    public static RestRequest OpenInterest(string symbol) => Get("fapi/v1/openInterest", 1, ("symbol", symbol));

    /// <summary>Open interest of the last month.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="period"><c>5m 15m 30m 1h 2h 4h 6h 12h 1d</c>.</param>
    /// <param name="start">The oldest; null for the newest.</param>
    /// <param name="end">The newest; null only without a start.</param>
    /// <param name="limit">1 to <see cref="MaxStatistics"/>.</param>
    public static RestRequest OpenInterestHistory(string symbol, string period, long? start = null, long? end = null, int limit = MaxStatistics) =>
        Statistics("openInterestHist", symbol, period, start, end, limit);

    /// <summary>Shares of long and short accounts of the last month.</summary>
    /// <inheritdoc cref="OpenInterestHistory"/>
    public static RestRequest LongShort(string symbol, string period, long? start = null, long? end = null, int limit = MaxStatistics) =>
        Statistics("globalLongShortAccountRatio", symbol, period, start, end, limit);

    /// <summary>Paid funding: from a start on the oldest, without one the newest.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null for now.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>, without a start to <see cref="MaxNewestFundings"/>.</param>
    public static RestRequest FundingHistory(string symbol, long? start = null, long? end = null, int limit = MaxRows) => Get(
        "fapi/v1/fundingRate", CountedWeight, ("symbol", symbol), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    /// <summary>The 24 h figures of one contract (weight 1) or of all (weight 40).</summary>
    /// <param name="symbol">The contract; null for all.</param>
    public static RestRequest Tickers(string? symbol = null) => Get("fapi/v1/ticker/24hr", symbol is null ? 40 : 1, ("symbol", symbol));

    /// <summary>Aggregated trades: from a number on, what fills a hole of the last 48 hours; without one the newest.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="fromId">The first number that is wanted, or null.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest AggregateTrades(string symbol, long? fromId = null, int limit = MaxRows) => Get(
        "fapi/v1/aggTrades", 20, ("symbol", symbol), ("fromId", Text(fromId)), ("limit", Text(limit)));

    /// <summary>The newest fills, whose numbers are those of the stream of single trades.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="limit">1 to <see cref="MaxRows"/>.</param>
    public static RestRequest Trades(string symbol, int limit = MaxRows) => Get("fapi/v1/trades", 5, ("symbol", symbol), ("limit", Text(limit)));

    private static RestRequest Statistics(string name, string symbol, string period, long? start, long? end, int limit) => Get(
        $"futures/data/{name}",
        CountedWeight,
        ("symbol", symbol), ("period", period), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static RestRequest Get(string path, int weight, params (string Name, string? Value)[] parameters) =>
        new(RestQuery.Of(path, parameters), weight);
}
