using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>
/// What was traded, parted by the taker's side, exact. Base amounts are in units of the instrument's quantity scale, quote amounts in units of
/// 10^-(decimals of price and of quantity). Sums of any trades in any order are the same.
/// </summary>
/// <param name="Bought">Base assets that takers bought.</param>
/// <param name="Sold">Base assets that takers sold.</param>
/// <param name="BoughtQuote">What was paid for them.</param>
/// <param name="SoldQuote">What was got for them.</param>
/// <param name="Buys">How many trades in which the taker bought.</param>
/// <param name="Sells">How many trades in which the taker sold.</param>
public readonly record struct FlowVolume(Int128 Bought, Int128 Sold, Int128 BoughtQuote, Int128 SoldQuote, long Buys, long Sells)
{
    /// <summary>All base assets.</summary>
    public Int128 Base => Bought + Sold;

    /// <summary>Base assets bought less those sold.</summary>
    public Int128 Delta => Bought - Sold;

    /// <summary>All quote assets.</summary>
    public Int128 Quote => BoughtQuote + SoldQuote;

    /// <summary>Quote assets of buyers less those of sellers.</summary>
    public Int128 QuoteDelta => BoughtQuote - SoldQuote;

    /// <summary>How many trades.</summary>
    public long Trades => Buys + Sells;

    /// <summary>One trade.</summary>
    public static FlowVolume Of(in Trade trade)
    {
        var (quantity, quote) = ((Int128)trade.Quantity.Units, WideAmount.Multiply(trade.Price.Units, trade.Quantity.Units));
        return trade.TakerSide == TakerSide.Buy
            ? new FlowVolume(quantity, 0, quote, 0, 1, 0)
            : new FlowVolume(0, quantity, 0, quote, 0, 1);
    }

    /// <summary>Both together.</summary>
    public static FlowVolume operator +(in FlowVolume left, in FlowVolume right) => new(
        left.Bought + right.Bought,
        left.Sold + right.Sold,
        left.BoughtQuote + right.BoughtQuote,
        left.SoldQuote + right.SoldQuote,
        left.Buys + right.Buys,
        left.Sells + right.Sells);

    /// <summary>The one without the other.</summary>
    public static FlowVolume operator -(in FlowVolume left, in FlowVolume right) => new(
        left.Bought - right.Bought,
        left.Sold - right.Sold,
        left.BoughtQuote - right.BoughtQuote,
        left.SoldQuote - right.SoldQuote,
        left.Buys - right.Buys,
        left.Sells - right.Sells);
}
