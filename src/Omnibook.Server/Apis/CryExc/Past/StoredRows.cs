using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>Something that is stored, and happened at a moment.</summary>
internal interface IStoredRow
{
    /// <summary>When, by the venue's clock; by ours where the venue does not say.</summary>
    Timestamp At { get; }
}

/// <summary>A trade as it is stored.</summary>
/// <param name="TradeId">The venue's number of it.</param>
/// <param name="Price">In units of the instrument's price scale.</param>
/// <param name="Quantity">In units of the quantity scale.</param>
/// <param name="TakerSide">Who crossed the spread.</param>
/// <param name="At">When.</param>
internal readonly record struct StoredTrade(long TradeId, Price Price, Quantity Quantity, TakerSide TakerSide, Timestamp At) : IStoredRow;

/// <summary>A position that was closed by force, as it is stored.</summary>
/// <param name="OrderSide">The side of the order: selling closes a long.</param>
/// <param name="Price">In units of the instrument's price scale.</param>
/// <param name="Quantity">In units of the quantity scale.</param>
/// <param name="At">When.</param>
internal readonly record struct StoredLiquidation(TakerSide OrderSide, Price Price, Quantity Quantity, Timestamp At) : IStoredRow;

/// <summary>Rows of a span, oldest first.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="IsTruncated">There were more, and older ones, than may be told.</param>
internal sealed record StoredPage<T>(IReadOnlyList<T> Rows, bool IsTruncated)
    where T : IStoredRow;

/// <summary>What is stored of an instrument.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="HasTrades">Whether there are trades.</param>
/// <param name="HasLiquidations">Whether there are liquidations.</param>
/// <param name="First">The first stored moment.</param>
/// <param name="Last">The last stored moment.</param>
internal sealed record StoredInstrument(VenueId Venue, string Symbol, bool HasTrades, bool HasLiquidations, Timestamp First, Timestamp Last);
