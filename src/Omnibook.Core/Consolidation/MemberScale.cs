using System.Runtime.CompilerServices;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>Takes the amounts of a member to a finer scale that it shares with others, exactly.</summary>
internal readonly struct MemberScale
{
    private readonly long _price;
    private readonly long _quantity;
    private readonly ulong _mostPrice;
    private readonly ulong _mostQuantity;

    /// <summary>To the scales of a composite.</summary>
    public MemberScale(Instrument instrument, Composite composite)
        : this(instrument, composite, 1)
    {
    }

    /// <summary>To the scales of a composite, prices times a whole number besides: a rate counted in units of a scale of its own.</summary>
    public MemberScale(Instrument instrument, Composite composite, long rateUnits)
    {
        _price = checked(Scale.PowerOfTen(composite.PriceScale.Decimals - instrument.PriceScale.Decimals) * rateUnits);
        _quantity = Scale.PowerOfTen(composite.QuantityScale.Decimals - instrument.QuantityScale.Decimals);
        (_mostPrice, _mostQuantity) = ((ulong)(long.MaxValue / _price), (ulong)(long.MaxValue / _quantity));
    }

    /// <summary>Converts a level. False when an amount does not fit into 64 bits at the composite's scale.</summary>
    public bool TryConvert(in Level level, out Level converted)
    {
        var fits = TryConvert(level.Price.Units, level.Quantity.Units, out var price, out var quantity);
        converted = new Level(new Price(price), new Quantity(quantity), level.Orders);
        return fits;
    }

    /// <summary>Converts a price and a quantity, both in units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryConvert(long priceUnits, long quantityUnits, out long price, out long quantity)
    {
        (price, quantity) = (priceUnits * _price, quantityUnits * _quantity);
        return (ulong)priceUnits <= _mostPrice & (ulong)quantityUnits <= _mostQuantity;
    }
}
