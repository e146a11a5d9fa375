using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.Liquidity.Recorded;

namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary>What a caller of <c>/api/metrics/history</c> asks for.</summary>
/// <param name="Symbol">Which symbol.</param>
/// <param name="WindowBps">Which window.</param>
/// <param name="FromMs">From when, included.</param>
/// <param name="ToMs">To when, not included.</param>
/// <param name="ResolutionMs">The last row of every so many milliseconds; 0 for every row.</param>
/// <param name="Limit">How many rows at most.</param>
internal sealed record MetricsHistoryRequest(ServedSymbol Symbol, int WindowBps, long FromMs, long ToMs, long ResolutionMs, int Limit)
{
    /// <summary>As many rows as an answer has at most.</summary>
    public const int MostRows = 5_000;

    private const int UsualRows = 1_000;
    private const int LongestDays = 7;
    private const long EarliestMs = 1_000_000_000_000;
    private const long LongestMs = LongestDays * 86_400_000L;
    private const string Moments = "ISO 8601, or milliseconds since 1970";

    /// <summary>Reads it; null when something is wrong, which the query then tells.</summary>
    public static MetricsHistoryRequest? Read(QueryReader query, LiquidityBoard board, LiquiditySettings settings, Timestamp now)
    {
        var symbol = SymbolOf(query, board);
        var window = symbol is null ? null : WindowOf(query, symbol, settings);
        var to = MomentOf(query, "to") ?? now.UnixMilliseconds + 1;
        var from = MomentOf(query, "from") ?? to - 3_600_000;
        var resolution = ResolutionOf(query);
        var limit = query.Integer("limit", 1, MostRows) ?? UsualRows;
        if (from >= to)
        {
            query.Complain("from", "Input should be before to", "value_error", query.Optional("from"));
        }
        else if (to - from > LongestMs)
        {
            query.Complain("from", $"Input should be at most {LongestDays} days before to; ask for more in parts", "value_error", query.Optional("from"));
        }

        return query.Problem is null ? new MetricsHistoryRequest(symbol!, window!.Value, from, to, resolution, limit) : null;
    }

    private static ServedSymbol? SymbolOf(QueryReader query, LiquidityBoard board)
    {
        var name = query.Optional("symbol");
        if (board.Find(name) is { } symbol)
        {
            return symbol;
        }

        query.Complain("symbol", $"Input should be one of {string.Join(", ", board.Symbols.Select(served => served.Plan.Name))}", "enum", name);
        return null;
    }

    private static int? WindowOf(QueryReader query, ServedSymbol symbol, LiquiditySettings settings)
    {
        var (name, bps) = (query.Optional("window"), settings.WindowBps);
        if (name is null || (MetricWindow.TryParse(name, out bps) && symbol.Metrics.ContainsKey(bps)))
        {
            return bps;
        }

        query.Complain("window", $"Input should be one of {string.Join(", ", symbol.Metrics.Keys.Order().Select(MetricWindow.NameOf))}", "enum", name);
        return null;
    }

    private static long? MomentOf(QueryReader query, string name)
    {
        if (query.Optional(name) is not { } text)
        {
            return null;
        }

        if (ReplayRequest.Moment(text) is { UnixMilliseconds: >= EarliestMs and var milliseconds })
        {
            return milliseconds;
        }

        query.Complain(name, $"Input should be a moment after 2001 as {Moments}", "value_error", text);
        return null;
    }

    /// <summary>Reads <c>30</c>, <c>30s</c>, <c>5m</c> or <c>1h</c>.</summary>
    private static long ResolutionOf(QueryReader query)
    {
        if (query.Optional("resolution") is not { } text)
        {
            return 0;
        }

        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 };
        var number = unit == 0 ? text : text[..^1];
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count * (long)Math.Max(1, unit) is >= 1 and <= 86_400 and var seconds)
        {
            return seconds * 1_000;
        }

        query.Complain("resolution", "Input should be 1 to 86400 seconds, as 30, 30s, 5m or 1h", "value_error", text);
        return 0;
    }
}
