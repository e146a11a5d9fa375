using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>What one venue fills of a route.</summary>
/// <param name="Instrument">Which venue and symbol.</param>
/// <param name="Levels">How many levels are touched.</param>
/// <param name="Quantity">Of the base asset.</param>
/// <param name="Notional">Σ price × quantity, in the quote asset.</param>
/// <param name="FeeBps">The fee, in basis points of the notional.</param>
public readonly record struct RouteLeg(Instrument Instrument, int Levels, decimal Quantity, decimal Notional, decimal FeeBps)
{
    /// <summary>The fee, in the quote asset.</summary>
    public decimal Fees => FeeSchedule.Of(Notional, FeeBps);

    /// <summary>The average price without the fee.</summary>
    public decimal? AveragePrice => Quantity > 0 ? Notional / Quantity : null;
}

/// <summary>A part of a level that a route takes.</summary>
/// <param name="Instrument">Which venue and symbol.</param>
/// <param name="Price">At which price.</param>
/// <param name="Quantity">How much of the base asset.</param>
public readonly record struct RouteFill(Instrument Instrument, decimal Price, decimal Quantity);
