using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Pipeline.Trades;

/// <summary>A trade, as far as a hole is concerned.</summary>
/// <param name="Id">The venue's number of it.</param>
/// <param name="At">When, by the venue's clock.</param>
internal readonly record struct TradeMark(long Id, Timestamp At)
{
    /// <summary>The mark of a trade of the market.</summary>
    public static TradeMark Of(in Trade trade) => new(trade.TradeId, trade.Times.VenueTime);
}

/// <summary>Trades that were missed.</summary>
/// <param name="Instrument">Whose.</param>
/// <param name="Before">The last one that was told before them.</param>
/// <param name="After">The first one that was told after them; null when none was yet.</param>
internal sealed record TradeGap(Instrument Instrument, TradeMark Before, TradeMark? After)
{
    /// <summary>
    /// True when nothing but a frame that could not be read speaks for it: the last trade told may be later than what is missing, so that its time is
    /// set back and its number proves nothing.
    /// </summary>
    public bool IsDoubt { get; init; }
}

/// <summary>Trades that were missed and cannot be had any more.</summary>
/// <param name="Gap">What is missing.</param>
/// <param name="Why">Why it could not be fetched, in words.</param>
/// <param name="At">When that was found, by our clock.</param>
internal sealed record TradeHole(TradeGap Gap, string Why, DateTimeOffset At);
