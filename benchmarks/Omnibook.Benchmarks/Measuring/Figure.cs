namespace Omnibook.Benchmarks.Measuring;

/// <summary>What one pass over all frames took.</summary>
/// <param name="Seconds">How long the thread worked.</param>
/// <param name="BytesPerFrame">What was allocated, for each frame.</param>
internal readonly record struct Figure(double Seconds, double BytesPerFrame)
{
    /// <summary>Worse than anything measured.</summary>
    public static Figure None => new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Does the work once.</summary>
    public static Figure Measure(Func<long> work, int frames)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = ThreadClock.Seconds;
        GC.KeepAlive(work());
        var elapsed = ThreadClock.Seconds - started;
        return new Figure(elapsed, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)frames);
    }

    /// <summary>The better of two, each column by itself: whatever else the machine does can only slow it.</summary>
    public Figure Better(Figure other) => new(Math.Min(Seconds, other.Seconds), Math.Min(BytesPerFrame, other.BytesPerFrame));
}
