using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>What became of the texts of a capture.</summary>
/// <param name="Frames">Texts that were read, requests left out.</param>
/// <param name="Data">Of them, market data.</param>
/// <param name="Snapshots">Of them, books over REST.</param>
/// <param name="Control">Of them, acknowledgements, refusals and signs of life.</param>
/// <param name="Unknown">Of them, well formed but nothing that is translated.</param>
/// <param name="Malformed">Of them, not readable.</param>
public readonly record struct ReplayCounts(long Frames, long Data, long Snapshots, long Control, long Unknown, long Malformed);

/// <summary>
/// Plays a capture through a venue's own session, as if it came over one connection: the translation, the snapshots and the
/// states of the feed, without sockets. Tests and the <c>replay</c> command share it.
/// </summary>
public sealed class CaptureReplay
{
    /// <summary>A connection on which nothing is planned: the session learns its instruments from the frames.</summary>
    internal static readonly ConnectionPlan NoPlan = new("capture", new Uri("capture:/"), []);

    private readonly IVenue _venue;
    private readonly Dictionary<string, CapturedInstrument> _captured;
    private readonly InstrumentCatalog _catalog;
    private readonly IVenueSession _session;
    private readonly List<Instrument> _books = [];
    private EventBatch? _batch;
    private Timestamp _now;
    private ReplayCounts _counts;

    /// <summary>Makes a replay and registers the instruments.</summary>
    /// <param name="venue">Whose frames the capture holds.</param>
    /// <param name="captured">Its instruments, from <see cref="CaptureInstruments.Learn"/> or from the venue's own list.</param>
    /// <param name="catalog">Takes the instruments.</param>
    public CaptureReplay(IVenue venue, IReadOnlyList<CapturedInstrument> captured, InstrumentCatalog catalog)
    {
        (_venue, _catalog) = (venue, catalog);
        _captured = captured.ToDictionary(instrument => instrument.Listing.WireSymbol, StringComparer.Ordinal);
        _session = venue.OpenSession(NoPlan, Find);
        Instruments = captured.Select(instrument => catalog.Register(instrument.Listing)).ToArray();
    }

    /// <summary>The instruments of the capture, in the order in which they came.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>What became of the texts so far.</summary>
    public ReplayCounts Counts => _counts;

    /// <summary>What the session met that was odd.</summary>
    public SessionOddities Oddities => _session.Oddities;

    /// <summary>Plays the whole capture into a market, as fast as it can be read.</summary>
    /// <exception cref="CaptureException">The capture cannot be read.</exception>
    public void Run(IEnumerable<CapturedFrame> frames, IMarketEvents market)
    {
        var batch = new EventBatch();
        foreach (var frame in frames)
        {
            Push(frame, batch);
            batch.DeliverTo(market);
            batch.Clear();
        }
    }

    /// <summary>Translates one text of the capture; its events are added to <paramref name="batch"/>.</summary>
    public FrameOutcome Push(in CapturedFrame frame, EventBatch batch)
    {
        if (frame.Kind == CapturedKind.Request)
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        (_batch, _now) = (batch, frame.ReceivedAt.IsUnknown ? _now : frame.ReceivedAt);
        var outcome = _session.Translate(frame.Bytes.Span, frame.ReceivedAt, batch);
        if (frame.Kind != CapturedKind.Update && outcome.Kind is FrameKind.Unknown or FrameKind.Malformed && TrySnapshot(frame, batch))
        {
            _counts = _counts with { Frames = _counts.Frames + 1, Snapshots = _counts.Snapshots + 1 };
            return FrameOutcome.Data(-1);
        }

        Count(outcome.Kind);
        if (outcome.Kind == FrameKind.Malformed)
        {
            Break(batch);
        }

        return outcome;
    }

    /// <summary>A symbol that the session meets for the first time: its book, if it has one, waits for a snapshot from here on.</summary>
    private Instrument? Find(string symbol)
    {
        if (!_captured.TryGetValue(symbol, out var captured))
        {
            return null;
        }

        var instrument = _catalog.Register(captured.Listing);
        if (captured.HasBook)
        {
            _books.Add(instrument);
            _batch?.On(new VenueStatus(instrument.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot, default, _now));
        }

        return instrument;
    }

    /// <summary>As a feed does: whatever could not be read may have been an update of any book of the connection.</summary>
    private void Break(EventBatch batch)
    {
        foreach (var book in _books)
        {
            batch.On(new VenueStatus(book.Id, BookState.Resyncing, StatusReasons.Malformed, default, _now));
        }
    }

    private bool TrySnapshot(in CapturedFrame frame, EventBatch batch)
    {
        var instrument = SnapshotOwner.Find(_venue, _captured.Values, Instruments, frame.Bytes.Span);
        return instrument is not null && _venue.TryTranslateSnapshot(instrument, frame.Bytes.Span, frame.ReceivedAt, batch);
    }

    private void Count(FrameKind kind) => _counts = kind switch
    {
        FrameKind.Data => _counts with { Frames = _counts.Frames + 1, Data = _counts.Data + 1 },
        FrameKind.Unknown => _counts with { Frames = _counts.Frames + 1, Unknown = _counts.Unknown + 1 },
        FrameKind.Malformed => _counts with { Frames = _counts.Frames + 1, Malformed = _counts.Malformed + 1 },
        _ => _counts with { Frames = _counts.Frames + 1, Control = _counts.Control + 1 },
    };
}
