namespace Omnibook.Core.Books;

/// <summary>How a book that hears nothing learns whether there is nothing to hear.</summary>
public enum QuietCheck
{
    /// <summary>Not at all: the venue sends whole books, or nobody can be asked.</summary>
    None,

    /// <summary>By a snapshot that shares the numbers of the stream: an equal number means that nothing has happened.</summary>
    BySnapshot,

    /// <summary>By beginning the stream anew, which brings the book: equal levels mean that nothing has happened.</summary>
    ByResubscription,
}

/// <summary>How patient a book is, and what it may keep. The defaults suit every venue known so far.</summary>
public sealed record BookOptions
{
    /// <summary>The defaults.</summary>
    public static BookOptions Default { get; } = new();

    /// <summary>A live book that hears nothing for longer becomes stale, unless its own habit (20 mean gaps) is slower.</summary>
    public TimeSpan QuietLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A side of a snapshot with at least so many levels may be longer at the venue; a shorter one is whole. 0 for a venue of which that is not known.
    /// </summary>
    public int SnapshotLevels { get; init; }

    /// <summary>How a silent book learns whether the market is quiet: asked halfway to <see cref="QuietLimit"/>.</summary>
    public QuietCheck QuietCheck { get; init; }

    /// <summary>
    /// How much later than usual the messages of a live book may come for it to take part in composites; beyond twice as much it is stale.
    /// Null looks at no lag.
    /// </summary>
    public TimeSpan? MaxLag { get; init; }

    /// <summary>How long a book may be crossed or locked and still count as live.</summary>
    public TimeSpan CrossedLimit { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a book that stays crossed waits before it asks for another snapshot.</summary>
    public TimeSpan CrossedRepeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer to a snapshot request is awaited before it is asked for again.</summary>
    public TimeSpan SnapshotTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause after a snapshot that was too old; it doubles each time, to at most <see cref="OldSnapshotMaxPause"/>.</summary>
    public TimeSpan OldSnapshotPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause between snapshots that are too old.</summary>
    public TimeSpan OldSnapshotMaxPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so many snapshots in a row that were too old, a new connection is asked for.</summary>
    public int OldSnapshotLimit { get; init; } = 5;

    /// <summary>After so many losses of the thread with no <see cref="GoodMessages"/> between, a new connection is asked for.</summary>
    public int FailureLimit { get; init; } = 3;

    /// <summary>So many messages must apply before earlier failures are forgotten. A snapshot alone forgives nothing.</summary>
    public int GoodMessages { get; init; } = 20;

    /// <summary>
    /// How long no snapshot is asked for once <see cref="FailureLimit"/> was reached. Most faults are shorter than that.
    /// </summary>
    public TimeSpan FirstCoolDown { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long none is asked for after each further failure before <see cref="GoodMessages"/>; twice and then three times as long for those
    /// that follow. So a short fault is over soon, and a poisoned stream costs a venue less than one snapshot in 20 s.
    /// </summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>So many messages in a row from before the book's sequence number mean that the venue counts anew.</summary>
    public int StaleRunLimit { get; init; } = 100;

    /// <summary>
    /// The same of messages that are not even half as far as the book: no venue repeats what is so old. One alone may be a mistake.
    /// </summary>
    public int FarStaleRunLimit { get; init; } = 2;

    /// <summary>Most updates kept for a snapshot. One more drops them all, and keeping starts again.</summary>
    public int MaxKeptUpdates { get; init; } = 50_000;

    /// <summary>Most levels kept for a snapshot, 24 bytes each: 16 MB.</summary>
    public int MaxKeptLevels { get; init; } = 16 * 1024 * 1024 / 24;
}
