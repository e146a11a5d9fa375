using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <content>The gap rule: follow, keep, replace, replay.</content>
public sealed partial class OrderBook
{
    /// <summary>Where numbers are small, half of them is no distance.</summary>
    private const long FarStale = 1_000;

    private void Follow(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (update.Last <= Sequence)
        {
            if (!PassOver(update.Last))
            {
                Keep(update, bids, asks);
            }
        }
        else if (LeavesGap(Sequence, update.First))
        {
            _counters.Gaps++;
            LoseThread(BookState.Resyncing, StatusReasons.Gap);
            Keep(update, bids, asks);
        }
        else if (_sides.TryApply(bids, asks, ref _counters))
        {
            _counters.Updates++;
            _updatesSinceSnapshot++;
            Time(update.Last, update.Times);
            Advance(update.Last, update.Times);
            Hear();
            JudgeTop();
            VerifyTop();
            FollowComparison(update, bids, asks);
        }
        else
        {
            Reject();
        }
    }

    private void Keep(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (!BookSides.AreValid(bids) || !BookSides.AreValid(asks))
        {
            Reject();
            return;
        }

        if (!_kept.TryAdd(update, bids, asks))
        {
            Overflow();
            _kept.TryAdd(update, bids, asks);
        }

        if (Status.State is BookState.Connecting or BookState.Buffering or BookState.Stale)
        {
            SetStatus(BookState.Syncing, StatusReasons.AwaitingSnapshot);
        }

        _demand.Want(_clock.Elapsed);
    }

    private void Overflow()
    {
        _counters.Overflows++;
        _kept.Clear();
        SetStatus(BookState.Resyncing, StatusReasons.BufferOverflow);
        _demand.AskAt(_clock.Elapsed);
    }

    /// <summary>A level that cannot be makes its message unreadable, and with it a change of the book is missing.</summary>
    private void Reject()
    {
        _counters.Malformed++;
        LoseThread(BookState.Resyncing, StatusReasons.Malformed);
    }

    private bool IsPassed(in BookSnapshot snapshot) =>
        _hasThread && snapshot.Sequence < Sequence && !snapshot.RestartsSequence && PassOver(snapshot.Sequence);

    /// <summary>Ignores a message from before. False when there were so many that the venue must have begun to count anew.</summary>
    private bool PassOver(long last)
    {
        _counters.Stale++;
        _farStaleRun = last < Sequence / 2 && Sequence - last > FarStale ? _farStaleRun + 1 : 0;
        if (++_staleRun < _options.StaleRunLimit && _farStaleRun < _options.FarStaleRunLimit)
        {
            return true;
        }

        LoseThread(BookState.Resyncing, StatusReasons.SequenceRestarted);
        return false;
    }

    private void Replace(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (!_kept.FollowOn(snapshot.Sequence))
        {
            _counters.SnapshotsTooOld++;
            _demand.AnsweredTooOld(_clock.Elapsed);
        }
        else if (_sides.TryReplace(bids, asks, ref _counters))
        {
            _counters.Snapshots++;
            _updatesSinceSnapshot = 0;
            EndComparison();
            Know(KnownBand.Of(bids, asks, _options.SnapshotLevels));
            Time(snapshot.Sequence, snapshot.Times);
            Advance(snapshot.Sequence, snapshot.Times);
            ReplayKept();
            BeginThread();
        }
        else
        {
            Reject();
        }
    }

    private void ReplayKept()
    {
        for (var i = 0; i < _kept.Count; i++)
        {
            ref readonly var update = ref _kept.Get(i, out var bids, out var asks);
            if (update.Last <= Sequence)
            {
                _counters.Stale++;
                continue;
            }

            // Kept updates were looked at when they came: their levels can be.
            _sides.TryApply(bids, asks, ref _counters);
            _counters.Updates++;
            _updatesSinceSnapshot++;
            Advance(update.Last, update.Times);
        }

        _kept.Clear();
    }

    private void BeginThread()
    {
        if (_hasThread)
        {
            _silence.Heard(_clock.Elapsed);
        }
        else
        {
            _silence.Restart(_clock.Elapsed);
        }

        _hasThread = true;
        _demand.Answered();
        if (Status.State != BookState.Crossed)
        {
            ShowLive();
        }

        JudgeTop();
    }

    private void Advance(long sequence, EventTimes times)
    {
        Sequence = sequence;
        Times = times;
        (_staleRun, _farStaleRun) = (0, 0);
        _effects |= BookEffects.Levels;
        _demand.Succeeded();
    }
}
