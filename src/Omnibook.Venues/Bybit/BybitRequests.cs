using System.Globalization;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The public requests of the category <c>linear</c>, as data. Each counts one towards the 600 in 5 s of an address. Moments are
/// milliseconds since the Unix epoch; every list is answered newest first.
/// </summary>
/// <seealso href="https://bybit-exchange.github.io/docs/v5/market/time"/>
public static class BybitRequests
{
    /// <summary>The venue's clock.</summary>
    public static RestRequest Time { get; } = new("v5/market/time", Weight: 1);

    /// <summary>A page of the contracts. Only those that trade, unless a status is asked for.</summary>
    /// <param name="cursor">What the page before gave as the next; null for the first page.</param>
    /// <param name="status"><c>PreLaunch</c>, <c>Trading</c>, <c>Delivering</c> or <c>Closed</c>; null for those that trade.</param>
    public static RestRequest Instruments(string? cursor = null, string? status = null) =>
        Get("instruments-info", ("limit", "1000"), ("status", status), ("cursor", cursor));

    /// <summary>Candles. The one that is still open comes too.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="interval"><c>1 3 5 15 30 60 120 240 360 720 D W M</c>; no other exists, and none is answered by another.</param>
    /// <param name="start">Opening time of the oldest, or null.</param>
    /// <param name="end">Opening time of the newest, or null for now.</param>
    /// <param name="limit">1 to 1000.</param>
    public static RestRequest Candles(string symbol, string interval, long? start = null, long? end = null, int limit = 1000) =>
        Get("kline", ("symbol", symbol), ("interval", interval), ("start", Text(start)), ("end", Text(end)), ("limit", Text(limit)));

    /// <summary>Candles of the mark price; no volume.</summary>
    /// <inheritdoc cref="Candles"/>
    public static RestRequest MarkCandles(string symbol, string interval, long? start = null, long? end = null, int limit = 1000) =>
        Get("mark-price-kline", ("symbol", symbol), ("interval", interval), ("start", Text(start)), ("end", Text(end)), ("limit", Text(limit)));

    /// <summary>Candles of the index price; no volume.</summary>
    /// <inheritdoc cref="Candles"/>
    public static RestRequest IndexCandles(string symbol, string interval, long? start = null, long? end = null, int limit = 1000) =>
        Get("index-price-kline", ("symbol", symbol), ("interval", interval), ("start", Text(start)), ("end", Text(end)), ("limit", Text(limit)));

    /// <summary>Paid funding. The venue refuses a start without an end, so both or neither or the end alone.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null for now.</param>
    /// <param name="limit">1 to 200.</param>
    /// <exception cref="ArgumentException">A start without an end.</exception>
    public static RestRequest FundingHistory(string symbol, long? start = null, long? end = null, int limit = 200) =>
        start is not null && end is null
            ? throw new ArgumentException("Bybit refuses a startTime without an endTime.", nameof(end))
            : Get("funding/history", ("symbol", symbol), ("startTime", Text(start)), ("endTime", Text(end)), ("limit", Text(limit)));

    /// <summary>Open interest in the past.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="intervalTime"><c>5min 15min 30min 1h 4h 1d</c>.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null for now.</param>
    /// <param name="cursor">What the page before gave as the next; null for the first page.</param>
    /// <param name="limit">1 to 200.</param>
    public static RestRequest OpenInterest(
        string symbol, string intervalTime, long? start = null, long? end = null, string? cursor = null, int limit = 200) =>
        Get(
            "open-interest",
            ("symbol", symbol), ("intervalTime", intervalTime), ("startTime", Text(start)), ("endTime", Text(end)),
            ("limit", Text(limit)), ("cursor", cursor));

    /// <summary>The share of accounts that are long and short.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="period"><c>5min 15min 30min 1h 4h 1d</c>.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null for now.</param>
    /// <param name="cursor">What the page before gave as the next; null for the first page.</param>
    /// <param name="limit">1 to 500.</param>
    public static RestRequest AccountRatio(
        string symbol, string period, long? start = null, long? end = null, string? cursor = null, int limit = 500) =>
        Get(
            "account-ratio",
            ("symbol", symbol), ("period", period), ("startTime", Text(start)), ("endTime", Text(end)),
            ("limit", Text(limit)), ("cursor", cursor));

    /// <summary>The 24 h figures of one contract, or of all.</summary>
    /// <param name="symbol">The contract; null for all.</param>
    public static RestRequest Tickers(string? symbol = null) => Get("tickers", ("symbol", symbol));

    /// <summary>The newest trades: what fills a hole after a reconnect.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="limit">1 to 1000.</param>
    public static RestRequest RecentTrades(string symbol, int limit = 1000) => Get("recent-trade", ("symbol", symbol), ("limit", Text(limit)));

    /// <summary>The book. Its number <c>u</c> is that of the 1000-level stream.</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="limit">1 to 1000 levels a side.</param>
    public static RestRequest OrderBook(string symbol, int limit = 1000) => Get("orderbook", ("symbol", symbol), ("limit", Text(limit)));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Cursors come percent-encoded (<c>lastid%3D…%26lasttime%3D…</c>) and are given back as they came; symbols and intervals are
    /// letters, digits and hyphens, but may come from a user.
    /// </summary>
    private static RestRequest Get(string path, params (string Name, string? Value)[] parameters)
    {
        var query = parameters
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"&{parameter.Name}={(parameter.Name == "cursor" ? parameter.Value : Uri.EscapeDataString(parameter.Value!))}");
        return new RestRequest($"v5/market/{path}?category=linear{string.Concat(query)}", Weight: 1);
    }
}
