using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.News;
using Omnibook.Core.Trades;

namespace Omnibook.Core;

/// <summary>
/// The state machine of a market: events in, one at a time; what they changed out, in <see cref="Changes"/>. It has no clock of its own,
/// so that the same events give the same market. Not thread-safe: one writer, who is also the reader.
/// </summary>
public sealed class Market : IMarketEvents
{
    private readonly InstrumentCatalog _catalog;
    private readonly MarketOptions _options;
    private readonly Dictionary<string, ConsolidatedBook> _composites = new(StringComparer.Ordinal);
    private MarketInstrument?[] _instruments = [];
    private OrderBook?[] _books = [];
    private BookClock _clock;

    /// <summary>Creates a market in which nothing has happened yet.</summary>
    /// <param name="catalog">The instruments. It may grow while the market runs.</param>
    /// <param name="composites">What is served as one book. Their instruments are of the catalog.</param>
    /// <param name="options">How books are treated; null for the defaults.</param>
    public Market(InstrumentCatalog catalog, IReadOnlyList<Composite> composites, MarketOptions? options = null)
    {
        (_catalog, _options) = (catalog, options ?? new MarketOptions());
        Changes = new MarketChanges(this);
        foreach (var composite in composites)
        {
            Follow(composite);
        }
    }

    /// <summary>What has changed since it was last cleared.</summary>
    public MarketChanges Changes { get; }

    /// <summary>The news of all venues, each once.</summary>
    public NewsBoard News { get; } = new();

    /// <summary>The time of the last event or tick, by our clock.</summary>
    public Timestamp Now => _clock.Now;

    /// <summary>All composites, in the order in which they were configured.</summary>
    public IReadOnlyCollection<ConsolidatedBook> Composites => _composites.Values;

    /// <summary>The books of all instruments of which something was heard, each at the index of its id; null for the others.</summary>
    public IReadOnlyList<OrderBook?> Books => _books;

    /// <summary>The book of an instrument of the catalog.</summary>
    public OrderBook BookOf(InstrumentId id) => StateOf(id).Book;

    /// <summary>The book of a composite.</summary>
    /// <exception cref="KeyNotFoundException">There is no composite of this name.</exception>
    public ConsolidatedBook Consolidated(string composite) => _composites[composite];

    /// <summary>The book of a composite, if there is one of this name.</summary>
    public bool TryGetConsolidated(string composite, [NotNullWhen(true)] out ConsolidatedBook? book) =>
        _composites.TryGetValue(composite, out book);

    /// <summary>The last mark price, or null.</summary>
    public MarkPrice? MarkOf(InstrumentId id) => StateOf(id).Mark;

    /// <summary>The last funding rate, or null.</summary>
    public Funding? FundingOf(InstrumentId id) => StateOf(id).Funding;

    /// <summary>The last open interest, or null.</summary>
    public OpenInterest? OpenInterestOf(InstrumentId id) => StateOf(id).OpenInterest;

    /// <summary>The last top of book that the venue announced apart from the book, or null.</summary>
    public TopOfBook? AnnouncedTopOf(InstrumentId id) => StateOf(id).Top;

    /// <summary>The last trade by the venue's clock, or null.</summary>
    public Trade? LastTradeOf(InstrumentId id) => StateOf(id).LastTrade;

    /// <summary>What an earlier process told, for whoever makes good what was missed since: null from the second time on, and where there is nothing.</summary>
    public EarlierTrades? TakeEarlierTradesOf(InstrumentId id)
    {
        var state = StateOf(id);
        (var earlier, state.Earlier) = (state.Earlier, null);
        return earlier;
    }

    /// <summary>An item that an earlier process told is not new when it comes again.</summary>
    public void Remember(NewsItem news) => News.TryAdd(news);

    /// <summary>The newest candle of an interval, or null where none is followed or none came yet.</summary>
    public CandleUpdate? CandleOf(InstrumentId id, CandleInterval interval) => StateOf(id).Candles.Find(interval);

    /// <summary>Forgets the newest candle of an interval that is no longer followed, since it is going stale.</summary>
    public void ForgetCandle(InstrumentId id, CandleInterval interval) => StateOf(id).Candles.Forget(interval);

    /// <summary>How many trades were left out because they had been seen.</summary>
    public long DuplicateTradesOf(InstrumentId id) => StateOf(id).TradeIds.Duplicates;

    /// <summary>
    /// Serves a composite from now on, in place of the one that has its name, if there is one: a venue that could not be asked for its
    /// instruments at the start delays no other, and joins later.
    /// </summary>
    public void Follow(Composite composite)
    {
        if (_composites.TryGetValue(composite.Name, out var replaced))
        {
            foreach (var member in replaced.Members)
            {
                StateOf(member.Instrument.Id).Composites.Remove(replaced);
            }
        }

        var members = composite.Members.Select(member => StateOf(member.Id)).ToArray();
        var book = new ConsolidatedBook(composite, [.. members.Select(member => member.Book)]);
        _composites[composite.Name] = book;
        foreach (var member in members)
        {
            member.Composites.Add(book);
        }
    }

    /// <summary>
    /// Takes over what a venue says now of an instrument, from the catalog. Its composites are to be followed anew, since they know it as it was.
    /// </summary>
    public void Relist(InstrumentId id) => StateOf(id).Book.Relist(_catalog[id]);

    /// <summary>Becomes what it was when these images were taken; nothing counts as changed thereby.</summary>
    /// <param name="now">The time of the last event then.</param>
    /// <param name="books">The books.</param>
    public void Restore(Timestamp now, IEnumerable<BookImage> books)
    {
        foreach (var image in books)
        {
            StateOf(image.Instrument).Book.Restore(image);
        }

        _clock = new BookClock(now);
        foreach (var composite in _composites.Values)
        {
            composite.Refresh();
        }
    }

    /// <summary>Whether a book is being compared with its venue's.</summary>
    public bool IsComparing => Array.Exists(_instruments, state => state?.Book.Comparison == ComparisonState.UnderWay);

    /// <summary>Copies every book that there is.</summary>
    public IReadOnlyList<BookImage> CaptureBooks() => [.. _instruments.OfType<MarketInstrument>().Select(state => state.Book.Capture())];

    /// <summary>Begins to compare a book with a snapshot that is about to be asked for. False when the book is not live.</summary>
    public bool BeginComparison(InstrumentId id) => StateOf(id).Book.BeginComparison();

    /// <summary>Compares a book with a snapshot that was asked for after <see cref="BeginComparison"/>, and for nothing else.</summary>
    /// <inheritdoc cref="OrderBook.Compare"/>
    public void Compare(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, bool isWhole)
    {
        var state = StateAt(snapshot.Instrument, snapshot.Times);
        var before = state.Book.Status;
        Note(state, before, state.Book.Compare(snapshot, bids, asks, isWhole));
    }

    /// <inheritdoc />
    public void On(in Trade trade)
    {
        var state = StateAt(trade.Instrument, trade.Times);
        if (state.TradeIds.IsNew(trade.TradeId, trade.Times.VenueTime.Nanoseconds))
        {
            // Trades that were missed come later than those that followed them.
            if (state.LastTrade is not { } last || !(trade.Times.VenueTime < last.Times.VenueTime))
            {
                state.LastTrade = trade;
            }

            Changes.Add(trade);
        }
    }

    /// <inheritdoc />
    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var state = StateAt(snapshot.Instrument, snapshot.Times);
        var before = state.Book.Status;
        Note(state, before, state.Book.Apply(snapshot, bids, asks));
    }

    /// <inheritdoc />
    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var state = StateAt(update.Instrument, update.Times);
        var before = state.Book.Status;
        Note(state, before, state.Book.Apply(update, bids, asks));
    }

    /// <inheritdoc />
    public void On(in TopOfBook top)
    {
        var state = StateAt(top.Instrument, top.Times);
        var before = state.Book.Status;
        state.Top = top;
        Note(state, before, state.Book.Apply(top));
    }

    /// <inheritdoc />
    public void On(in MarkPrice mark)
    {
        StateAt(mark.Instrument, mark.Times).Mark = mark;
        Changes.Add(mark);
    }

    /// <inheritdoc />
    public void On(in Funding funding)
    {
        StateAt(funding.Instrument, funding.Times).Funding = funding;
        Changes.Add(funding);
    }

    /// <inheritdoc />
    public void On(in OpenInterest openInterest)
    {
        StateAt(openInterest.Instrument, openInterest.Times).OpenInterest = openInterest;
        Changes.Add(openInterest);
    }

    /// <inheritdoc />
    public void On(in Liquidation liquidation)
    {
        _clock.Advance(liquidation.Times.ReceivedAt);
        Changes.Add(liquidation);
    }

    /// <inheritdoc />
    public void On(NewsItem news)
    {
        _clock.Advance(news.Times.ReceivedAt);
        if (News.TryAdd(news))
        {
            Changes.Add(news);
        }
    }

    /// <inheritdoc />
    public void On(in CandleUpdate candle)
    {
        if (StateAt(candle.Instrument, candle.Times).Candles.TryTake(candle))
        {
            Changes.Add(candle);
        }
    }

    /// <inheritdoc />
    public void On(in VenueStatus status)
    {
        _clock.Advance(status.At);
        var state = StateOf(status.Instrument);
        var before = state.Book.Status;
        Note(state, before, state.Book.Apply(status));
    }

    /// <inheritdoc />
    public void On(in Tick tick)
    {
        _clock.Advance(tick.At);
        foreach (var state in _instruments)
        {
            if (state is not null)
            {
                var before = state.Book.Status;
                Note(state, before, state.Book.Apply(tick));
            }
        }
    }

    /// <summary>The next change of these is a change again.</summary>
    internal void Unmark(List<InstrumentId> books, List<ConsolidatedBook> composites)
    {
        foreach (var id in books)
        {
            StateOf(id).IsMarked = false;
        }

        foreach (var composite in composites)
        {
            composite.IsMarked = false;
        }
    }

    private MarketInstrument StateAt(InstrumentId id, EventTimes times)
    {
        _clock.Advance(times.ReceivedAt);
        return StateOf(id);
    }

    private MarketInstrument StateOf(InstrumentId id) =>
        (uint)id.Index < (uint)_instruments.Length && _instruments[id.Index] is { } state ? state : Create(id);

    private MarketInstrument Create(InstrumentId id)
    {
        var instrument = _catalog[id];
        if (id.Index >= _instruments.Length)
        {
            Array.Resize(ref _instruments, Math.Max(_catalog.Instruments.Count, id.Index + 1));
            Array.Resize(ref _books, _instruments.Length);
        }

        var options = _options.BookOptionsOf?.Invoke(instrument) ?? _options.Books;
        var state = new MarketInstrument(new OrderBook(instrument, options, _clock.Now));
        (_instruments[id.Index], _books[id.Index]) = (state, state.Book);
        if (_options.EarlierTradesOf?.Invoke(instrument) is { } earlier)
        {
            state.GoOn(earlier);
        }

        return state;
    }

    private void Note(MarketInstrument state, in BookStatus before, BookEffects effects)
    {
        if (effects == BookEffects.None)
        {
            return;
        }

        if ((effects & (BookEffects.Levels | BookEffects.Status)) != BookEffects.None)
        {
            NoteBook(state, before);
        }

        // Not HasFlag: until it is optimised it allocates.
        var id = state.Book.Instrument.Id;
        if ((effects & BookEffects.SnapshotWanted) != BookEffects.None)
        {
            Changes.AddSnapshotWanted(id);
        }

        if ((effects & BookEffects.ReconnectWanted) != BookEffects.None)
        {
            Changes.AddReconnectWanted(id);
        }

        if ((effects & BookEffects.Excused) != BookEffects.None)
        {
            Changes.AddExcused(id);
        }

        if ((effects & BookEffects.ListingDoubted) != BookEffects.None)
        {
            Changes.AddListingDoubted(id);
        }
    }

    private void NoteBook(MarketInstrument state, in BookStatus before)
    {
        var now = state.Book.Status;
        if (now != before)
        {
            Changes.Add(new BookStatusChange(state.Book.Instrument.Id, before, now));
        }

        if (!state.IsMarked)
        {
            state.IsMarked = true;
            Changes.AddBook(state.Book.Instrument.Id);
        }

        if (before.State == BookState.Live || now.State == BookState.Live)
        {
            NoteComposites(state);
        }
    }

    private void NoteComposites(MarketInstrument state)
    {
        foreach (var composite in state.Composites)
        {
            composite.Refresh();
            if (!composite.IsMarked)
            {
                composite.IsMarked = true;
                Changes.AddComposite(composite);
            }
        }
    }
}
