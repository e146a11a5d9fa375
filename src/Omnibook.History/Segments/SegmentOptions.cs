namespace Omnibook.History.Segments;

/// <summary>How segments are written, and how long they are kept.</summary>
public sealed record SegmentOptions
{
    /// <summary>How long something written may wait to reach the disk: what has gathered meanwhile is synchronised together.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many bytes may wait to reach the disk. One record more is lost, counted, and seen by readers as missing positions.</summary>
    public int MaxWaitingBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>A new file is begun after this time.</summary>
    public TimeSpan RollAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A new file is begun after so many bytes.</summary>
    public long RollBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>A file is deleted when everything in it is older; null keeps all. The newest file is never deleted.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The oldest files are deleted while all together have more bytes; null for no bound.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>While less of the disk is free, nothing is written, so that the rest of the machine can go on; in bytes.</summary>
    /// <remarks>Never more than a twentieth of the disk. Writing goes on when twice as much is free.</remarks>
    public long KeepFree { get; init; } = 512 * 1024 * 1024;

    /// <summary>How long to wait before a disk that failed is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No position below this is given out, whatever the files say: for copies of the records that outlived them.</summary>
    public long FirstPosition { get; init; }
}
