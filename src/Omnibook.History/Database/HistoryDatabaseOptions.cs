namespace Omnibook.History.Database;

/// <summary>How the database of what has been is kept.</summary>
public sealed record HistoryDatabaseOptions
{
    /// <summary>The folder of its files, one for each hour. It belongs to the database alone.</summary>
    public required string Folder { get; init; }

    /// <summary>How long what was received is kept; whole hours go at once.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often the journal is looked at for more.</summary>
    public TimeSpan FollowEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often while somebody waits for what has only just happened: it is first to reach the disk.</summary>
    public TimeSpan FollowAwaitedEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>After so many rows a batch is committed, however much more there is to read.</summary>
    public int BatchRows { get; init; } = 200_000;

    /// <summary>How long to wait before a database that cannot be written is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many questions are answered at the same time, each on a thread and a connection of its own.</summary>
    public int QueryThreads { get; init; } = 2;

    /// <summary>How many questions may wait; one more is refused.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>After this a question is given up.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most rows of one answer.</summary>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>The most memory that DuckDB uses, in MiB; beyond it, it goes to temporary files.</summary>
    public int MemoryMebibytes { get; init; } = 512;

    /// <summary>The most rows of one export.</summary>
    public long MaxExportRows { get; init; } = 50_000_000;

    /// <summary>After this an export is given up.</summary>
    public TimeSpan ExportTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
