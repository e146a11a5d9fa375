using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Benchmarks.Decode;

/// <summary>The server's own way: the venue's session, a batch of events, the market with its gap rule.</summary>
internal sealed class OmnibookDepth : DepthContestant
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly DepthFrames _frames;
    private readonly EventBatch _batch = new();
    private readonly Market _market;
    private readonly OrderBook _book;
    private IVenueSession _session;
    private Timestamp _now;

    public OmnibookDepth(DepthFrames frames)
        : base("Omnibook")
    {
        (_frames, _now) = (frames, frames.ReceivedAt);
        var catalog = new InstrumentCatalog();
        var instrument = catalog.Register(frames.Instrument.Listing);
        _session = frames.OpenSession(instrument);
        _market = new Market(catalog, []);
        _book = _market.BookOf(instrument.Id);
    }

    /// <summary>As after a new connection.</summary>
    public override void Restart()
    {
        _session = _frames.OpenSession(_book.Instrument);
        _batch.On(new VenueStatus(_book.Instrument.Id, BookState.Connecting, StatusReasons.Disconnected, default, _now));
        _batch.On(new VenueStatus(_book.Instrument.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot, default, _now));
        if (_frames.IsSnapshotAnswered)
        {
            _frames.Venue.TryTranslateSnapshot(_book.Instrument, _frames.Snapshot, _now, _batch);
            Deliver();
        }
        else
        {
            Apply(_frames.Snapshot);
        }
    }

    public override long Apply(byte[] frame)
    {
        _now += Pace;
        _session.Translate(frame, _now, _batch);
        Deliver();
        return _book.Bids.TryGetBest(out var bid) && _book.Asks.TryGetBest(out var ask) ? bid.Price.Units + ask.Price.Units : 0;
    }

    public override string Digest() => _book.IsLive ? BookDigest.Of(_book) : $"{_book.Status.State} {_book.Status.Reason}";

    private void Deliver()
    {
        _batch.DeliverTo(_market);
        _batch.Clear();
        _market.Changes.Clear();
    }
}
