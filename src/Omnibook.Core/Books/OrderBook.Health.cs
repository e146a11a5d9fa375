using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <content>What is watched beside the numbering: the touch, silence, the venue's own word, the feed.</content>
public sealed partial class OrderBook
{
    /// <summary>The pause of a stale book was a fault, not its habit.</summary>
    private void Hear()
    {
        if (_isQuestioned)
        {
            // It was only slow: nobody needs to be asked.
            _isQuestioned = false;
            _demand.Cancel();
        }

        if (IsLive)
        {
            _silence.Heard(_clock.Elapsed);
        }
        else
        {
            _silence.Restart(_clock.Elapsed);
        }
    }

    /// <summary>Looks at the touch after a whole message, never within one: venues cross for a few levels inside a message.</summary>
    private void JudgeTop()
    {
        if (!_sides.IsCrossed)
        {
            _crossedSince = null;
            Recover();
            return;
        }

        _counters.CrossedAfterMessage++;
        _crossedSince ??= _clock.Elapsed;
        if (Status.State == BookState.Crossed)
        {
            // Equal to the venue's book and crossed all the same. Look again later, in case it is we who are wrong.
            if (!_demand.IsWanted)
            {
                _demand.AskAt(_clock.Elapsed + BookClock.Nanoseconds(_options.CrossedRepeat));
            }
        }
        else if (IsCrossedForTooLong())
        {
            LoseThread(BookState.Crossed, StatusReasons.Crossed);
        }
        else
        {
            Recover();
        }
    }

    private void Recover()
    {
        if (Status.State != BookState.Live)
        {
            _demand.Cancel();
        }

        ShowLive();
    }

    private bool IsCrossedForTooLong() =>
        _crossedSince is { } since && _clock.Elapsed - since >= BookClock.Nanoseconds(_options.CrossedLimit);

    private void Verify(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (_sides.BeginWith(bids, asks))
        {
            Times = snapshot.Times;
            VerifiedAt = _clock.Now;
            BeginThread();
            return;
        }

        _counters.VerifyMismatches++;
        Replace(snapshot, bids, asks);
    }

    /// <summary>The announcement mostly comes before the update of its sequence number, so that it waits for it.</summary>
    private void VerifyTop()
    {
        if (_announced.Sequence != Sequence || !IsLive)
        {
            return;
        }

        _counters.TopsCompared++;
        if (_sides.AreBest(_announced.Bid, _announced.Ask))
        {
            return;
        }

        _counters.VerifyMismatches++;
        if (_updatesSinceSnapshot > 0)
        {
            LoseThread(BookState.Resyncing, StatusReasons.VerifyMismatch);
        }
    }

    /// <summary>The feed adds something to a state without breaking the thread.</summary>
    private void Qualify(in VenueStatus status)
    {
        if (status.State == BookState.Stale && IsLive)
        {
            SetStatus(BookState.Stale, status.Reason, status.Until);
        }
        else if (!_hasThread && !IsSwitchedOff)
        {
            SetStatus(status.State, status.Reason, status.Until);
        }

        if (status.State == BookState.RateLimited && !status.Until.IsUnknown)
        {
            _demand.Hold(_clock.ElapsedAt(status.Until));
        }
    }

    /// <summary>The feed has missed something: begin anew on the same connection, or wait for another one.</summary>
    private void Restart(in VenueStatus status)
    {
        if (status.Reason == StatusReasons.Disconnected)
        {
            Part(status);
            return;
        }

        LoseThread(status.State, status.Reason);
    }

    /// <summary>The feed has gone, or begins: nothing of before can be continued.</summary>
    private void Part(in VenueStatus status)
    {
        DropThread();
        _demand.Cancel();
        SetStatus(status.State, status.Reason, status.Until);
        if (IsSwitchedOff)
        {
            _sides.Clear();
            _effects |= BookEffects.Levels;
        }
    }
}
