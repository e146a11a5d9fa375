namespace Omnibook.Simulator.Markets;

/// <summary>A candle's length as venues name it, and where its intervals begin.</summary>
internal sealed record CandleInterval(string Name, long Milliseconds)
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long FirstMonday = 4 * Day;

    /// <summary>All intervals of the two venues; Binance has 6h, Hyperliquid does not.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        new("1m", Minute), new("3m", 3 * Minute), new("5m", 5 * Minute), new("15m", 15 * Minute), new("30m", 30 * Minute),
        new("1h", Hour), new("2h", 2 * Hour), new("4h", 4 * Hour), new("6h", 6 * Hour), new("8h", 8 * Hour), new("12h", 12 * Hour),
        new("1d", Day), new("3d", 3 * Day), new("1w", 7 * Day), new("1M", 31 * Day),
    ];

    /// <summary>The interval of a name, or null.</summary>
    public static CandleInterval? Find(string? name) => All.FirstOrDefault(interval => interval.Name == name);

    /// <summary>The beginning of the interval that holds a moment. Weeks begin on Monday, months on their first day, UTC.</summary>
    public long Floor(long milliseconds) => Name switch
    {
        "1w" => (milliseconds - FirstMonday) / Milliseconds * Milliseconds + FirstMonday,
        "1M" => MonthOf(milliseconds).ToUnixTimeMilliseconds(),
        _ => milliseconds / Milliseconds * Milliseconds,
    };

    /// <summary>The beginning of the interval after the one that begins at a moment.</summary>
    public long After(long openTime) =>
        Name == "1M" ? MonthOf(openTime).AddMonths(1).ToUnixTimeMilliseconds() : openTime + Milliseconds;

    private static DateTimeOffset MonthOf(long milliseconds)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return new DateTimeOffset(moment.Year, moment.Month, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
