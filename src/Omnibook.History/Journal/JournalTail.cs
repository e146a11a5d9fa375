using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;

namespace Omnibook.History.Journal;

/// <summary>
/// What the end of a journal says of the trades of each instrument that was followed when it ended: so that after a restart none is told twice, and
/// it is known after which one trades were missed. From any thread.
/// </summary>
public sealed class JournalTail
{
    /// <summary>More than a venue repeats by itself or tells when it is asked for its latest.</summary>
    private const int SeenOfEach = 4_000;

    /// <summary>More than the history of a venue of news repeats at the start.</summary>
    private const int SeenNews = 3_000;

    private readonly Queue<NewsItem> _news = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(VenueId Venue, string Symbol), Entry> _entries = [];

    internal JournalTail()
    {
    }

    /// <summary>The latest news, oldest first.</summary>
    public IReadOnlyList<NewsItem> News => [.. _news];

    /// <summary>How many instruments are remembered and were not taken yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Takes what is known of an instrument's trades, counted as it counts them; null when nothing is, or it was taken.</summary>
    public EarlierTrades? Take(Instrument instrument)
    {
        lock (_gate)
        {
            return _entries.Remove((instrument.Venue, instrument.Symbol), out var entry) ? entry.Of(instrument) : null;
        }
    }

    /// <summary>Reads to the end.</summary>
    internal void Read(JournalReader reader, InstrumentCatalog catalog)
    {
        var collector = new Collector(this, catalog);
        while (reader.Read(collector))
        {
        }
    }

    /// <summary>The last trades that a head told of.</summary>
    internal void Note(JournalHead head)
    {
        foreach (var entry in head.Entries)
        {
            if (entry.Last is { } last)
            {
                EntryOf(entry.Listing).Note(last);
            }
        }
    }

    /// <summary>Leaves out what was heard of last before a moment of our clock: nobody asks what was missed since then.</summary>
    internal void ForgetBefore(Timestamp moment)
    {
        lock (_gate)
        {
            foreach (var key in _entries.Where(entry => entry.Value.Last is not { } last || last.Times.ReceivedAt < moment).Select(entry => entry.Key).ToArray())
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>What nobody has taken yet: a journal that goes on has to tell it to the next.</summary>
    internal IReadOnlyList<JournalHead.Entry> Left()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(entry => entry.Last is not null).Select(entry => new JournalHead.Entry(-1, entry.Listing, entry.Last))];
        }
    }

    private Entry EntryOf(InstrumentListing listing)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((listing.Venue, listing.Symbol), out var entry))
            {
                _entries[(listing.Venue, listing.Symbol)] = entry = new Entry(listing);
            }

            return entry;
        }
    }

    private void Forget(InstrumentListing listing)
    {
        lock (_gate)
        {
            _entries.Remove((listing.Venue, listing.Symbol));
        }
    }

    private sealed class Entry(InstrumentListing listing)
    {
        private readonly Queue<SeenTrade> _seen = new();

        public InstrumentListing Listing => listing;

        public Trade? Last { get; private set; }

        public SeenTrade? Unsettled { get; set; }

        public HashSet<long> Holes { get; } = [];

        public void Add(in Trade trade)
        {
            if (_seen.Count == SeenOfEach)
            {
                _seen.Dequeue();
            }

            _seen.Enqueue(new SeenTrade(trade.TradeId, trade.Times.VenueTime));
            Note(trade);
        }

        public void Note(in Trade trade)
        {
            if (Last is not { } last || !(trade.Times.VenueTime < last.Times.VenueTime))
            {
                Last = trade;
            }
        }

        public EarlierTrades? Of(Instrument instrument)
        {
            if (Last is not { } last)
            {
                return null;
            }

            var counted = new ListedInstrument(instrument, listing);
            try
            {
                var price = counted.Price(last.Price.Units);
                return Earlier(last with { Instrument = instrument.Id, Price = price, Quantity = counted.Quantity(last.Quantity.Units) });
            }
            catch (InvalidDataException)
            {
                // The venue counts in coarser steps since: the trade cannot be told any more, that it was seen can.
                return Earlier(last with { Instrument = instrument.Id, Price = default, Quantity = default });
            }
        }

        private EarlierTrades Earlier(Trade last) => new(last, [.. _seen]) { Unsettled = Unsettled, Holes = Holes };
    }

    /// <summary>The catalog is of the tail's reader alone, so that amounts are counted as the journal counts them.</summary>
    private sealed class Collector(JournalTail tail, InstrumentCatalog catalog) : JournalObserver
    {
        private Entry?[] _byId = [];

        public override void On(in Trade trade)
        {
            var index = trade.Instrument.Index;
            if (index >= _byId.Length)
            {
                Array.Resize(ref _byId, catalog.Instruments.Count);
            }

            (_byId[index] ??= tail.EntryOf(catalog[trade.Instrument].Listing)).Add(trade);
        }

        /// <summary>While something is owed, the earliest place is where to begin.</summary>
        public override void OnUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at) =>
            tail.EntryOf(catalog[instrument].Listing).Unsettled ??= last;

        public override void OnSettled(InstrumentId instrument, Timestamp at) => tail.EntryOf(catalog[instrument].Listing).Unsettled = null;

        public override void On(MissingTrades missing) => tail.EntryOf(catalog[missing.Instrument].Listing).Holes.Add(missing.BeforeId);

        public override void On(NewsItem news)
        {
            if (tail._news.Count == SeenNews)
            {
                tail._news.Dequeue();
            }

            tail._news.Enqueue(news);
        }

        public override void OnUnfollowed(InstrumentId instrument, Timestamp at)
        {
            tail.Forget(catalog[instrument].Listing);
            if (instrument.Index < _byId.Length)
            {
                _byId[instrument.Index] = null;
            }
        }
    }
}
