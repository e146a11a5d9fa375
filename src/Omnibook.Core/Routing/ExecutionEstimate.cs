using Omnibook.Core.Events;

namespace Omnibook.Core.Routing;

/// <summary>What a position is opened with.</summary>
public readonly record struct ExecutionTerms
{
    /// <summary>Buying opens a long, selling a short.</summary>
    public required TakerSide Side { get; init; }

    /// <summary>The average price of the fill.</summary>
    public required decimal FillPrice { get; init; }

    /// <summary>Of the base asset.</summary>
    public required decimal Size { get; init; }

    /// <summary>The middle at that time.</summary>
    public required decimal Mid { get; init; }

    /// <summary>The fee in basis points of the notional.</summary>
    public required decimal FeeBps { get; init; }

    /// <summary>Notional over margin, 1 or more.</summary>
    public decimal Leverage { get; init; }

    /// <summary>The funding rate for one hour, as a fraction: positive when longs pay. Null when unknown.</summary>
    public decimal? HourlyFundingRate { get; init; }

    /// <summary>How long the position is to be held.</summary>
    public decimal HoldingHours { get; init; }

    /// <summary>The part of the notional that a venue wants to see covered, as a fraction. Null when unknown.</summary>
    public decimal? MaintenanceFraction { get; init; }
}

/// <summary>What opening and holding a position comes to. Amounts are in the quote asset; costs are positive.</summary>
public sealed record ExecutionEstimate
{
    /// <summary>Reckons.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The leverage is below 1, or a price, the size or the time is negative.</exception>
    public ExecutionEstimate(in ExecutionTerms terms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.Leverage, 1, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfNegative(terms.Size, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfNegative(terms.FillPrice, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfNegative(terms.HoldingHours, nameof(terms));
        var sign = terms.Side == TakerSide.Buy ? 1 : -1;
        var slippage = sign * (terms.FillPrice - terms.Mid) * terms.Size;
        Notional = terms.FillPrice * terms.Size;
        Fees = FeeSchedule.Of(Notional, terms.FeeBps);
        SlippageCost = Math.Abs(slippage);
        FundingCost = terms.HoldingHours == 0 ? 0 : sign * Notional * terms.HourlyFundingRate * terms.HoldingHours;
        NetCost = slippage + Fees + (FundingCost ?? 0);
        Margin = Notional / terms.Leverage;
        LiquidationPrice = terms.FillPrice * (1 - sign / terms.Leverage + sign * terms.MaintenanceFraction);
    }

    /// <summary>Fill price × size.</summary>
    public decimal Notional { get; }

    /// <summary>The fee of opening.</summary>
    public decimal Fees { get; }

    /// <summary>|fill price − mid| × size.</summary>
    public decimal SlippageCost { get; }

    /// <summary>Notional × hourly rate × hours: a long pays a positive rate, a short receives it. Null when the rate is unknown.</summary>
    public decimal? FundingCost { get; }

    /// <summary>Slippage, signed (a fill better than the middle is a gain), fees and funding together.</summary>
    public decimal NetCost { get; }

    /// <summary>Notional / leverage.</summary>
    public decimal Margin { get; }

    /// <summary>
    /// Isolated: fill price × (1 − 1/leverage + maintenance fraction) for a long, × (1 + 1/leverage − maintenance fraction) for a short. Null
    /// when the maintenance fraction is unknown.
    /// </summary>
    public decimal? LiquidationPrice { get; }
}
