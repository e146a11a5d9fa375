using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>How the whole numbers of a route are told as decimal ones.</summary>
/// <param name="PriceDecimals">Decimals of a unit of price. May be more than a <see cref="Scale"/> has, where a rate is in it.</param>
/// <param name="QuantityDecimals">Decimals of a unit of quantity.</param>
internal readonly record struct RouteScale(int PriceDecimals, int QuantityDecimals)
{
    /// <summary>Decimals of a sum in an order's measure.</summary>
    public int Decimals(RouteMeasure measure) => QuantityDecimals + (measure == RouteMeasure.Notional ? PriceDecimals : 0);

    /// <summary>A price.</summary>
    public decimal Price(Int128 units) => WideAmount.ToDecimal(units, PriceDecimals);

    /// <summary>A quantity.</summary>
    public decimal Quantity(Int128 units) => WideAmount.ToDecimal(units, QuantityDecimals);

    /// <summary>A price times a quantity.</summary>
    public decimal Notional(Int128 units) => WideAmount.ToDecimal(units, PriceDecimals + QuantityDecimals);

    /// <summary>The highest rank that a limit allows.</summary>
    public long WorstRank(decimal? limit, bool buys)
    {
        if (limit is not { } price)
        {
            return long.MaxValue;
        }

        var units = buys ? WideAmount.Floor(price, PriceDecimals) : -WideAmount.Ceiling(price, PriceDecimals);
        return (long)Int128.Clamp(units, long.MinValue, long.MaxValue);
    }
}
