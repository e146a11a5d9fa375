namespace Omnibook.Venues.Feed;

/// <summary>What a look at the streams of a connection found.</summary>
internal enum WatchFinding
{
    /// <summary>A subscription was not acknowledged in time, for the first time: ask again.</summary>
    Unacknowledged,

    /// <summary>Nor was the second attempt: the connection is of no use.</summary>
    StillUnacknowledged,

    /// <summary>A stream never delivered, although it has to.</summary>
    NeverDelivered,

    /// <summary>A stream fell silent.</summary>
    FellSilent,

    /// <summary>Beginning the stream anew did not help: replace the connection.</summary>
    StaysSilent,
}

/// <summary>
/// Watches the streams of one connection: which are acknowledged, which deliver, which fell silent. The receiving thread reports
/// without a lock; <see cref="Look"/> is called by one other task. All times are counted from one fixed moment, and none is zero.
/// </summary>
/// <remarks>
/// Silence is judged per stream, since sockets stay open while one channel or one symbol stops. The limit is the larger of the
/// stream's own and twenty times its mean interval: no documented cadence is to be trusted, so the habit is learnt.
/// </remarks>
internal sealed class StreamWatch
{
    private const int HabitFactor = 20;
    private const int HabitNeeds = 8;
    private const int HabitMemory = 16;
    private readonly Lock _gate = new();
    private readonly ConnectionPlan _plan;
    private readonly FeedOptions _options;
    private readonly TimeSpan _acknowledgeTimeout;
    private readonly Stream[] _streams;
    private long _lastOfNone;
    private int _framesSent;
    private int _framesAcknowledged;
    private long _acknowledgeBy = long.MaxValue;
    private bool _askedAgain;

    public StreamWatch(ConnectionPlan plan, FeedOptions options, TimeSpan acknowledgeTimeout, int openingFrames)
    {
        (_plan, _options, _acknowledgeTimeout, _framesSent) = (plan, options, acknowledgeTimeout, openingFrames);
        _streams = new Stream[plan.Streams.Count];
        AllAcknowledged = openingFrames == 0;
    }

    /// <summary>Whether every subscription was accepted, so far as the venue says so.</summary>
    public bool AllAcknowledged { get; private set; }

    /// <summary>When everything was subscribed; null before.</summary>
    public TimeSpan? SubscribedAt { get; private set; }

    /// <summary>Data of a stream came. Called for every frame.</summary>
    public void OnData(int stream, TimeSpan now)
    {
        if ((uint)stream >= (uint)_streams.Length)
        {
            Volatile.Write(ref _lastOfNone, now.Ticks);
            return;
        }

        ref var state = ref _streams[stream];
        var last = state.LastData;
        if (last != 0 && Volatile.Read(ref state.SilentSince) == 0)
        {
            // The pause of a stream that fell silent was a fault, not its habit.
            var gap = now.Ticks - last;
            Volatile.Write(ref state.MeanGap, state.Gaps == 0 ? gap : state.MeanGap + (gap - state.MeanGap) / HabitMemory);
            state.Gaps++;
        }

        Volatile.Write(ref state.ExcusedUntil, 0);
        Volatile.Write(ref state.LastData, now.Ticks);
    }

    /// <summary>The venue accepted a subscription: that of a stream, or (-1) whatever the oldest unanswered frame asked for.</summary>
    public void OnAcknowledged(int stream)
    {
        lock (_gate)
        {
            if ((uint)stream < (uint)_streams.Length)
            {
                _streams[stream].IsAcknowledged = true;
            }
            else
            {
                AllAcknowledged |= ++_framesAcknowledged >= _framesSent;
            }
        }
    }

    /// <summary>The venue refused a subscription.</summary>
    public void OnRefused(int stream, string words)
    {
        lock (_gate)
        {
            _streams[stream].Refusal = words;
        }
    }

    /// <summary>A refused stream is asked for again; the venue gets its time as for a new one.</summary>
    public void OnAskedAgain(int stream, TimeSpan now)
    {
        lock (_gate)
        {
            ref var state = ref _streams[stream];
            (state.Refusal, state.IsAcknowledged, state.SilentSince, state.GaveUp, state.AskedAgainAt) = (null, false, 0, false, now.Ticks);
            Volatile.Write(ref state.LastData, 0);
        }
    }

    /// <summary>The market of a stream is quiet: the venue was asked. Silence is none until a moment, unless data comes before.</summary>
    public void OnExcused(int stream, TimeSpan until) => Volatile.Write(ref _streams[stream].ExcusedUntil, until.Ticks);

    /// <summary>Whether the markets of all books are quiet: then nothing need come at all.</summary>
    public bool AreBooksExcused(TimeSpan now)
    {
        var any = false;
        for (var stream = 0; stream < _streams.Length; stream++)
        {
            if (_plan.Streams[stream].Channel == Channel.Book)
            {
                any = true;
                if (now.Ticks >= Volatile.Read(ref _streams[stream].ExcusedUntil))
                {
                    return false;
                }
            }
        }

        return any;
    }

    /// <summary>Whether the venue sends a stream, or said that it will.</summary>
    public bool IsAccepted(int stream)
    {
        lock (_gate)
        {
            return _streams[stream].Refusal is null && (_streams[stream].IsAcknowledged || HasDelivered(stream));
        }
    }

    /// <summary>Everything was asked for.</summary>
    public void OnOpeningSent(TimeSpan now)
    {
        lock (_gate)
        {
            SubscribedAt = now;
            _acknowledgeBy = (now + _acknowledgeTimeout).Ticks;
        }
    }

    /// <summary>A stream was begun anew; the venue gets its time again.</summary>
    public void OnResubscribed(int frames, TimeSpan now)
    {
        lock (_gate)
        {
            _framesSent += frames;
            if (!AllAcknowledged)
            {
                _acknowledgeBy = (now + _acknowledgeTimeout).Ticks;
            }
        }
    }

    /// <summary>Whether a stream delivered on this connection.</summary>
    public bool HasDelivered(int stream) => Volatile.Read(ref _streams[stream].LastData) != 0;

    /// <summary>When a stream delivered last; null when it never did.</summary>
    public TimeSpan? LastData(int stream) =>
        Volatile.Read(ref _streams[stream].LastData) is var ticks and not 0 ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>When data came last that is of no single stream, as news is; null when none did.</summary>
    public TimeSpan? LastDataOfNone => Volatile.Read(ref _lastOfNone) is var ticks and not 0 ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Looks at every stream and reports what has to be done.</summary>
    public void Look(TimeSpan now, Action<WatchFinding, int> report)
    {
        if (SubscribedAt is null)
        {
            return;
        }

        LookForAcknowledgements(now, report);
        for (var stream = 0; stream < _streams.Length; stream++)
        {
            LookAt(stream, now, report);
        }
    }

    /// <summary>How a stream is doing.</summary>
    public ChannelState StateOf(int stream, out string detail)
    {
        lock (_gate)
        {
            ref var state = ref _streams[stream];
            detail = state.Refusal ?? (state.SilentSince != 0 ? "nothing comes although it should" : "");
            return state switch
            {
                { Refusal: not null } => ChannelState.Refused,
                { SilentSince: not 0 } => ChannelState.Silent,
                _ when HasDelivered(stream) => ChannelState.Delivering,
                _ => AllAcknowledged || state.IsAcknowledged ? ChannelState.Waiting : ChannelState.Subscribing,
            };
        }
    }

    private bool IsPending(int stream)
    {
        ref var state = ref _streams[stream];
        return !state.IsAcknowledged && state.Refusal is null && !HasDelivered(stream);
    }

    private void LookForAcknowledgements(TimeSpan now, Action<WatchFinding, int> report)
    {
        if (AllAcknowledged || now.Ticks < _acknowledgeBy)
        {
            return;
        }

        int[] pending;
        lock (_gate)
        {
            pending = [.. Enumerable.Range(0, _streams.Length).Where(IsPending)];
            AllAcknowledged |= pending.Length == 0;
            if (AllAcknowledged)
            {
                return;
            }

            (_framesSent, _framesAcknowledged) = (0, 0);
            _acknowledgeBy = (now + _acknowledgeTimeout).Ticks;
        }

        var finding = _askedAgain ? WatchFinding.StillUnacknowledged : WatchFinding.Unacknowledged;
        _askedAgain = true;
        Array.ForEach(pending, stream => report(finding, stream));
    }

    private void LookAt(int stream, TimeSpan now, Action<WatchFinding, int> report)
    {
        ref var state = ref _streams[stream];
        if (_plan.Streams[stream].QuietLimit is not { } floor || state.Refusal is not null)
        {
            return;
        }

        var last = Volatile.Read(ref state.LastData);
        if (state.SilentSince != 0 && last >= state.SilentSince)
        {
            (state.SilentSince, state.GaveUp) = (0, false);
        }

        if (now.Ticks < Volatile.Read(ref state.ExcusedUntil))
        {
            state.SilentSince = 0;
        }
        else if (state.SilentSince == 0)
        {
            LookForSilence(stream, now, last, floor, report);
        }
        else if (!state.GaveUp && now.Ticks - state.SilentSince > Larger(floor, _acknowledgeTimeout).Ticks)
        {
            state.GaveUp = true;
            report(WatchFinding.StaysSilent, stream);
        }
    }

    private void LookForSilence(int stream, TimeSpan now, long last, TimeSpan floor, Action<WatchFinding, int> report)
    {
        ref var state = ref _streams[stream];
        var since = last != 0 ? last : Math.Max(SubscribedAt!.Value.Ticks, state.AskedAgainAt);
        var limit = last != 0 ? HabitLimit(state, floor) : Larger(floor, _options.FirstDataWithin);
        if (now.Ticks - since > limit.Ticks)
        {
            state.SilentSince = now.Ticks;
            report(last != 0 ? WatchFinding.FellSilent : WatchFinding.NeverDelivered, stream);
        }
    }

    private static TimeSpan HabitLimit(in Stream state, TimeSpan floor) =>
        state.Gaps < HabitNeeds ? floor : Larger(floor, TimeSpan.FromTicks(state.MeanGap * HabitFactor));

    private static TimeSpan Larger(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private struct Stream
    {
        public long LastData;
        public long MeanGap;
        public long Gaps;
        public long SilentSince;
        public long AskedAgainAt;
        public long ExcusedUntil;
        public bool GaveUp;
        public bool IsAcknowledged;
        public string? Refusal;
    }
}
