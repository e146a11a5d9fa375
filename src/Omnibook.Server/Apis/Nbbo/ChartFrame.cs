namespace Omnibook.Server.Apis.Nbbo;

/// <summary>The length of a chart's candles, and how far the chart looks back.</summary>
/// <param name="Length">Length of a candle.</param>
/// <param name="Lookback">How far back: a day for short candles, otherwise two hundred candles, but not longer than prices are kept.</param>
internal sealed record ChartFrame(TimeSpan Length, TimeSpan Lookback)
{
    /// <summary>What is used, and echoed, when nothing is asked for: the spelling that existing clients know.</summary>
    public const string Default = "15min";

    private const int LongChart = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, ChartFrame> Frames = new(StringComparer.Ordinal)
    {
        ["1m"] = Of(TimeSpan.FromMinutes(1)),
        ["5m"] = Of(TimeSpan.FromMinutes(5)),
        ["15m"] = Of(TimeSpan.FromMinutes(15)),
        [Default] = Of(TimeSpan.FromMinutes(15)),
        ["1h"] = Of(TimeSpan.FromHours(1)),
        ["4h"] = Of(TimeSpan.FromHours(4)),
        ["1d"] = Of(TimeSpan.FromDays(1)),
    };

    /// <summary>The names that may be asked for.</summary>
    public static string Names { get; } = string.Join(", ", Frames.Keys);

    /// <summary>The frame of a name, or null.</summary>
    public static ChartFrame? Find(string name) => Frames.GetValueOrDefault(name);

    /// <summary>The start of the oldest candle of the chart: a whole one.</summary>
    public long StartMs(long nowMs)
    {
        var length = (long)Length.TotalMilliseconds;
        return (nowMs - (long)Lookback.TotalMilliseconds) / length * length;
    }

    private static ChartFrame Of(TimeSpan length) =>
        new(length, length <= TimeSpan.FromHours(1) ? TimeSpan.FromHours(24) : TimeSpan.FromTicks(Math.Min(Kept.Ticks, length.Ticks * LongChart)));
}
