using System.Numerics;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>Sees every price and quantity of one instrument at wide scales, and concludes the scales that are really used.</summary>
internal sealed class AmountSurvey(string symbol)
{
    /// <summary>Finer than any venue's prices, and still room for 900 million.</summary>
    public static readonly Scale Prices = new(10);

    /// <summary>Finer than any venue's quantities, and still room for 90 thousand million.</summary>
    public static readonly Scale Quantities = new(8);

    private long _priceStep;
    private long _quantityStep;
    private long _lowest = long.MaxValue;
    private long _highest;

    public bool HasBook { get; set; }

    public void Add(ReadOnlySpan<Level> levels)
    {
        foreach (ref readonly var level in levels)
        {
            Add(level.Price, level.Quantity);
        }
    }

    /// <summary>A price somewhere in the book.</summary>
    public void Add(Price price, Quantity quantity)
    {
        _priceStep = GreatestCommonDivisor(_priceStep, price.Units);
        _quantityStep = GreatestCommonDivisor(_quantityStep, quantity.Units);
    }

    /// <summary>A price at which the market stands: traded, or best.</summary>
    public void AddTouch(Price price, Quantity quantity)
    {
        Add(price, quantity);
        if (price.Units > 0)
        {
            (_lowest, _highest) = (Math.Min(_lowest, price.Units), Math.Max(_highest, price.Units));
        }
    }

    /// <summary>
    /// The listing. A step is the largest power of ten that divides everything seen: a book seen for some seconds may hold even
    /// prices only, and a step that is too fine harms nobody.
    /// </summary>
    public CapturedInstrument Conclude(VenueId venue, InstrumentKind kind)
    {
        var (prices, tick) = Coarsest(Prices, _priceStep);
        var (quantities, lot) = Coarsest(Quantities, _quantityStep);
        var listing = new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            Pair = new Pair(symbol, ""),
            Kind = kind,
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(tick),
            Lot = new Quantity(lot),
        };
        return new CapturedInstrument(listing, HasBook, InScale(_highest == 0 ? 0 : _lowest, prices), InScale(_highest, prices));
    }

    private static Price InScale(long units, Scale scale) => new(Prices.Convert(units, scale));

    private static (Scale Scale, long Step) Coarsest(Scale wide, long divisor)
    {
        var step = 1L;
        while (divisor != 0 && divisor % (step * 10) == 0)
        {
            step *= 10;
        }

        var decimals = wide.Decimals;
        while (decimals > 0 && step > 1)
        {
            (decimals, step) = (decimals - 1, step / 10);
        }

        return (new Scale(decimals), step);
    }

    /// <summary>By far most prices are multiples of what is known already: one division tells.</summary>
    private static long GreatestCommonDivisor(long known, long next) =>
        known != 0 && next % known == 0 ? known : (long)BigInteger.GreatestCommonDivisor(known, next);
}
