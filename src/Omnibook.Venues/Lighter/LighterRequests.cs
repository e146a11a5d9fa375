using System.Globalization;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The public requests, as data. Weights are counted in requests of 300, of which 60 a minute are free; trades cost 600. A missing
/// parameter, and one too many, are both refused with 20001.
/// </summary>
/// <seealso href="https://apidocs.lighter.xyz/docs/rate-limits"/>
public static class LighterRequests
{
    private const int TradesWeight = 2;

    /// <summary>The state of the host, with its clock.</summary>
    public static RestRequest Status { get; } = new("", Weight: 1);

    /// <summary>Every market, perpetual and spot, with decimals and 24 h figures.</summary>
    public static RestRequest OrderBookDetails { get; } = Get("orderBookDetails", 1);

    /// <summary>Every market, with decimals and fees.</summary>
    public static RestRequest OrderBooks { get; } = Get("orderBooks", 1);

    /// <summary>The next funding of all markets, here and at three other venues, as fractions for eight hours.</summary>
    public static RestRequest FundingRates { get; } = Get("funding-rates", 1);

    /// <summary>24 h figures of all markets.</summary>
    public static RestRequest ExchangeStats { get; } = Get("exchangeStats", 1);

    /// <summary>The orders that rest best in a book: single ones, without a number that would place them in the stream.</summary>
    /// <param name="market">The market's number.</param>
    /// <param name="limit">1 to 250 orders a side.</param>
    public static RestRequest OrderBookOrders(string market, int limit = 250) =>
        Get("orderBookOrders", 1, ("market_id", market), ("limit", Text(limit)));

    /// <summary>The newest trades: what fills a hole after a reconnect. Their order is not promised.</summary>
    /// <param name="market">The market's number.</param>
    /// <param name="limit">1 to 100.</param>
    public static RestRequest RecentTrades(string market, int limit = 100) =>
        Get("recentTrades", TradesWeight, ("market_id", market), ("limit", Text(limit)));

    /// <summary>Candles, at most some 500.</summary>
    /// <param name="market">The market's number.</param>
    /// <param name="resolution"><c>1m 5m 15m 30m 1h 4h 12h 1d</c>.</param>
    /// <param name="start">The oldest, milliseconds since the Unix epoch.</param>
    /// <param name="end">Later than <paramref name="start"/>; not included.</param>
    /// <param name="countBack">At least so many, even from before <paramref name="start"/>; 0 for none.</param>
    public static RestRequest Candles(string market, string resolution, long start, long end, int countBack = 0) =>
        Range("candles", market, resolution, start, end, countBack);

    /// <summary>Paid funding.</summary>
    /// <param name="market">The market's number.</param>
    /// <param name="resolution"><c>1h</c> or <c>1d</c>.</param>
    /// <param name="start">The oldest, milliseconds since the Unix epoch.</param>
    /// <param name="end">Later than <paramref name="start"/>; not included.</param>
    /// <param name="countBack">At least so many, even from before <paramref name="start"/>; 0 for none.</param>
    public static RestRequest Fundings(string market, string resolution, long start, long end, int countBack = 0) =>
        Range("fundings", market, resolution, start, end, countBack);

    /// <summary>An account with its positions; public.</summary>
    /// <param name="by"><c>index</c> or <c>l1_address</c>.</param>
    /// <param name="value">The account's number, or its address on the first layer.</param>
    public static RestRequest Account(string by, string value) => Get("account", 1, ("by", by), ("value", value));

    private static RestRequest Range(string path, string market, string resolution, long start, long end, int countBack)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        return Get(
            path, 1,
            ("market_id", market), ("resolution", resolution), ("start_timestamp", Text(start)), ("end_timestamp", Text(end)), ("count_back", Text(countBack)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static RestRequest Get(string path, int weight, params (string Name, string Value)[] parameters)
    {
        var query = parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}");
        return new RestRequest($"api/v1/{path}{(parameters.Length > 0 ? "?" : "")}{string.Join('&', query)}", weight);
    }
}
