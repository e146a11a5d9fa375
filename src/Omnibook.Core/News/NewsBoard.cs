using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.News;

/// <summary>
/// What a market knows of the news: the latest items for those who come late, and the identities of many more, so that what the history
/// tells again is not told twice. Both are bounded; the oldest goes.
/// </summary>
public sealed class NewsBoard
{
    /// <summary>How many items are kept to be read.</summary>
    public const int MaxRecent = 200;

    /// <summary>
    /// How many identities are remembered: well above the largest page of history that a venue answers with (3,000), of which none may
    /// seem new because it was forgotten.
    /// </summary>
    public const int MaxIdentities = 10_000;

    private readonly List<NewsItem> _recent = [];
    private readonly HashSet<(VenueId Venue, string Id)> _seen = [];
    private readonly Queue<(VenueId Venue, string Id)> _order = new();

    /// <summary>The latest items, oldest first by the time at which they were published.</summary>
    public IReadOnlyList<NewsItem> Recent => _recent;

    /// <summary>How many items there were, each counted once.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them were not pushed but asked for afterwards.</summary>
    public long FromHistory { get; private set; }

    /// <summary>How many came again and were left out.</summary>
    public long Duplicates { get; private set; }

    /// <summary>When the last new item was received, by our clock; unknown when there was none.</summary>
    public Timestamp LastReceivedAt { get; private set; }

    /// <summary>Keeps an item. False when it was seen already.</summary>
    internal bool TryAdd(NewsItem item)
    {
        var identity = (item.Venue, item.Id);
        if (!_seen.Add(identity))
        {
            Duplicates++;
            return false;
        }

        _order.Enqueue(identity);
        if (_order.Count > MaxIdentities)
        {
            _seen.Remove(_order.Dequeue());
        }

        Count++;
        FromHistory += item.IsFromHistory ? 1 : 0;
        LastReceivedAt = item.Times.ReceivedAt;
        Insert(item);
        return true;
    }

    /// <summary>What a hole is filled with is older than what came since.</summary>
    private void Insert(NewsItem item)
    {
        var place = _recent.Count;
        while (place > 0 && _recent[place - 1].At > item.At)
        {
            place--;
        }

        _recent.Insert(place, item);
        if (_recent.Count > MaxRecent)
        {
            _recent.RemoveAt(0);
        }
    }
}
