using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>Trades that were missed and could not be fetched.</summary>
/// <param name="Instrument">Whose.</param>
/// <param name="BeforeId">The venue's number of the last trade before them.</param>
/// <param name="BeforeAt">When that was, by the venue's clock.</param>
/// <param name="AfterId">The venue's number of the first trade after them; null when there was none yet.</param>
/// <param name="AfterAt">When that was, by the venue's clock; unknown when there was none yet.</param>
/// <param name="Why">Why they could not be fetched, in words.</param>
/// <param name="At">When that was found, by our clock.</param>
public sealed record MissingTrades(
    InstrumentId Instrument, long BeforeId, Timestamp BeforeAt, long? AfterId, Timestamp AfterAt, string Why, Timestamp At);
