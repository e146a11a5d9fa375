using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Events;

/// <summary>
/// A candle as the venue streams it: the whole candle so far, sent again whenever it changes. Volumes are decimals, exact and of any
/// length: a month of a coin that costs nothing does not fit into 64 bits of the instrument's quantity scale.
/// </summary>
/// <param name="Instrument">Of which instrument.</param>
/// <param name="Interval">How long the candle is.</param>
/// <param name="Start">Opening time, by the venue's clock.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
/// <param name="QuoteVolume">Quote assets traded; null where the venue does not say.</param>
/// <param name="Trades">How many trades; null where the venue does not say.</param>
/// <param name="IsClosed">Whether it is over; null where the venue does not say, and nobody else has found out.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct CandleUpdate(
    InstrumentId Instrument,
    CandleInterval Interval,
    Timestamp Start,
    Price Open,
    Price High,
    Price Low,
    Price Close,
    decimal BaseVolume,
    decimal? QuoteVolume,
    long? Trades,
    bool? IsClosed,
    EventTimes Times);
