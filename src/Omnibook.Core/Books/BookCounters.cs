namespace Omnibook.Core.Books;

/// <summary>What a book has met since it was created. Only ever counted up.</summary>
public record struct BookCounters
{
    /// <summary>Updates applied, those replayed after a snapshot included.</summary>
    public long Updates { get; internal set; }

    /// <summary>Snapshots that replaced the levels.</summary>
    public long Snapshots { get; internal set; }

    /// <summary>Levels of applied updates and snapshots.</summary>
    public long Levels { get; internal set; }

    /// <summary>Updates and snapshots ignored because the book was past them.</summary>
    public long Stale { get; internal set; }

    /// <summary>Updates that did not follow the one before.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Times that the thread was lost and the book had to begin anew.</summary>
    public long Resyncs { get; internal set; }

    /// <summary>Updates and snapshots with a level that cannot be: no positive price, or a negative quantity.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Times that more updates came before a snapshot than are kept.</summary>
    public long Overflows { get; internal set; }

    /// <summary>Snapshots that did not reach the updates kept for them.</summary>
    public long SnapshotsTooOld { get; internal set; }

    /// <summary>Deletes of a level that was not there. Normal: a venue's snapshot is shorter than its book.</summary>
    public long AbsentDeletes { get; internal set; }

    /// <summary>Messages after which the best bid was not below the best ask.</summary>
    public long CrossedAfterMessage { get; internal set; }

    /// <summary>Announced tops of book that were compared, being of the book's own sequence number.</summary>
    public long TopsCompared { get; internal set; }

    /// <summary>Snapshots that were fetched only to be compared with the book, and were.</summary>
    public long SnapshotsCompared { get; internal set; }

    /// <summary>Announced tops, and snapshots of the book's own sequence number, that differed from the book.</summary>
    public long VerifyMismatches { get; internal set; }
}
