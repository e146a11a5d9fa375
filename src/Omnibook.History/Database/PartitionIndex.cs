using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>An instrument as one partition knows it.</summary>
/// <param name="Id">Its number in this partition.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="PriceScale">In which its prices are stored here.</param>
/// <param name="QuantityScale">In which its quantities are stored here.</param>
internal sealed record IndexedInstrument(long Id, VenueId Venue, string Symbol, Scale PriceScale, Scale QuantityScale)
{
    /// <summary>Its trades in this partition.</summary>
    public EventSpan Span { get; init; } = EventSpan.None;

    /// <summary>Whether no price × quantity of a minute exceeds 64 bits; only known where the partition is closed.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Its liquidations in this partition.</summary>
    public EventSpan Liquidations { get; init; } = EventSpan.None;

    /// <summary>Whether it is an instrument, as the venue lists it now or did before.</summary>
    public bool Is(Instrument instrument) => Venue == instrument.Venue && Symbol == instrument.Symbol;

    /// <summary>Whether its amounts are told in the same units.</summary>
    public bool HasScalesOf(Instrument instrument) => PriceScale == instrument.PriceScale && QuantityScale == instrument.QuantityScale;

    /// <summary>Whether it has trades of a stretch of time.</summary>
    public bool HasTradesIn(HistoryRange range) => Span.Count > 0 && Span.FirstAt < range.To.Nanoseconds && Span.LastAt >= range.From.Nanoseconds;
}

/// <summary>From when to when there are events, in nanoseconds, and how many.</summary>
internal struct EventSpan(long firstAt, long lastAt, long count)
{
    /// <summary>There are none.</summary>
    public static EventSpan None => new(long.MaxValue, long.MinValue, 0);

    /// <summary>When the earliest was.</summary>
    public long FirstAt { get; private set; } = firstAt;

    /// <summary>When the latest was.</summary>
    public long LastAt { get; private set; } = lastAt;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; } = count;

    /// <summary>Both together.</summary>
    public readonly EventSpan With(in EventSpan other) => new(Math.Min(FirstAt, other.FirstAt), Math.Max(LastAt, other.LastAt), Count + other.Count);

    /// <summary>Takes another.</summary>
    public void Add(Timestamp at) => (FirstAt, LastAt, Count) = (Math.Min(FirstAt, at.Nanoseconds), Math.Max(LastAt, at.Nanoseconds), Count + 1);
}

/// <summary>What a partition holds. Never changes: another takes its place when something was committed.</summary>
/// <param name="First">The first position that it covers.</param>
/// <param name="Last">The last position that it covers; one less than <paramref name="First"/> while it covers none.</param>
/// <param name="Instruments">Its instruments.</param>
internal sealed record PartitionIndex(long First, long Last, IReadOnlyList<IndexedInstrument> Instruments)
{
    /// <summary>How many trades there are.</summary>
    public long Trades => Instruments.Sum(instrument => instrument.Span.Count);
}
