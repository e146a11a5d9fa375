using System.Globalization;

namespace Omnibook.Simulator.Faults;

/// <summary>What is wrong with a request for a fault, in words that name the allowed values.</summary>
internal static class FaultProblem
{
    private static readonly int[] CloseCodes = [1000, 1001, 1008, 1011, 1012, 1013];
    private static readonly int[] Statuses = [200, 302, 400, 401, 403, 404, 408, 418, 429, 451, 500, 502, 503, 504];
    private static readonly string[] Bodies = ["venue", "html", "empty", "truncated"];

    /// <summary>The problem, or null when the request is fine.</summary>
    public static string? Of(FaultRequest request, FaultKind kind, IReadOnlyCollection<string> symbols, IReadOnlyCollection<string> channels)
    {
        var given = Given(request).ToList();
        var stray = given.Find(name => !kind.Parameters.Contains(name, StringComparer.Ordinal));
        return stray is not null ? $"'{kind.Name}' does not take '{stray}'. It takes: {Join(kind.Parameters)}."
            : kind.OnlyVenues.Count > 0 && !kind.OnlyVenues.Contains(request.Venue, StringComparer.Ordinal)
                ? $"'{kind.Name}' exists only at: {Join(kind.OnlyVenues)}."
            : Unknown("symbol", request.Symbol, symbols) ?? Unknown("channel", request.Channel, channels) ?? Values(request);
    }

    private static string? Values(FaultRequest request) =>
        Outside("count", request.Count, 1, 1_000_000_000)
        ?? Outside("durationMs", request.DurationMs, 1, 7L * 24 * 3600 * 1000)
        ?? (request.Probability is <= 0 or > 1 or double.NaN ? "'probability' is above 0 and at most 1." : null)
        ?? Unknown("code", request.Code, CloseCodes)
        ?? Unknown("status", request.Status, Statuses)
        ?? Unknown("body", request.Body, Bodies)
        ?? Outside("retryAfterSeconds", request.RetryAfterSeconds, 0, 86_400)
        ?? Outside("lagMs", request.LagMs, 1, 600_000)
        ?? Outside("delayMs", request.DelayMs, 1, 600_000)
        ?? Outside("offsetMs", request.OffsetMs, -86_400_000, 86_400_000)
        ?? Outside("bytes", request.Bytes, 1024, 1L << 30)
        ?? Outside("ticks", request.Ticks, 0, 1000);

    private static IEnumerable<string> Given(FaultRequest request)
    {
        (string Name, object? Value)[] fields =
        [
            ("symbol", request.Symbol), ("channel", request.Channel), ("count", request.Count), ("probability", request.Probability),
            ("durationMs", request.DurationMs), ("code", request.Code), ("status", request.Status),
            ("retryAfterSeconds", request.RetryAfterSeconds), ("body", request.Body), ("lagMs", request.LagMs),
            ("delayMs", request.DelayMs), ("offsetMs", request.OffsetMs), ("bytes", request.Bytes), ("ticks", request.Ticks),
        ];
        return fields.Where(static field => field.Value is not null).Select(static field => field.Name);
    }

    private static string? Outside(string name, long? value, long low, long high) =>
        value < low || value > high ? $"'{name}' is a number from {low} to {high}." : null;

    private static string? Unknown<T>(string name, T? value, IReadOnlyCollection<T> allowed) =>
        value is null || allowed.Contains(value) ? null : $"'{name}' is not '{value}' but one of: {Join(allowed)}.";

    private static string? Unknown(string name, int? value, IReadOnlyCollection<int> allowed) =>
        value is not { } known || allowed.Contains(known) ? null : $"'{name}' is not {known} but one of: {Join(allowed)}.";

    private static string Join<T>(IEnumerable<T> values) =>
        string.Join(", ", values.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}
