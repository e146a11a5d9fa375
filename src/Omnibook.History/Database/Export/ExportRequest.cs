using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database.Export;

/// <summary>What can be exported.</summary>
public enum ExportKind
{
    /// <summary>Every trade.</summary>
    Trades,

    /// <summary>Every liquidation.</summary>
    Liquidations,

    /// <summary>Every level of the book at every full minute.</summary>
    Books,

    /// <summary>Candles made of the trades.</summary>
    Candles,
}

/// <summary>What is to be exported.</summary>
/// <param name="Kind">What.</param>
/// <param name="Range">Of which time.</param>
public sealed record ExportRequest(ExportKind Kind, HistoryRange Range)
{
    /// <summary>Of which venue; null for all.</summary>
    public VenueId? Venue { get; init; }

    /// <summary>Of which instrument, in the venue's spelling; null for all.</summary>
    public string? Symbol { get; init; }

    /// <summary>How long candles are.</summary>
    public FlowInterval Interval { get; init; } = FlowInterval.Minute;

    /// <summary>Whether an instrument is asked for.</summary>
    internal bool Wants(IndexedInstrument instrument) =>
        (Venue is not { } venue || venue == instrument.Venue) && (Symbol is null || Symbol == instrument.Symbol);
}
