using System.Globalization;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The public requests of Advanced Trade, as data. Each counts one. Moments are seconds since the Unix epoch; lists are answered newest first.
/// </summary>
/// <seealso href="https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/introduction"/>
public static class CoinbaseRequests
{
    /// <summary>Most candles of one answer; more are refused with INVALID_ARGUMENT.</summary>
    public const int MaxCandles = 350;

    /// <summary>Most trades of one answer.</summary>
    public const int MaxTrades = 100;

    /// <summary>Most levels a side of the REST book.</summary>
    public const int MaxDepth = 1000;

    private static readonly Dictionary<string, TimeSpan> Granularities = new(StringComparer.Ordinal)
    {
        ["ONE_MINUTE"] = TimeSpan.FromMinutes(1),
        ["FIVE_MINUTE"] = TimeSpan.FromMinutes(5),
        ["FIFTEEN_MINUTE"] = TimeSpan.FromMinutes(15),
        ["THIRTY_MINUTE"] = TimeSpan.FromMinutes(30),
        ["ONE_HOUR"] = TimeSpan.FromHours(1),
        ["TWO_HOUR"] = TimeSpan.FromHours(2),
        ["FOUR_HOUR"] = TimeSpan.FromHours(4),
        ["SIX_HOUR"] = TimeSpan.FromHours(6),
        ["ONE_DAY"] = TimeSpan.FromDays(1),
    };

    /// <summary>All products.</summary>
    /// <param name="type"><c>SPOT</c> or <c>FUTURE</c>; null for both.</param>
    public static RestRequest Products(string? type = null) => Get("products", ("product_type", type));

    /// <summary>One product. One that is not known is answered by 404.</summary>
    /// <param name="product">Its id.</param>
    public static RestRequest Product(string product) => Get($"products/{Uri.EscapeDataString(product)}");

    /// <summary>The book, without a number.</summary>
    /// <param name="product">The product.</param>
    /// <param name="limit">1 to <see cref="MaxDepth"/> levels a side.</param>
    public static RestRequest ProductBook(string product, int limit = MaxDepth) =>
        Get("product_book", ("product_id", product), ("limit", Text(limit)));

    /// <summary>Trades of a time; without one the newest. There are no pages: a full answer is continued by an earlier end.</summary>
    /// <param name="product">The product.</param>
    /// <param name="start">The oldest, or null.</param>
    /// <param name="end">The newest, or null for now.</param>
    /// <param name="limit">1 to <see cref="MaxTrades"/>.</param>
    public static RestRequest Trades(string product, long? start = null, long? end = null, int limit = MaxTrades) =>
        Get($"products/{Uri.EscapeDataString(product)}/ticker", ("limit", Text(limit)), ("start", Text(start)), ("end", Text(end)));

    /// <summary>Candles, the open one among them; those without a trade are left out.</summary>
    /// <param name="product">The product.</param>
    /// <param name="granularity"><c>ONE_MINUTE</c> to <c>ONE_DAY</c>, see <see cref="SpanOf"/>.</param>
    /// <param name="start">Opening time of the oldest.</param>
    /// <param name="end">Opening time of the newest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range ends before it begins, or holds more than <see cref="MaxCandles"/>.</exception>
    /// <exception cref="ArgumentException">There is no such granularity.</exception>
    public static RestRequest Candles(string product, string granularity, long start, long end)
    {
        var span = SpanOf(granularity) ?? throw new ArgumentException($"'{granularity}' is no granularity of Coinbase.", nameof(granularity));
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((end - start) / (long)span.TotalSeconds, MaxCandles - 1, nameof(end));
        return Get(
            $"products/{Uri.EscapeDataString(product)}/candles", ("start", Text(start)), ("end", Text(end)), ("granularity", granularity));
    }

    /// <summary>How long a candle of a granularity is; null when there is none of that name.</summary>
    public static TimeSpan? SpanOf(string granularity) => Granularities.TryGetValue(granularity, out var span) ? span : null;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static RestRequest Get(string path, params (string Name, string? Value)[] parameters) =>
        new(RestQuery.Of($"api/v3/brokerage/market/{path}", parameters), Weight: 1);
}
