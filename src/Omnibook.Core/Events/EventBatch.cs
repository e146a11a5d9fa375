using System.Runtime.InteropServices;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Events;

/// <summary>
/// The events of one frame (or of a few), kept in arrays that are reused: a session writes into it, the market reads from it.
/// After a warm-up nothing is allocated. Not thread-safe: it has one owner at a time, who hands it on.
/// </summary>
/// <remarks>
/// A book event is opened with <see cref="BeginSnapshot"/> or <see cref="BeginUpdate"/>, its levels are added, and it is
/// closed with <see cref="EndBook"/> or taken back with <see cref="CancelBook"/>: so a frame that breaks off half-way leaves nothing.
/// </remarks>
public sealed class EventBatch : IMarketEvents
{
    private readonly List<Entry> _entries = [];
    private readonly List<Trade> _trades = [];
    private readonly List<BookEvent> _books = [];
    private readonly List<Level> _levels = [];
    private readonly List<TopOfBook> _tops = [];
    private readonly List<MarkPrice> _marks = [];
    private readonly List<Funding> _fundings = [];
    private readonly List<OpenInterest> _openInterests = [];
    private readonly List<Liquidation> _liquidations = [];
    private readonly List<NewsItem> _news = [];
    private readonly List<CandleUpdate> _candles = [];
    private readonly List<VenueStatus> _statuses = [];
    private readonly List<Tick> _ticks = [];
    private BookEvent _open;
    private bool _isOpen;

    private enum Kind : byte
    {
        Trade,
        Snapshot,
        Update,
        Top,
        Mark,
        Funding,
        OpenInterest,
        Liquidation,
        News,
        Candle,
        Status,
        Tick,
    }

    /// <summary>How many events the batch holds.</summary>
    public int Count => _entries.Count;

    /// <summary>How many levels its book events carry together.</summary>
    public int LevelCount => _levels.Count;

    /// <summary>How many levels the open book event has so far; 0 when none is open.</summary>
    public int OpenLevels => _isOpen ? _levels.Count - _open.LevelsFrom : 0;

    /// <summary>The news that it holds, in the order in which they were added.</summary>
    public IReadOnlyList<NewsItem> News => _news;

    /// <summary>The clocks of the event added last, of those that came from a venue; both unknown when there is none.</summary>
    public EventTimes LastTimes { get; private set; }

    /// <summary>Opens a whole book.</summary>
    public void BeginSnapshot(InstrumentId instrument) => Begin(instrument, isSnapshot: true);

    /// <summary>Opens a change of a book.</summary>
    public void BeginUpdate(InstrumentId instrument) => Begin(instrument, isSnapshot: false);

    /// <summary>Adds a bid. All bids come before, or all after, the asks.</summary>
    public void AddBid(in Level level) => AddLevel(level, Side.Bid);

    /// <summary>Adds an ask. All asks come before, or all after, the bids.</summary>
    public void AddAsk(in Level level) => AddLevel(level, Side.Ask);

    /// <summary>Closes the open book event. A snapshot's sequence is <paramref name="last"/>, and it may restart the sequence.</summary>
    public void EndBook(long first, long last, EventTimes times, bool restartsSequence = false)
    {
        _entries.Add(new Entry(_open.IsSnapshot ? Kind.Snapshot : Kind.Update, _books.Count));
        _books.Add(_open with { First = first, Last = last, Times = times, RestartsSequence = restartsSequence });
        _isOpen = false;
        LastTimes = times;
    }

    /// <summary>Takes the open book event back, if there is one.</summary>
    public void CancelBook()
    {
        if (_isOpen)
        {
            CollectionsMarshal.SetCount(_levels, _open.LevelsFrom);
            _isOpen = false;
        }
    }

    /// <inheritdoc />
    public void On(in Trade trade) => Add(Kind.Trade, _trades, trade, trade.Times);

    /// <inheritdoc />
    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        BeginSnapshot(snapshot.Instrument);
        AddAll(bids, asks);
        EndBook(snapshot.Sequence, snapshot.Sequence, snapshot.Times, snapshot.RestartsSequence);
    }

    /// <inheritdoc />
    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        BeginUpdate(update.Instrument);
        AddAll(bids, asks);
        EndBook(update.First, update.Last, update.Times);
    }

    /// <inheritdoc />
    public void On(in TopOfBook top) => Add(Kind.Top, _tops, top, top.Times);

    /// <inheritdoc />
    public void On(in MarkPrice mark) => Add(Kind.Mark, _marks, mark, mark.Times);

    /// <inheritdoc />
    public void On(in Funding funding) => Add(Kind.Funding, _fundings, funding, funding.Times);

    /// <inheritdoc />
    public void On(in OpenInterest openInterest) => Add(Kind.OpenInterest, _openInterests, openInterest, openInterest.Times);

    /// <inheritdoc />
    public void On(in Liquidation liquidation) => Add(Kind.Liquidation, _liquidations, liquidation, liquidation.Times);

    /// <inheritdoc />
    public void On(NewsItem news) => Add(Kind.News, _news, news, news.Times);

    /// <inheritdoc />
    public void On(in CandleUpdate candle) => Add(Kind.Candle, _candles, candle, candle.Times);

    /// <inheritdoc />
    public void On(in VenueStatus status) => Add(Kind.Status, _statuses, status);

    /// <inheritdoc />
    public void On(in Tick tick) => Add(Kind.Tick, _ticks, tick);

    /// <summary>Gives every event, in the order in which they were added, to <paramref name="events"/>.</summary>
    public void DeliverTo(IMarketEvents events)
    {
        foreach (var entry in CollectionsMarshal.AsSpan(_entries))
        {
            Deliver(entry, events);
        }
    }

    /// <summary>Empties the batch and keeps its arrays.</summary>
    public void Clear()
    {
        _entries.Clear();
        _trades.Clear();
        _books.Clear();
        _levels.Clear();
        _tops.Clear();
        _marks.Clear();
        _fundings.Clear();
        _openInterests.Clear();
        _liquidations.Clear();
        _news.Clear();
        _candles.Clear();
        _statuses.Clear();
        _ticks.Clear();
        _isOpen = false;
        LastTimes = default;
    }

    private static ref readonly T At<T>(List<T> list, int index) => ref CollectionsMarshal.AsSpan(list)[index];

    private void Add<T>(Kind kind, List<T> list, in T item)
    {
        _entries.Add(new Entry(kind, list.Count));
        list.Add(item);
    }

    private void Add<T>(Kind kind, List<T> list, in T item, EventTimes times)
    {
        Add(kind, list, item);
        LastTimes = times;
    }

    private void Begin(InstrumentId instrument, bool isSnapshot)
    {
        CancelBook();
        _open = new BookEvent(instrument, isSnapshot, _levels.Count);
        _isOpen = true;
    }

    private void AddLevel(in Level level, Side side)
    {
        _levels.Add(level);
        if (side == Side.Bid)
        {
            _open.BidsFirst |= _open.Asks == 0;
            _open.Bids++;
        }
        else
        {
            _open.Asks++;
        }
    }

    private void AddAll(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var from = _levels.Count;
        CollectionsMarshal.SetCount(_levels, from + bids.Length + asks.Length);
        var levels = CollectionsMarshal.AsSpan(_levels)[from..];
        bids.CopyTo(levels);
        asks.CopyTo(levels[bids.Length..]);
        (_open.BidsFirst, _open.Bids, _open.Asks) = (true, bids.Length, asks.Length);
    }

    private void Deliver(Entry entry, IMarketEvents events)
    {
        switch (entry.Kind)
        {
            case Kind.Trade: events.On(At(_trades, entry.Index)); break;
            case Kind.Snapshot or Kind.Update: DeliverBook(At(_books, entry.Index), events); break;
            case Kind.Top: events.On(At(_tops, entry.Index)); break;
            case Kind.Mark: events.On(At(_marks, entry.Index)); break;
            case Kind.Funding: events.On(At(_fundings, entry.Index)); break;
            case Kind.OpenInterest: events.On(At(_openInterests, entry.Index)); break;
            case Kind.Liquidation: events.On(At(_liquidations, entry.Index)); break;
            case Kind.News: events.On(_news[entry.Index]); break;
            case Kind.Candle: events.On(At(_candles, entry.Index)); break;
            case Kind.Status: events.On(At(_statuses, entry.Index)); break;
            case Kind.Tick: events.On(At(_ticks, entry.Index)); break;
        }
    }

    private void DeliverBook(in BookEvent book, IMarketEvents events)
    {
        var levels = CollectionsMarshal.AsSpan(_levels).Slice(book.LevelsFrom, book.Bids + book.Asks);
        ReadOnlySpan<Level> bids = book.BidsFirst ? levels[..book.Bids] : levels[book.Asks..];
        ReadOnlySpan<Level> asks = book.BidsFirst ? levels[book.Bids..] : levels[..book.Asks];
        if (book.IsSnapshot)
        {
            events.On(new BookSnapshot(book.Instrument, book.Last, book.Times, book.RestartsSequence), bids, asks);
        }
        else
        {
            events.On(new BookUpdate(book.Instrument, book.First, book.Last, book.Times), bids, asks);
        }
    }

    private readonly record struct Entry(Kind Kind, int Index);

    private record struct BookEvent(InstrumentId Instrument, bool IsSnapshot, int LevelsFrom)
    {
        public bool BidsFirst { get; set; }

        public int Bids { get; set; }

        public int Asks { get; set; }

        public long First { get; init; }

        public long Last { get; init; }

        public EventTimes Times { get; init; }

        public bool RestartsSequence { get; init; }
    }
}
