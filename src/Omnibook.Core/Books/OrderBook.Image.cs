using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <content>The book as it is, to be kept and to be gone on with.</content>
public sealed partial class OrderBook
{
    /// <summary>Copies everything that the book knows.</summary>
    public BookImage Capture() => new()
    {
        Instrument = Instrument.Id,
        Sequence = Sequence,
        Times = Times,
        Status = Status,
        Bids = LevelsOf(Bids),
        Asks = LevelsOf(Asks),
        Kept = _kept.Capture(),
        Thread = new BookThread(
            _hasThread, _updatesSinceSnapshot, _staleRun, _announced, _known.Lowest, _known.Highest, _knownDepth.Bid, _knownDepth.Ask),
        Timing = new BookTiming(_clock.Now, _clock.Elapsed, _clock.Offset, _silence.MeanGap, _silence.HeardAt, _crossedSince, VerifiedAt),
        Demand = _demand.State,
    };

    /// <summary>Becomes the book of an image. Its own counters stay, but for that of resyncs, which is told with the status.</summary>
    /// <exception cref="ArgumentException">It is another instrument's, or its levels cannot be.</exception>
    public void Restore(BookImage image)
    {
        if (image.Instrument != Instrument.Id || !_sides.TryReplace([.. image.Bids], [.. image.Asks], ref _counters))
        {
            throw new ArgumentException($"This is no image of {Instrument}.", nameof(image));
        }

        (Sequence, Times, Status) = (image.Sequence, image.Times, image.Status);
        _counters.Resyncs = image.Status.Resyncs;
        _kept.Restore(image.Kept);
        EndComparison();
        var (thread, timing) = (image.Thread, image.Timing);
        (_hasThread, _updatesSinceSnapshot, _staleRun) = (thread.IsWhole, thread.UpdatesSinceSnapshot, thread.StaleRun);
        (_announced, _known, _knownDepth) = (thread.Announced, KnownBand.Between(thread.Lowest, thread.Highest), (thread.BidDepth, thread.AskDepth));
        _clock = new BookClock(timing.Now, timing.Elapsed, timing.Offset);
        _silence = new Silence(_options.QuietLimit, timing.MeanGap, timing.HeardAt);
        (_crossedSince, VerifiedAt) = (timing.CrossedSince, timing.VerifiedAt);
        _demand.State = image.Demand;
    }

    private static Level[] LevelsOf(Ladder ladder)
    {
        var levels = new Level[ladder.Count];
        ladder.CopyTo(levels);
        return levels;
    }
}
