using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <content>
/// The comparison with the venue's own snapshot, which finds what no sequence number gives away: a level that is wrong while all numbers
/// are right. It also makes the book whole where the price has moved beyond what the first snapshot showed.
/// </content>
public sealed partial class OrderBook
{
    /// <summary>When less than this share of the known band is left between the touch and its end, the band is to be widened.</summary>
    private const double NearEdgeShare = 0.2;

    private SnapshotComparison? _comparison;
    private KnownBand _known;
    private (long Bid, long Ask) _knownDepth;

    /// <summary>How the last comparison went.</summary>
    public ComparisonState Comparison { get; private set; }

    /// <summary>When the book was last found equal to the venue's snapshot, or began with it; unknown before.</summary>
    public Timestamp VerifiedAt { get; private set; }

    /// <summary>
    /// Whether the touch has come near the end of what the last snapshot showed. Beyond it only levels are known that changed since, so that
    /// depth there would be too little.
    /// </summary>
    public bool IsNearEdge =>
        IsNear(_known.Lowest, Bids, _knownDepth.Bid) || IsNear(_known.Highest, Asks, _knownDepth.Ask);

    /// <summary>The worst price of a side up to which every level is known; null when all of the side is.</summary>
    public Price? KnownLimitOf(Side side) => _known.LimitOf(side);

    /// <summary>Whether a price lies where the book is known whole.</summary>
    public bool IsKnownWhole(Side side, Price price) => _known.Holds(side, price);

    /// <summary>
    /// Begins to compare: from now on updates are kept beside the book. A snapshot that is asked for after this call is to be given to
    /// <see cref="Compare"/>. False when the book is not live.
    /// </summary>
    public bool BeginComparison()
    {
        _comparison = IsLive ? new SnapshotComparison(Sequence, Instrument.Listing.Tick) : null;
        Comparison = IsLive ? ComparisonState.UnderWay : ComparisonState.None;
        return IsLive;
    }

    /// <summary>No snapshot came.</summary>
    public void EndComparison()
    {
        if (_comparison is not null)
        {
            (_comparison, Comparison) = (null, ComparisonState.None);
        }
    }

    /// <summary>
    /// Compares the book with a snapshot, at once or as soon as the book has come to its sequence number. When they differ, the book loses
    /// its thread with the reason <see cref="StatusReasons.VerifyMismatch"/>.
    /// </summary>
    /// <param name="snapshot">Up to where it goes.</param>
    /// <param name="bids">Its bids.</param>
    /// <param name="asks">Its asks.</param>
    /// <param name="isWhole">Whether the venue shows nothing beyond its worst levels, so that the book may have nothing there either.</param>
    public BookEffects Compare(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, bool isWhole = false)
    {
        Begin(snapshot.Times.ReceivedAt);
        if (_comparison is { Snapshot: null } comparison)
        {
            if (comparison.TryTake(snapshot, bids, asks, isWhole))
            {
                Conclude();
            }
            else
            {
                (_comparison, Comparison) = (null, ComparisonState.TooOld);
            }
        }

        return End();
    }

    private void FollowComparison(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (_comparison is not { } comparison)
        {
            return;
        }

        if (comparison.TryFollow(update, bids, asks))
        {
            Conclude();
        }
        else
        {
            EndComparison();
        }
    }

    private void Conclude()
    {
        if (_comparison is not { } comparison || !IsLive || !comparison.HasReached(Sequence))
        {
            return;
        }

        _comparison = null;
        _counters.SnapshotsCompared++;
        if (comparison.IsEqualTo(_sides, _known))
        {
            Comparison = ComparisonState.Equal;
            Widen(comparison);
        }
        else
        {
            _counters.VerifyMismatches++;
            LoseThread(BookState.Resyncing, StatusReasons.VerifyMismatch);
            Comparison = ComparisonState.Different;
        }
    }

    /// <summary>Takes over what the snapshot knows beyond the band that was known.</summary>
    private void Widen(SnapshotComparison comparison)
    {
        var isChanged = _sides.TakeBeyond(_known, comparison.Snapshot!, comparison.Band);
        _effects |= isChanged ? BookEffects.Levels : BookEffects.None;
        Know(KnownBand.Either(_known, comparison.Band));
    }

    private void Know(in KnownBand band)
    {
        _known = band;
        _knownDepth = (DepthTo(band.Lowest, Bids), DepthTo(band.Highest, Asks));
        VerifiedAt = _clock.Now;
    }

    private static long DepthTo(Price? limit, Ladder ladder) =>
        limit is { } edge && ladder.TryGetBest(out var best) ? Math.Abs(best.Price.Units - edge.Units) : 0;

    private bool IsNear(Price? limit, Ladder ladder, long depth) =>
        IsLive && depth > 0 && ladder.TryGetBest(out var best)
        && (limit is { } edge && (ladder.Side == Side.Bid ? best.Price.Units - edge.Units : edge.Units - best.Price.Units) < depth * NearEdgeShare);
}
