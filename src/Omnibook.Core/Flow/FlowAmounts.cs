using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>Tells the amounts of this folder as decimal numbers, exact up to 28 digits.</summary>
public static class FlowAmounts
{
    /// <summary>Base assets.</summary>
    public static decimal ToBase(Instrument instrument, Int128 units) => WideAmount.ToDecimal(units, instrument.QuantityScale.Decimals);

    /// <summary>Quote assets.</summary>
    public static decimal ToQuote(Instrument instrument, Int128 units) =>
        WideAmount.ToDecimal(units, instrument.PriceScale.Decimals + instrument.QuantityScale.Decimals);
}
