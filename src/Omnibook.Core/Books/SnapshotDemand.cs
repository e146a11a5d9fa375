namespace Omnibook.Core.Books;

/// <summary>
/// Decides when a book may ask for a snapshot: once for each need, again when no answer comes, with growing pauses when the
/// answers are too old, and not at all for a while when the book breaks right after every snapshot.
/// </summary>
/// <remarks>
/// The budget of failures is restored by good messages, never by a snapshot: otherwise a venue that sends a bad update after each
/// snapshot is asked for ever (https://github.com/OneKeyHQ/app-monorepo/pull/12477).
/// </remarks>
internal sealed class SnapshotDemand(BookOptions options)
{
    /// <summary>A pause grows to so many times the usual.</summary>
    private const int LongestCoolDowns = 3;

    private long _askAt;
    private long _notBefore = long.MinValue;
    private int _failures;
    private int _good;
    private int _coolDowns;
    private int _tooOld;
    private bool _reconnect;

    /// <summary>Whether a snapshot is needed.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Everything that it knows.</summary>
    public BookDemandState State
    {
        get => new(IsWanted, _askAt, _notBefore, _failures, _good, _coolDowns, _tooOld, _reconnect);
        set => (IsWanted, _askAt, _notBefore, _failures, _good, _coolDowns, _tooOld, _reconnect) =
            (value.IsWanted, value.AskAt, value.NotBefore, value.Failures, value.Good, value.CoolDowns, value.TooOld, value.Reconnect);
    }

    /// <summary>A snapshot is needed. Asked for once, however often this is called.</summary>
    public void Want(long now)
    {
        if (!IsWanted)
        {
            AskAt(now);
        }
    }

    /// <summary>A snapshot is needed at a given time, whatever was asked for before.</summary>
    public void AskAt(long moment)
    {
        IsWanted = true;
        _askAt = moment;
    }

    /// <summary>No snapshot is to be asked for before a given time.</summary>
    public void Hold(long until) => _notBefore = Math.Max(_notBefore, until);

    /// <summary>No snapshot is needed any more.</summary>
    public void Cancel() => IsWanted = false;

    /// <summary>A snapshot came and was good.</summary>
    public void Answered()
    {
        IsWanted = false;
        _tooOld = 0;
    }

    /// <summary>A snapshot came and was too old for the updates that were kept.</summary>
    public void AnsweredTooOld(long now)
    {
        var pause = BookClock.Nanoseconds(options.OldSnapshotPause) << Math.Min(_tooOld, 20);
        AskAt(now + Math.Min(pause, BookClock.Nanoseconds(options.OldSnapshotMaxPause)));
        _tooOld++;
        _reconnect |= _tooOld % options.OldSnapshotLimit == 0;
    }

    /// <summary>The thread was lost. While nothing may be asked for anyway, that is no further failure.</summary>
    public void Failed(long now)
    {
        _good = 0;
        if (now < _notBefore)
        {
            return;
        }

        if (++_failures >= options.FailureLimit)
        {
            _reconnect = true;
            Hold(now + BookClock.Nanoseconds(_coolDowns == 0 ? options.FirstCoolDown : options.CoolDown * _coolDowns));
            _coolDowns = Math.Min(_coolDowns + 1, LongestCoolDowns);
        }
    }

    /// <summary>A message applied.</summary>
    public void Succeeded()
    {
        if ((_failures > 0 || _coolDowns > 0) && ++_good >= options.GoodMessages)
        {
            _failures = 0;
            _coolDowns = 0;
        }
    }

    /// <summary>True when it is time to ask; the next time is then a timeout later.</summary>
    public bool TryAsk(long now)
    {
        if (!IsWanted || now < _askAt || now < _notBefore)
        {
            return false;
        }

        _askAt = now + BookClock.Nanoseconds(options.SnapshotTimeout);
        return true;
    }

    /// <summary>True, once, when a new connection is needed.</summary>
    public bool TakeReconnect()
    {
        var reconnect = _reconnect;
        _reconnect = false;
        return reconnect;
    }
}
