namespace Omnibook.Core.Trades;

/// <summary>
/// Which of the newest ids of a venue that counts were seen: one bit each, in a ring behind the newest. The way in which IPsec tells
/// replayed packets (RFC 4303, 3.4.3). A late trade of an overlapping connection is new; one from before the window is not.
/// </summary>
internal sealed class SequenceWindow
{
    /// <summary>
    /// How far behind the newest id a trade may come late: what was missed during a long interruption is fetched while new trades come. 4 KB an instrument.
    /// </summary>
    public const int Length = 32_768;

    private readonly ulong[] _seen = new ulong[Length / 64];
    private long _newest;
    private long _newestTime;

    /// <summary>Begins at an id, with what else is known to have been seen before it.</summary>
    public SequenceWindow(long newest, long venueTime, IdentitySet seen)
    {
        (_newest, _newestTime) = (newest, venueTime);
        for (var back = 0; back < Length; back++)
        {
            Mark(newest - back, seen.Contains(newest - back));
        }
    }

    /// <summary>Remembers an id. False when it was seen, or is from before the window.</summary>
    public bool Add(long id, long venueTime)
    {
        if (id > _newest)
        {
            Slide(id);
        }
        else if (IsBefore(id) || IsSeen(id))
        {
            return false;
        }

        Mark(id, seen: true);
        _newestTime = Math.Max(_newestTime, venueTime);
        return true;
    }

    /// <summary>
    /// True for an id from before the window that is yet later in time than the newest trade: nobody sends an old trade with a new time,
    /// so the venue has begun to count anew.
    /// </summary>
    public bool CountsAnew(long id, long venueTime) => IsBefore(id) && venueTime > _newestTime;

    private bool IsBefore(long id) => id < _newest && (ulong)(_newest - id) >= Length;

    private void Slide(long newest)
    {
        var passed = Math.Min((ulong)(newest - _newest), Length);
        for (var back = 0; back < (int)passed; back++)
        {
            Mark(newest - back, seen: false);
        }

        _newest = newest;
    }

    private bool IsSeen(long id) => (_seen[Word(id)] & Bit(id)) != 0;

    private void Mark(long id, bool seen)
    {
        if (seen)
        {
            _seen[Word(id)] |= Bit(id);
        }
        else
        {
            _seen[Word(id)] &= ~Bit(id);
        }
    }

    private static int Word(long id) => (int)(id & (Length - 1)) >> 6;

    private static ulong Bit(long id) => 1UL << (int)(id & 63);
}
