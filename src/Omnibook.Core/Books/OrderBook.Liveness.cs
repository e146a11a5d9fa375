using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <content>
/// What kind of live a book is: on time, late, or quiet because its market is. The venue is asked about a silence before it is too long, so
/// that a quiet market never looks like a broken feed, and a broken feed never like a quiet market.
/// </content>
public sealed partial class OrderBook
{
    /// <summary>The venue was asked whether the market is quiet, and has not answered yet.</summary>
    private bool _isQuestioned;

    /// <summary>How long the silence may last from now on before it is too long.</summary>
    public TimeSpan SilenceLimit => TimeSpan.FromTicks(_silence.Limit / 100);

    /// <summary>Takes over what the venue says now of the instrument. The levels stay as they are: they are counted in the same scales.</summary>
    /// <param name="instrument">The same instrument.</param>
    /// <exception cref="ArgumentException">It is another one, or its amounts are counted in other scales.</exception>
    public void Relist(Instrument instrument)
    {
        if (instrument.Id != Instrument.Id || instrument.PriceScale != Instrument.PriceScale || instrument.QuantityScale != Instrument.QuantityScale)
        {
            throw new ArgumentException($"{instrument} is not counted as {Instrument} is.", nameof(instrument));
        }

        var tickBefore = Instrument.Listing.Tick;
        Instrument = instrument;
        if (instrument.Listing.Tick != tickBefore)
        {
            EndComparison();
            _sides.CountIn(instrument.Listing.Tick);
        }
    }

    /// <summary>A book that came again is as late as it was when it came first.</summary>
    private void Time(long sequence, EventTimes times)
    {
        if (sequence != Sequence)
        {
            _lateness.Take(times);
        }
    }

    private void ShowLive()
    {
        if (_lateness.Kind == LatenessKind.TooLate)
        {
            SetStatus(BookState.Stale, StatusReasons.Lagging);
        }
        else
        {
            SetStatus(BookState.Live, _lateness.Kind == LatenessKind.Late ? StatusReasons.Lagging : StatusReasons.None);
        }
    }

    /// <summary>A snapshot came that was asked for because nothing else did.</summary>
    private void Answer(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        _isQuestioned = false;
        var sharesNumbers = _options.QuietCheck == QuietCheck.BySnapshot;
        if (_sides.BeginWith(bids, asks) && (!sharesNumbers || snapshot.Sequence == Sequence))
        {
            Excuse(snapshot);
            return;
        }

        _counters.VerifyMismatches += sharesNumbers && snapshot.Sequence == Sequence ? 1 : 0;
        var isBehind = sharesNumbers && snapshot.Sequence > Sequence;
        Replace(snapshot, bids, asks);
        if (isBehind && IsLive)
        {
            // The venue has gone on and the stream did not say so.
            SetStatus(BookState.Stale, StatusReasons.ChannelSilent);
        }
    }

    private void Excuse(in BookSnapshot snapshot)
    {
        (Sequence, Times, VerifiedAt) = (snapshot.Sequence, snapshot.Times, _clock.Now);
        _silence.Excuse(_clock.Elapsed);
        _demand.Answered();
        _demand.Succeeded();
        _effects |= BookEffects.Excused | BookEffects.Levels;
        SetStatus(BookState.Live, StatusReasons.Quiet);
    }
}
