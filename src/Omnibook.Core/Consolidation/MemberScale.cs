using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>Takes the amounts of a member to its composite's finer scale, exactly.</summary>
internal readonly struct MemberScale(Instrument instrument, Composite composite)
{
    private readonly long _price = Scale.PowerOfTen(composite.PriceScale.Decimals - instrument.PriceScale.Decimals);
    private readonly long _quantity = Scale.PowerOfTen(composite.QuantityScale.Decimals - instrument.QuantityScale.Decimals);

    /// <summary>Converts a level. False when an amount does not fit into 64 bits at the composite's scale.</summary>
    public bool TryConvert(in Level level, out Level converted)
    {
        var fits = Math.BigMul(level.Price.Units, _price, out var price) == 0 & price >= 0
            & Math.BigMul(level.Quantity.Units, _quantity, out var quantity) == 0 & quantity >= 0;
        converted = new Level(new Price(price), new Quantity(quantity), level.Orders);
        return fits;
    }
}
