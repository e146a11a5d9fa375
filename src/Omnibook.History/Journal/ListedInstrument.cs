using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>An instrument of a reader, and how the writer counted its amounts: the venue may have changed its decimals since.</summary>
internal sealed class ListedInstrument(Instrument instrument, InstrumentListing written)
{
    private readonly bool _isSame = instrument.PriceScale == written.PriceScale && instrument.QuantityScale == written.QuantityScale;

    /// <summary>The number that the reader's catalog gave it.</summary>
    public InstrumentId Id { get; } = instrument.Id;

    /// <summary>The steps that amounts were written in.</summary>
    public Steps Steps { get; } = Steps.Of(written);

    /// <summary>A price as the reader's catalog counts it.</summary>
    public Price Price(long units) => new(_isSame ? units : Convert(units, written.PriceScale, instrument.PriceScale));

    /// <summary>A quantity as the reader's catalog counts it.</summary>
    public Quantity Quantity(long units) => new(_isSame ? units : Convert(units, written.QuantityScale, instrument.QuantityScale));

    private static long Convert(long units, Scale from, Scale to)
    {
        try
        {
            return from.Convert(units, to);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"An amount was written with {from}, and the instrument now has {to}.", exception);
        }
    }
}
