using System.Numerics;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Turns amounts as a partition has them into those of an instrument as it is listed now.</summary>
/// <param name="stored">How the partition counts.</param>
/// <param name="instrument">How it is counted now.</param>
internal sealed class Units(IndexedInstrument stored, Instrument instrument)
{
    private readonly bool _isSame = stored.HasScalesOf(instrument);

    /// <summary>A price.</summary>
    public Price Price(long units) => new(_isSame ? units : stored.PriceScale.Convert(units, instrument.PriceScale));

    /// <summary>A quantity.</summary>
    public Quantity Quantity(long units) => new(_isSame ? units : stored.QuantityScale.Convert(units, instrument.QuantityScale));

    /// <summary>Whether nothing has to be turned.</summary>
    public bool IsSame => _isSame;

    /// <summary>A sum of quantities.</summary>
    public Int128 Sum(Int128 units) => _isSame ? units : Shift(units, instrument.QuantityScale.Decimals - stored.QuantityScale.Decimals);

    /// <summary>A sum of prices × quantities.</summary>
    public Int128 Quote(Int128 units) => _isSame ? units : Shift(
        units, instrument.PriceScale.Decimals + instrument.QuantityScale.Decimals - stored.PriceScale.Decimals - stored.QuantityScale.Decimals);

    private static Int128 Shift(Int128 units, int finer)
    {
        var factor = (Int128)BigInteger.Pow(10, Math.Abs(finer));
        return finer >= 0 ? checked(units * factor)
            : units % factor == 0 ? units / factor
            : throw new ArgumentException("A stored amount has more decimals than the instrument has now.", nameof(units));
    }
}
