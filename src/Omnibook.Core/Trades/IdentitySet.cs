namespace Omnibook.Core.Trades;

/// <summary>
/// The last <see cref="MaxCount"/> ids: a ring of them in the order in which they came, and a hash table of places in the ring
/// (open addressing, linear probing). Grows with use to its bound and allocates nothing from then on.
/// </summary>
internal sealed class IdentitySet
{
    /// <summary>How many ids are remembered.</summary>
    public const int MaxCount = 10_000;

    private const int FirstCount = 256;

    private long[] _ring = new long[FirstCount];

    /// <summary>Place in the ring plus one; zero is free. At least 1.6 slots for each id.</summary>
    private int[] _slots = new int[FirstCount * 2];

    private int _next;

    /// <summary>How many ids it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Remembers an id. False when it is remembered already.</summary>
    public bool Add(long id)
    {
        if (Contains(id))
        {
            return false;
        }

        MakeRoom();
        _ring[_next] = id;
        Place(_next);
        _next = (_next + 1) % _ring.Length;
        Count++;
        return true;
    }

    /// <summary>Whether an id is remembered.</summary>
    public bool Contains(long id) => _slots[SlotOf(id)] != 0;

    private void MakeRoom()
    {
        if (Count < _ring.Length)
        {
            return;
        }

        if (Count < MaxCount)
        {
            Grow();
            return;
        }

        Remove(_ring[_next]);
        Count--;
    }

    /// <summary>Until the bound is reached nothing is ever removed, so that the ring is in order from its start.</summary>
    private void Grow()
    {
        Array.Resize(ref _ring, Math.Min(MaxCount, _ring.Length * 2));
        _slots = new int[_slots.Length * 2];
        for (var place = 0; place < Count; place++)
        {
            Place(place);
        }

        _next = Count;
    }

    private void Place(int place) => _slots[SlotOf(_ring[place])] = place + 1;

    /// <summary>The slot of an id, or the free one where it would go.</summary>
    private int SlotOf(long id)
    {
        var slot = Home(id);
        while (_slots[slot] != 0 && _ring[_slots[slot] - 1] != id)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    /// <summary>Closes the hole by moving back every follower that would not be found behind it (Knuth, 6.4, algorithm R).</summary>
    private void Remove(long id)
    {
        var mask = _slots.Length - 1;
        var hole = SlotOf(id);
        for (var slot = (hole + 1) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var home = Home(_ring[_slots[slot] - 1]);
            if (((slot - home) & mask) >= ((slot - hole) & mask))
            {
                _slots[hole] = _slots[slot];
                hole = slot;
            }
        }

        _slots[hole] = 0;
    }

    /// <summary>Fibonacci hashing: the high bits of the product with 2^64 divided by the golden ratio.</summary>
    private int Home(long id) => (int)((ulong)id * 0x9E3779B97F4A7C15UL >> 33) & (_slots.Length - 1);
}
