using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>What an order would cost at one venue.</summary>
/// <param name="Instrument">Which venue and symbol.</param>
/// <param name="FillPrice">The average price without the fee; the limit of an order that rests; null when nothing is filled.</param>
/// <param name="EffectivePrice">The same with the fee in it.</param>
/// <param name="Slippage">How much worse than the middle the fill price is, as a signed fraction; 0 for an order that rests.</param>
/// <param name="FeeBps">The fee that applies, in basis points: the maker's for an order that rests.</param>
/// <param name="FillableSize">How much of the base asset the venue offers within the limit.</param>
/// <param name="IsComplete">Whether that is enough.</param>
public sealed record VenueQuote(
    Instrument Instrument,
    decimal? FillPrice,
    decimal? EffectivePrice,
    decimal? Slippage,
    decimal FeeBps,
    decimal FillableSize,
    bool IsComplete);

/// <summary>Where to send an order.</summary>
/// <param name="Mid">What the prices were compared with.</param>
/// <param name="Quotes">
/// All usable venues, the best first: those that fill the whole order by effective price, then the others by how much they fill.
/// </param>
/// <param name="IsResting">Whether the limit lets nothing be filled now, so that the order would rest at its limit.</param>
/// <param name="Split">The parts, where several venues together are cheaper than the best one by more than 0.1 basis points; otherwise empty.</param>
public sealed record VenueRecommendation(
    decimal Mid, IReadOnlyList<VenueQuote> Quotes, bool IsResting, IReadOnlyList<RouteLeg> Split)
{
    /// <summary>The best venue.</summary>
    public VenueQuote Recommended => Quotes[0];

    /// <summary>The next best, if there is another.</summary>
    public VenueQuote? Alternative => Quotes.Count > 1 ? Quotes[1] : null;
}
