using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues;

/// <summary>
/// The whole port of a venue: list its instruments, describe its connections, translate its frames, describe how to ask
/// for a snapshot. A venue opens no socket and keeps no clock; the feed does both, for all venues alike.
/// </summary>
public interface IVenue
{
    /// <summary>The key of the venue.</summary>
    VenueId Id { get; }

    /// <summary>How the venue wants to be treated: limits of its sockets and of its REST host.</summary>
    VenueRules Rules { get; }

    /// <summary>What the venue answers when asked, beside what it streams.</summary>
    VenueData Data => NoData.Instance;

    /// <summary>How spellings are read that are not the venue's own.</summary>
    SpellingRules Spelling => SpellingRules.None;

    /// <summary>Asks the venue for its instruments.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken);

    /// <summary>Which sockets to open, and what to subscribe on each, to follow these instruments.</summary>
    IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments);

    /// <summary>The candles that the venue streams; empty where it streams none.</summary>
    IReadOnlyList<CandleInterval> StreamedCandles => [];

    /// <summary>Which sockets to open, and what to subscribe on each, to follow these candles, each of <see cref="StreamedCandles"/>.</summary>
    IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) => [];

    /// <summary>Begins the translation of one connection. A session is used by one thread at a time and is never reused.</summary>
    /// <param name="plan">What is subscribed on the connection.</param>
    /// <param name="unknown">Asked for the instrument of a symbol that is not in the plan; a replay registers instruments this way.</param>
    IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null);

    /// <summary>How to hear the venue's news; null for a venue that tells none.</summary>
    NewsPlan? News => null;

    /// <summary>
    /// How to ask for a snapshot of a book, or null when the venue sends snapshots on the socket, so that subscribing anew is the way.
    /// </summary>
    RestRequest? SnapshotRequest(Instrument instrument);

    /// <summary>Reads the answer to <see cref="SnapshotRequest"/> into <paramref name="batch"/>.</summary>
    /// <returns>False when <paramref name="body"/> is not such an answer; the batch is then as it was.</returns>
    bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch);
}
