using System.Runtime.InteropServices;
using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <summary>The updates that wait for a snapshot, in the order in which they came. Bounded in updates and in levels.</summary>
internal sealed class KeptUpdates(BookOptions options)
{
    /// <summary>Room for more levels than this is given back once the book is live again.</summary>
    private const int LastingLevels = 4096;

    private readonly List<Kept> _updates = [];
    private readonly List<Level> _levels = [];

    /// <summary>How many updates wait.</summary>
    public int Count => _updates.Count;

    /// <summary>Keeps a copy of an update. False when there is no room.</summary>
    public bool TryAdd(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (_updates.Count >= options.MaxKeptUpdates || _levels.Count + bids.Length + asks.Length > options.MaxKeptLevels)
        {
            return false;
        }

        _updates.Add(new Kept(update, _levels.Count, bids.Length, asks.Length));
        _levels.AddRange(bids);
        _levels.AddRange(asks);
        return true;
    }

    /// <summary>Whether a book at <paramref name="sequence"/> can apply everything that waits without a gap.</summary>
    public bool FollowOn(long sequence)
    {
        foreach (ref readonly var kept in CollectionsMarshal.AsSpan(_updates))
        {
            if (kept.Update.Last > sequence)
            {
                if (OrderBook.LeavesGap(sequence, kept.Update.First))
                {
                    return false;
                }

                sequence = kept.Update.Last;
            }
        }

        return true;
    }

    /// <summary>One of the updates, oldest first. The levels are valid until the next change of this list.</summary>
    public ref readonly BookUpdate Get(int index, out ReadOnlySpan<Level> bids, out ReadOnlySpan<Level> asks)
    {
        ref readonly var kept = ref CollectionsMarshal.AsSpan(_updates)[index];
        var levels = CollectionsMarshal.AsSpan(_levels).Slice(kept.LevelsFrom, kept.Bids + kept.Asks);
        bids = levels[..kept.Bids];
        asks = levels[kept.Bids..];
        return ref kept.Update;
    }

    /// <summary>A copy of all of them.</summary>
    public IReadOnlyList<KeptUpdate> Capture()
    {
        var copies = new KeptUpdate[Count];
        for (var i = 0; i < copies.Length; i++)
        {
            ref readonly var update = ref Get(i, out var bids, out var asks);
            copies[i] = new KeptUpdate(update, bids.ToArray(), asks.ToArray());
        }

        return copies;
    }

    /// <summary>Keeps these and no others.</summary>
    public void Restore(IReadOnlyList<KeptUpdate> copies)
    {
        Clear();
        foreach (var copy in copies)
        {
            TryAdd(copy.Update, [.. copy.Bids], [.. copy.Asks]);
        }
    }

    /// <summary>Forgets all updates.</summary>
    public void Clear()
    {
        _updates.Clear();
        _levels.Clear();
        if (_levels.Capacity > LastingLevels)
        {
            _updates.Capacity = 0;
            _levels.Capacity = 0;
        }
    }

    private readonly struct Kept(in BookUpdate update, int levelsFrom, int bids, int asks)
    {
        public readonly BookUpdate Update = update;

        public int LevelsFrom { get; } = levelsFrom;

        public int Bids { get; } = bids;

        public int Asks { get; } = asks;
    }
}
