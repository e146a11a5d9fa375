namespace Omnibook.Core.Books;

/// <summary>What a message or a tick did to a book.</summary>
[Flags]
public enum BookEffects
{
    /// <summary>Nothing that anybody would see.</summary>
    None = 0,

    /// <summary>Levels, sequence number or times changed.</summary>
    Levels = 1,

    /// <summary>The status changed.</summary>
    Status = 2,

    /// <summary>The venue is to be asked for a snapshot, now and once. The book asks again by itself when none comes.</summary>
    SnapshotWanted = 4,

    /// <summary>Snapshots do not help: the connection is to be replaced.</summary>
    ReconnectWanted = 8,

    /// <summary>The venue was asked about a silent book, and it is the market that is quiet: the stream is not to be doubted.</summary>
    Excused = 16,

    /// <summary>A price lies between two ticks: what is known of the instrument is out of date.</summary>
    ListingDoubted = 32,
}
