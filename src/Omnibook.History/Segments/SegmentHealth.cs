namespace Omnibook.History.Segments;

/// <summary>How a log is doing.</summary>
public sealed record SegmentHealth
{
    /// <summary>Why nothing reaches the disk; null when all is well.</summary>
    public string? Degraded { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? DegradedSince { get; init; }

    /// <summary>How many positions were given out whose records were lost, because too many waited.</summary>
    public long Lost { get; init; }

    /// <summary>How often the disk failed.</summary>
    public long Failures { get; init; }

    /// <summary>How many files there are.</summary>
    public int Files { get; init; }

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; init; }

    /// <summary>How long the last synchronisation took.</summary>
    public TimeSpan LastSync { get; init; }

    /// <summary>How often was synchronised.</summary>
    public long Syncs { get; init; }
}
