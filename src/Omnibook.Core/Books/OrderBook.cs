using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>
/// One venue's book of one instrument, and the only gap rule of the house. A venue translates its numbering to the range of
/// sequence numbers that an update covers; everything else is decided here.
/// </summary>
/// <remarks>
/// <para>The rule: without a thread, keep the update and ask for a snapshot once; <c>Last ≤ Sequence</c> is stale and ignored;
/// <c>First &gt; Sequence + 1</c> is a gap, the thread is lost; otherwise the levels are applied. A snapshot replaces the levels and
/// replays what was kept, unless what was kept does not follow on.</para>
/// <para>Where every message of a venue is a snapshot, each replaces the book. A snapshot with which the venue begins to count anew
/// (<see cref="BookSnapshot.RestartsSequence"/>) replaces it whatever its number.</para>
/// <para>Not thread-safe. Time comes only with the messages and ticks.</para>
/// </remarks>
public sealed partial class OrderBook
{
    private static readonly TopOfBook NoTop = new() { Sequence = long.MinValue };

    /// <summary>Ticks come several times a second: after so many nanoseconds without any our clock was set, or the process slept.</summary>
    private const long ClockJump = 5_000_000_000;

    private readonly BookOptions _options;
    private readonly BookSides _sides;
    private readonly KeptUpdates _kept;
    private readonly SnapshotDemand _demand;
    private BookCounters _counters;
    private BookClock _clock;
    private Silence _silence;
    private Lateness _lateness;
    private BookEffects _effects;
    private long? _crossedSince;
    private TopOfBook _announced = NoTop;
    private int _staleRun;
    private int _farStaleRun;
    private long _updatesSinceSnapshot;

    /// <summary>The levels are the venue's at <see cref="Sequence"/>, so that the next update may be applied to them.</summary>
    private bool _hasThread;

    /// <summary>Creates an empty book that waits for its feed.</summary>
    /// <param name="instrument">Whose book it is.</param>
    /// <param name="options">How patient it is; null for the defaults.</param>
    /// <param name="createdAt">Our clock.</param>
    public OrderBook(Instrument instrument, BookOptions? options = null, Timestamp createdAt = default)
    {
        Instrument = instrument;
        _options = options ?? BookOptions.Default;
        _sides = new BookSides(instrument.Listing.Tick);
        _kept = new KeptUpdates(_options);
        _demand = new SnapshotDemand(_options);
        _clock = new BookClock(createdAt);
        _silence = new Silence(_options.QuietLimit);
        _lateness = new Lateness(_options.MaxLag);
        Status = new BookStatus(BookState.Connecting, StatusReasons.Starting, createdAt, default, 0);
    }

    /// <summary>Whose book it is.</summary>
    public Instrument Instrument { get; private set; }

    /// <summary>How far the book can be trusted, and why.</summary>
    public BookStatus Status { get; private set; }

    /// <summary>Whether the book equals the venue's. Only then may it take part in anything.</summary>
    public bool IsLive => Status.State == BookState.Live;

    /// <summary>Whether it may be compared with the books of other venues: live, and no later than <see cref="BookOptions.MaxLag"/>.</summary>
    public bool TakesPart => IsLive && _lateness.Kind == LatenessKind.OnTime;

    /// <summary>How much later than usual its last messages came, by the clocks of the venue and ours; never negative.</summary>
    public TimeSpan Lag => TimeSpan.FromTicks(_lateness.Excess / 100);

    /// <summary>The sequence number up to which the levels are complete.</summary>
    public long Sequence { get; private set; }

    /// <summary>The two clocks of the message that was applied last.</summary>
    public EventTimes Times { get; private set; }

    /// <summary>The bids. Of a book that is not live: as they were last.</summary>
    public Ladder Bids => _sides.Bids;

    /// <summary>The asks. Of a book that is not live: as they were last.</summary>
    public Ladder Asks => _sides.Asks;

    /// <summary>Whether the best bid is not below the best ask. A live book may be so for a moment.</summary>
    public bool IsCrossed => _sides.IsCrossed;

    /// <summary>What the book has met so far.</summary>
    public BookCounters Counters => _counters;

    /// <summary>How many updates wait for a snapshot.</summary>
    public int KeptUpdates => _kept.Count;

    private bool IsSwitchedOff => Status.State is BookState.GeoBlocked or BookState.Delisted or BookState.Disabled;

    /// <summary>How long ago the last applied message was received; never negative, whatever the clock did.</summary>
    /// <param name="now">Our clock.</param>
    public TimeSpan AgeAt(Timestamp now) => now > Times.ReceivedAt ? now - Times.ReceivedAt : TimeSpan.Zero;

    /// <summary>Takes a change of the book.</summary>
    public BookEffects Apply(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Begin(update.Times.ReceivedAt);
        if (!IsSwitchedOff)
        {
            if (_hasThread)
            {
                Follow(update, bids, asks);
            }
            else
            {
                Keep(update, bids, asks);
            }
        }

        return End();
    }

    /// <summary>Takes a whole book.</summary>
    public BookEffects Apply(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Begin(snapshot.Times.ReceivedAt);
        if (!IsSwitchedOff && !IsPassed(snapshot))
        {
            if (_isQuestioned)
            {
                Answer(snapshot, bids, asks);
            }
            else if (snapshot.RestartsSequence && (!_hasThread || snapshot.Sequence < Sequence))
            {
                // What was kept belongs to the numbering before.
                DropThread();
                Replace(snapshot, bids, asks);
            }
            else if (_hasThread && snapshot.Sequence == Sequence && _updatesSinceSnapshot > 0)
            {
                Verify(snapshot, bids, asks);
            }
            else
            {
                Replace(snapshot, bids, asks);
            }
        }

        return End();
    }

    /// <summary>Compares an announced top of book of the book's own sequence number with the book.</summary>
    public BookEffects Apply(in TopOfBook top)
    {
        Begin(top.Times.ReceivedAt);
        if (IsLive && top.Sequence >= Sequence)
        {
            _announced = top;
            VerifyTop();
        }

        return End();
    }

    /// <summary>Takes what the feed has to say. That a book is live is nothing a feed can know, so that it is not listened to.</summary>
    public BookEffects Apply(in VenueStatus status)
    {
        Begin(status.At);
        switch (status.State)
        {
            case BookState.Live:
                break;
            case BookState.Stale or BookState.Syncing or BookState.RateLimited:
                Qualify(status);
                break;
            case BookState.Resyncing or BookState.Crossed:
                Restart(status);
                break;
            default:
                Part(status);
                break;
        }

        return End();
    }

    /// <summary>Lets time go on.</summary>
    public BookEffects Apply(in Tick tick)
    {
        Begin(tick.At);
        if (IsLive && IsCrossedForTooLong())
        {
            LoseThread(BookState.Crossed, StatusReasons.Crossed);
        }
        else if (IsLive && _silence.IsTooLong(_clock.Elapsed))
        {
            SetStatus(BookState.Stale, StatusReasons.FeedSilent);
            _demand.Want(_clock.Elapsed);
        }
        else if (IsLive && !_isQuestioned && _options.QuietCheck != QuietCheck.None && _silence.IsQuestionable(_clock.Elapsed))
        {
            _isQuestioned = true;
            _demand.Want(_clock.Elapsed);
        }

        return End();
    }

    /// <summary>Whether an update that begins at <paramref name="first"/> leaves something out after <paramref name="sequence"/>.</summary>
    internal static bool LeavesGap(long sequence, long first) => first > sequence && first - 1 > sequence;

    private void Begin(Timestamp at)
    {
        _effects = BookEffects.None;
        var before = _clock.Elapsed;
        _clock.Advance(at);
        if (_clock.Elapsed - before > ClockJump)
        {
            _lateness.Forget();
        }
    }

    private BookEffects End()
    {
        if (_demand.TryAsk(_clock.Elapsed))
        {
            _effects |= BookEffects.SnapshotWanted;
            OnAsked();
        }

        if (_demand.TakeReconnect())
        {
            _effects |= BookEffects.ReconnectWanted;
        }

        if (_sides.TakeOffTick())
        {
            _effects |= BookEffects.ListingDoubted;
        }

        return _effects;
    }

    private void OnAsked()
    {
        if (Status.State == BookState.Crossed)
        {
            // Updates that come from now on have to be replayed on the answer.
            _hasThread = false;
        }
        else if (Status.State == BookState.RateLimited)
        {
            SetStatus(BookState.Syncing, StatusReasons.AwaitingSnapshot);
        }
    }

    private void LoseThread(BookState state, string reason)
    {
        DropThread();
        SetStatus(state, reason);
        _demand.Failed(_clock.Elapsed);
        _demand.AskAt(_clock.Elapsed);
    }

    private void DropThread()
    {
        _counters.Resyncs += _hasThread ? 1 : 0;
        _hasThread = false;
        _crossedSince = null;
        _isQuestioned = false;
        (_staleRun, _farStaleRun) = (0, 0);
        _announced = NoTop;
        _kept.Clear();
        EndComparison();
    }

    private void SetStatus(BookState state, string reason, Timestamp until = default)
    {
        if (Status.State == state && Status.Reason == reason && Status.Until == until && Status.Resyncs == _counters.Resyncs)
        {
            return;
        }

        Status = new BookStatus(state, reason, _clock.Now, until, _counters.Resyncs);
        _effects |= BookEffects.Status;
    }
}
