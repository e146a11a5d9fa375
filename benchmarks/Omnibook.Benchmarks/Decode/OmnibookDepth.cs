using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Benchmarks.Decode;

/// <summary>The server's own way: the venue's session, a batch of events, the market with its gap rule.</summary>
internal sealed class OmnibookDepth : DepthContestant
{
    private readonly RecordedDepth _recorded;
    private readonly IVenueSession _session;
    private readonly EventBatch _batch = new();
    private readonly Market _market;
    private readonly OrderBook _book;

    public OmnibookDepth(RecordedDepth recorded)
        : base("Omnibook")
    {
        _recorded = recorded;
        var catalog = new InstrumentCatalog();
        var instrument = catalog.Register(recorded.Instrument.Listing);
        _session = Session(recorded, instrument);
        _market = new Market(catalog, []);
        _book = _market.BookOf(instrument.Id);
    }

    /// <summary>A session that knows the streams of the capture.</summary>
    public static IVenueSession Session(RecordedDepth recorded, Instrument instrument) =>
        recorded.Venue.OpenSession(new ConnectionPlan("benchmark", new Uri("capture:/"), []), _ => instrument);

    public override void Restart()
    {
        _batch.On(new VenueStatus(_book.Instrument.Id, BookState.Connecting, StatusReasons.Disconnected, default, _recorded.ReceivedAt));
        _batch.On(new VenueStatus(_book.Instrument.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot, default, _recorded.ReceivedAt));
        _recorded.Venue.TryTranslateSnapshot(_book.Instrument, _recorded.Snapshot, _recorded.ReceivedAt, _batch);
        Deliver();
    }

    public override long Apply(byte[] frame)
    {
        _session.Translate(frame, _recorded.ReceivedAt, _batch);
        Deliver();
        return _book.Bids.TryGetBest(out var bid) && _book.Asks.TryGetBest(out var ask) ? bid.Price.Units + ask.Price.Units : 0;
    }

    public override string Digest() => BookDigest.Of(_book);

    private void Deliver()
    {
        _batch.DeliverTo(_market);
        _batch.Clear();
        _market.Changes.Clear();
    }
}
