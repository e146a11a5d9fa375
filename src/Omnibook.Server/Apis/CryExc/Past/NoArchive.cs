using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>Nothing is recorded: history is what memory has.</summary>
internal sealed class NoArchive : IHistoryArchive
{
    /// <inheritdoc />
    public long Position => 0;

    /// <inheritdoc />
    public Task<EarlierTrades> EarlierAsync(Instrument instrument, Timestamp from, long upTo, CancellationToken cancellationToken) =>
        Task.FromResult(new EarlierTrades([], default));

    /// <inheritdoc />
    public Task<PastCandles> CandlesAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostRows, CancellationToken cancellationToken) =>
        Task.FromResult(new PastCandles([], to, default));

    /// <inheritdoc />
    public Task<IReadOnlyList<HeatmapSnapshot>> BooksAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostLevels, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HeatmapSnapshot>>([]);

    /// <inheritdoc />
    public Task<StoredPage<StoredTrade>> TradesAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken) => throw Off();

    /// <inheritdoc />
    public Task<StoredPage<StoredLiquidation>> LiquidationsAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken) => throw Off();

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredInstrument>> StoredAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredInstrument>>([]);

    private static ArchiveUnavailableException Off() => new("this server keeps no history");
}
