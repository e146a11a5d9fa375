using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core;

/// <summary>A book's status before and after.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="Old">Before.</param>
/// <param name="Now">After.</param>
public readonly record struct BookStatusChange(InstrumentId Instrument, BookStatus Old, BookStatus Now);

/// <summary>
/// What has changed in a market since the last <see cref="Clear"/>. The owner of the market reads and clears it after each batch, which
/// bounds it by what a batch can do; the lists are reused.
/// </summary>
public sealed class MarketChanges
{
    private readonly List<InstrumentId> _books = [];
    private readonly List<ConsolidatedBook> _composites = [];
    private readonly List<Trade> _trades = [];
    private readonly List<Liquidation> _liquidations = [];
    private readonly List<MarkPrice> _marks = [];
    private readonly List<Funding> _fundings = [];
    private readonly List<OpenInterest> _openInterests = [];
    private readonly List<NewsItem> _news = [];
    private readonly List<CandleUpdate> _candles = [];
    private readonly List<BookStatusChange> _statuses = [];
    private readonly List<InstrumentId> _snapshotsWanted = [];
    private readonly List<InstrumentId> _reconnectsWanted = [];
    private readonly List<InstrumentId> _excused = [];
    private readonly List<InstrumentId> _listingsDoubted = [];
    private readonly Market _market;

    internal MarketChanges(Market market) => _market = market;

    /// <summary>Instruments whose book's levels or status changed, each once.</summary>
    public IReadOnlyList<InstrumentId> Books => _books;

    /// <summary>Composites of which a member changed levels while it takes part, or began or ceased to take part, each once.</summary>
    public IReadOnlyList<ConsolidatedBook> Composites => _composites;

    /// <summary>New trades; those seen before are left out.</summary>
    public IReadOnlyList<Trade> Trades => _trades;

    /// <summary>Forced closings of positions.</summary>
    public IReadOnlyList<Liquidation> Liquidations => _liquidations;

    /// <summary>Mark prices, all that came.</summary>
    public IReadOnlyList<MarkPrice> Marks => _marks;

    /// <summary>Funding rates, all that came.</summary>
    public IReadOnlyList<Funding> Fundings => _fundings;

    /// <summary>Open interests, all that came.</summary>
    public IReadOnlyList<OpenInterest> OpenInterests => _openInterests;

    /// <summary>New items of news; those seen before are left out. <see cref="Market.News"/> keeps the latest.</summary>
    public IReadOnlyList<NewsItem> News => _news;

    /// <summary>Candles that went on or are over; those that repeat or precede what was known are left out.</summary>
    public IReadOnlyList<CandleUpdate> Candles => _candles;

    /// <summary>Changes of status, all of them, in order.</summary>
    public IReadOnlyList<BookStatusChange> Statuses => _statuses;

    /// <summary>Instruments for which the venue is to be asked for a snapshot, once for each entry.</summary>
    public IReadOnlyList<InstrumentId> SnapshotsWanted => _snapshotsWanted;

    /// <summary>Instruments whose connection is to be replaced, because snapshots do not help.</summary>
    public IReadOnlyList<InstrumentId> ReconnectsWanted => _reconnectsWanted;

    /// <summary>Instruments whose book hears nothing because nothing happens: the venue was asked.</summary>
    public IReadOnlyList<InstrumentId> Excused => _excused;

    /// <summary>Instruments that have prices between the ticks that are known of.</summary>
    public IReadOnlyList<InstrumentId> ListingsDoubted => _listingsDoubted;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _market.Unmark(_books, _composites);
        _books.Clear();
        _composites.Clear();
        _trades.Clear();
        _liquidations.Clear();
        _marks.Clear();
        _fundings.Clear();
        _openInterests.Clear();
        _news.Clear();
        _candles.Clear();
        _statuses.Clear();
        _snapshotsWanted.Clear();
        _reconnectsWanted.Clear();
        _excused.Clear();
        _listingsDoubted.Clear();
    }

    internal void AddBook(InstrumentId instrument) => _books.Add(instrument);

    internal void AddComposite(ConsolidatedBook composite) => _composites.Add(composite);

    internal void Add(in Trade trade) => _trades.Add(trade);

    internal void Add(in Liquidation liquidation) => _liquidations.Add(liquidation);

    internal void Add(in MarkPrice mark) => _marks.Add(mark);

    internal void Add(in Funding funding) => _fundings.Add(funding);

    internal void Add(in OpenInterest openInterest) => _openInterests.Add(openInterest);

    internal void Add(NewsItem news) => _news.Add(news);

    internal void Add(in CandleUpdate candle) => _candles.Add(candle);

    internal void Add(in BookStatusChange change) => _statuses.Add(change);

    internal void AddSnapshotWanted(InstrumentId instrument) => _snapshotsWanted.Add(instrument);

    internal void AddReconnectWanted(InstrumentId instrument) => _reconnectsWanted.Add(instrument);

    internal void AddExcused(InstrumentId instrument) => _excused.Add(instrument);

    internal void AddListingDoubted(InstrumentId instrument) => _listingsDoubted.Add(instrument);
}
