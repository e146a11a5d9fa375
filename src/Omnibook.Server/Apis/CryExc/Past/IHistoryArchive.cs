using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>What the archive has of trades, in the terms of the dialect. Every question may be cancelled, and goes to no market's thread.</summary>
/// <remarks>Questions throw <see cref="ArchiveUnavailableException"/> while the archive cannot answer.</remarks>
internal interface IHistoryArchive
{
    /// <summary>The position of the newest event that is recorded. On the market's thread: every trade that was told until now is at it or before.</summary>
    long Position { get; }

    /// <summary>The trades of an instrument from a moment on, up to a position, by the second.</summary>
    Task<EarlierTrades> EarlierAsync(Instrument instrument, Timestamp from, long upTo, CancellationToken cancellationToken);

    /// <summary>The trades of a span as candles, the newest where there are more rows than may be.</summary>
    /// <param name="instrument">Whose trades.</param>
    /// <param name="interval">How long a candle is.</param>
    /// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The first moment that does not belong to it.</param>
    /// <param name="mostRows">How many cells (or candles without any) there may be.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<PastCandles> CandlesAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostRows, CancellationToken cancellationToken);

    /// <summary>The books of the full minutes of a span, oldest first: of each interval the last, regrouped; the newest where there are more levels than may be.</summary>
    /// <param name="instrument">Whose books.</param>
    /// <param name="interval">How long; those that belong to one are told as of its beginning.</param>
    /// <param name="tick">A multiple of the instrument's tick, in units of price.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The first moment that does not belong to it.</param>
    /// <param name="mostLevels">How many levels there may be.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<IReadOnlyList<HeatmapSnapshot>> BooksAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostLevels, CancellationToken cancellationToken);

    /// <summary>The trades of a span that ends before <paramref name="to"/>, oldest first; the newest where there are more than may be.</summary>
    Task<StoredPage<StoredTrade>> TradesAsync(InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken);

    /// <summary>The same of liquidations.</summary>
    Task<StoredPage<StoredLiquidation>> LiquidationsAsync(InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken);

    /// <summary>Of which instruments something is stored.</summary>
    Task<IReadOnlyList<StoredInstrument>> StoredAsync(CancellationToken cancellationToken);
}

/// <summary>What was traded before a position.</summary>
/// <param name="Slices">In order of time.</param>
/// <param name="FirstAt">When the earliest trade was that there is of the instrument at all; unknown where there is none.</param>
internal sealed record EarlierTrades(IReadOnlyList<FlowSlice> Slices, Timestamp FirstAt);

/// <summary>The archive cannot answer now: it is off, is being rebuilt, or is out of order.</summary>
internal sealed class ArchiveUnavailableException : Exception
{
    /// <summary>Says why.</summary>
    public ArchiveUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
