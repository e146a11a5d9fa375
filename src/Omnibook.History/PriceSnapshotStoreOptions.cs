namespace Omnibook.History;

/// <summary>How a <see cref="PriceSnapshotStore"/> works.</summary>
public sealed record PriceSnapshotStoreOptions
{
    /// <summary>The file; it is created when it does not exist. Its folder must exist.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Whether the prices are invented. A file remembers what its rows are, and is refused to the other kind: real and invented prices never mix.
    /// </summary>
    public bool AreInvented { get; init; }

    /// <summary>How many rows may wait to be written. A full queue makes <see cref="PriceSnapshotStore.InsertAsync"/> wait.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Most rows of one commit.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How long a statement waits while another process holds the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows older than this are deleted, except those that stood in the file before this program first opened it.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often <see cref="Retention"/> is applied; the first time at the opening.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromHours(1);
}
