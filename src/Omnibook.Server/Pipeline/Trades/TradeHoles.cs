namespace Omnibook.Server.Pipeline.Trades;

/// <summary>What is known of a venue's missed trades. Read from any thread.</summary>
/// <param name="Gaps">How often trades were missed, or may have been.</param>
/// <param name="Fetched">How many trades were fetched for them. Some of them may have come by the socket meanwhile, and are told once all the same.</param>
/// <param name="Holes">How often not all of them could be.</param>
/// <param name="Latest">The latest holes, newest first, at most <see cref="TradeHoles.MostKept"/>.</param>
internal sealed record TradeHoleReport(long Gaps, long Fetched, long Holes, IReadOnlyList<TradeHole> Latest)
{
    /// <summary>Nothing was ever missed.</summary>
    public static TradeHoleReport None { get; } = new(0, 0, 0, []);
}

/// <summary>Counts what was missed and fetched, and keeps the latest holes.</summary>
/// <param name="missing">Takes every hole; null for nobody.</param>
internal sealed class TradeHoles(Action<TradeHole>? missing = null)
{
    /// <summary>How many holes are kept; older ones are only counted.</summary>
    public const int MostKept = 50;

    private readonly Lock _gate = new();
    private TradeHoleReport _report = TradeHoleReport.None;

    /// <summary>What is known now.</summary>
    public TradeHoleReport Report => Volatile.Read(ref _report);

    /// <summary>Trades were missed, or may have been.</summary>
    public void AddGap() => Change(report => report with { Gaps = report.Gaps + 1 });

    /// <summary>Trades were fetched that had been missed.</summary>
    public void AddFetched(int trades) => Change(report => report with { Fetched = report.Fetched + trades });

    /// <summary>Trades are missing for good.</summary>
    public void Add(TradeHole hole)
    {
        Change(report => report with { Holes = report.Holes + 1, Latest = [hole, .. report.Latest.Take(MostKept - 1)] });
        missing?.Invoke(hole);
    }

    private void Change(Func<TradeHoleReport, TradeHoleReport> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _report, change(_report));
        }
    }
}
