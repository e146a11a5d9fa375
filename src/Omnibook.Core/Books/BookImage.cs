using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>
/// Everything that a book knows, at one moment: one that is made of it goes on exactly as the other would have. Only what it has counted, and a
/// comparison that is under way, are left out.
/// </summary>
public sealed record BookImage
{
    /// <summary>Whose book.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>The sequence number up to which the levels are complete.</summary>
    public required long Sequence { get; init; }

    /// <summary>The two clocks of the message that was applied last.</summary>
    public required EventTimes Times { get; init; }

    /// <summary>How far the book can be trusted.</summary>
    public required BookStatus Status { get; init; }

    /// <summary>The bids, best first.</summary>
    public required IReadOnlyList<Level> Bids { get; init; }

    /// <summary>The asks, best first.</summary>
    public required IReadOnlyList<Level> Asks { get; init; }

    /// <summary>The updates that wait for a snapshot, oldest first.</summary>
    public required IReadOnlyList<KeptUpdate> Kept { get; init; }

    /// <summary>How the levels hang together with the venue's.</summary>
    public required BookThread Thread { get; init; }

    /// <summary>Its clocks.</summary>
    public required BookTiming Timing { get; init; }

    /// <summary>What it wants of its venue.</summary>
    public required BookDemandState Demand { get; init; }
}

/// <summary>An update that waits for a snapshot.</summary>
/// <param name="Update">Which.</param>
/// <param name="Bids">Its bids.</param>
/// <param name="Asks">Its asks.</param>
public sealed record KeptUpdate(BookUpdate Update, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>How a book's levels hang together with the venue's.</summary>
/// <param name="IsWhole">Whether the next update may be applied.</param>
/// <param name="UpdatesSinceSnapshot">How many were since the last snapshot.</param>
/// <param name="StaleRun">How many messages from before came in a row.</param>
/// <param name="Announced">The top of book that was announced last; its sequence is the least there is when none was.</param>
/// <param name="Lowest">The lowest bid that is known whole; null when all are.</param>
/// <param name="Highest">The highest ask that is known whole; null when all are.</param>
/// <param name="BidDepth">How far below the touch that was, in units of the price.</param>
/// <param name="AskDepth">How far above the touch that was.</param>
public readonly record struct BookThread(
    bool IsWhole, long UpdatesSinceSnapshot, int StaleRun, TopOfBook Announced, Price? Lowest, Price? Highest, long BidDepth, long AskDepth);

/// <summary>A book's clocks, in nanoseconds.</summary>
/// <param name="Now">Our clock as it was read last.</param>
/// <param name="Elapsed">The clock that never runs backwards.</param>
/// <param name="Offset">What the one is behind the other.</param>
/// <param name="MeanGap">How long it usually hears nothing.</param>
/// <param name="HeardAt">When it heard something last, by <paramref name="Elapsed"/>.</param>
/// <param name="CrossedSince">Since when it has been crossed, by <paramref name="Elapsed"/>; null when it is not.</param>
/// <param name="VerifiedAt">When it was found equal to the venue's.</param>
public readonly record struct BookTiming(
    Timestamp Now, long Elapsed, long Offset, long MeanGap, long HeardAt, long? CrossedSince, Timestamp VerifiedAt);

/// <summary>What a book wants of its venue.</summary>
/// <param name="IsWanted">Whether it needs a snapshot.</param>
/// <param name="AskAt">When it asks.</param>
/// <param name="NotBefore">Before when it must not ask.</param>
/// <param name="Failures">How often it lost its thread lately.</param>
/// <param name="Good">How many messages applied since.</param>
/// <param name="CoolDowns">How many cool-downs in a row.</param>
/// <param name="TooOld">How many snapshots in a row were too old.</param>
/// <param name="Reconnect">Whether it wants another connection.</param>
public readonly record struct BookDemandState(
    bool IsWanted, long AskAt, long NotBefore, int Failures, int Good, int CoolDowns, int TooOld, bool Reconnect);
