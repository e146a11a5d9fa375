using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Venues;

/// <summary>Keeps every event that a session gave, whatever it is, in order.</summary>
internal sealed class TranslatedEvents : IMarketEvents
{
    public List<Trade> Trades { get; } = [];

    public List<TranslatedBook> Books { get; } = [];

    public List<TopOfBook> Tops { get; } = [];

    public List<MarkPrice> Marks { get; } = [];

    public List<Funding> Fundings { get; } = [];

    public List<OpenInterest> OpenInterests { get; } = [];

    public List<Liquidation> Liquidations { get; } = [];

    public List<NewsItem> News { get; } = [];

    public List<CandleUpdate> Candles { get; } = [];

    public List<VenueStatus> Statuses { get; } = [];

    /// <summary>Every event as text, so that two sessions can be compared.</summary>
    public List<string> Texts { get; } = [];

    public static TranslatedEvents Of(EventBatch batch)
    {
        var seen = new TranslatedEvents();
        batch.DeliverTo(seen);
        return seen;
    }

    public void On(in Trade trade) => Keep(Trades, trade);

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Keep(
        Books, new TranslatedBook(true, snapshot.Sequence, snapshot.Sequence, snapshot.RestartsSequence, snapshot.Times, bids.ToArray(), asks.ToArray()));

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Keep(
        Books, new TranslatedBook(false, update.First, update.Last, false, update.Times, bids.ToArray(), asks.ToArray()));

    public void On(in TopOfBook top) => Keep(Tops, top);

    public void On(in MarkPrice mark) => Keep(Marks, mark);

    public void On(in Funding funding) => Keep(Fundings, funding);

    public void On(in OpenInterest openInterest) => Keep(OpenInterests, openInterest);

    public void On(in Liquidation liquidation) => Keep(Liquidations, liquidation);

    public void On(NewsItem news) => Keep(News, news);

    public void On(in CandleUpdate candle) => Keep(Candles, candle);

    public void On(in VenueStatus status) => Keep(Statuses, status);

    public void On(in Tick tick) => Assert.Fail("Time is the feed's business.");

    private void Keep<T>(List<T> list, T item)
    {
        list.Add(item);
        Texts.Add(item!.ToString()!);
    }
}

/// <summary>A book event with its levels.</summary>
internal sealed record TranslatedBook(
    bool IsSnapshot, long First, long Last, bool RestartsSequence, EventTimes Times, Level[] Bids, Level[] Asks)
{
    public override string ToString() =>
        $"{IsSnapshot} {First} {Last} {RestartsSequence} {Times} {string.Join(' ', Bids)} | {string.Join(' ', Asks)}";
}

/// <summary>A session, and what came out of the last frame that it heard.</summary>
internal sealed class FrameDesk(Omnibook.Venues.IVenueSession session)
{
    public static readonly Timestamp Noon = Timestamp.FromMilliseconds(1_790_000_000_000);

    public EventBatch Batch { get; } = new();

    public Omnibook.Venues.IVenueSession Session { get; } = session;

    public TranslatedEvents Seen { get; private set; } = new();

    public Omnibook.Venues.FrameOutcome Hear(string frame) => Hear(Encoding.UTF8.GetBytes(frame));

    public Omnibook.Venues.FrameOutcome Hear(ReadOnlySpan<byte> frame)
    {
        Batch.Clear();
        var outcome = Session.Translate(frame, Noon, Batch);
        Seen = TranslatedEvents.Of(Batch);
        return outcome;
    }

    /// <summary>The frames of a reply as text; none when there is no reply.</summary>
    public static string[] Reply(Omnibook.Venues.FrameOutcome outcome) =>
        [.. (outcome.Reply ?? []).Select(frame => Encoding.UTF8.GetString(frame.Span))];

    public static string[] Texts(IEnumerable<ReadOnlyMemory<byte>> frames) => [.. frames.Select(frame => Encoding.UTF8.GetString(frame.Span))];

    /// <summary>Levels as <c>price quantity</c>, shortest exact decimals.</summary>
    public static string[] Levels(Instrument instrument, IEnumerable<Level> levels) =>
        [.. levels.Select(level => $"{instrument.PriceScale.Format(level.Price.Units)} {instrument.QuantityScale.Format(level.Quantity.Units)}")];
}
