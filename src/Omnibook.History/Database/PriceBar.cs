namespace Omnibook.History.Database;

/// <summary>The four prices of a slice, in units; moments in nanoseconds.</summary>
internal readonly record struct PriceBar(long FirstAt, long LastAt, long Open, long High, long Low, long Close)
{
    /// <summary>Together with one whose trades came later.</summary>
    public PriceBar With(in PriceBar later)
    {
        var (opensLater, closesLater) = (later.FirstAt < FirstAt, later.LastAt >= LastAt);
        return new PriceBar(
            Math.Min(FirstAt, later.FirstAt), Math.Max(LastAt, later.LastAt),
            opensLater ? later.Open : Open, Math.Max(High, later.High), Math.Min(Low, later.Low), closesLater ? later.Close : Close);
    }
}
