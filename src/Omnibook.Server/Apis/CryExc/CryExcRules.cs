namespace Omnibook.Server.Apis.CryExc;

/// <summary>Bounds and rhythms of the dialect.</summary>
internal sealed record CryExcRules
{
    /// <summary>How many subscriptions a connection, and a batch, may have.</summary>
    public int MaxSubscriptions { get; init; } = 64;

    /// <summary>How many different streams are kept for all connections together.</summary>
    public int MaxStreams { get; init; } = 2_000;

    /// <summary>How many messages of a connection wait while earlier ones are worked on.</summary>
    public int MaxWaitingMessages { get; init; } = 64;

    /// <summary>How many cells (or candles without any) a history tells at most; the newest.</summary>
    public int MaxHistoryRows { get; init; } = 20_000;

    /// <summary>How long a subscription waits for what the archive has; then it begins with what memory has.</summary>
    public TimeSpan PastPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long books are kept that are taken more often than every minute.</summary>
    public TimeSpan FineBooksKept { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many bytes a history is taken for while it is not rendered yet.</summary>
    public int HistoryWeight { get; init; } = 64 * 1024;

    /// <summary>A history waits until no more bytes than this wait for the client.</summary>
    public int HistoryRoom { get; init; } = 1024 * 1024;

    /// <summary>How often streams look whether they have something to tell.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a book of ordinary size is told at most.</summary>
    public TimeSpan BookPace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often ladders, figures and footprints are told at most.</summary>
    public TimeSpan FlowPace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the volume delta is told at most.</summary>
    public TimeSpan DeltaPace { get; init; } = TimeSpan.FromSeconds(1);
}
