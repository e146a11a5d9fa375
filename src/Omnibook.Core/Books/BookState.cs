namespace Omnibook.Core.Books;

/// <summary>How far a book can be trusted. Only a <see cref="Live"/> book equals the venue's and takes part in anything.</summary>
public enum BookState
{
    /// <summary>There is no connection yet, or it is being made anew.</summary>
    Connecting,

    /// <summary>Subscribed; no update has come yet, or updates are kept for the snapshot.</summary>
    Buffering,

    /// <summary>A snapshot was asked for.</summary>
    Syncing,

    /// <summary>Equal to the venue's book at its sequence number.</summary>
    Live,

    /// <summary>Nothing was heard for longer than this book's habit.</summary>
    Stale,

    /// <summary>Was live, lost the thread, waits for a snapshot.</summary>
    Resyncing,

    /// <summary>The best bid has not been below the best ask for too long.</summary>
    Crossed,

    /// <summary>The venue told us to stop asking until a given time.</summary>
    RateLimited,

    /// <summary>The venue refuses our address.</summary>
    GeoBlocked,

    /// <summary>The venue does not list the instrument, or no longer.</summary>
    Delisted,

    /// <summary>Switched off, or refused by the venue.</summary>
    Disabled,
}
