using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>What the Binance markets do not share: how updates are numbered, which clocks events have, which events there are.</summary>
internal interface IBinanceMarket
{
    /// <summary>Whether a <c>bookTicker</c> comes without its name, as on Spot.</summary>
    bool LeavesTopsUnnamed { get; }

    /// <summary>
    /// Translates an event; the levels of a <c>depthUpdate</c> have been read already. An event is added to the batch only when
    /// all of it has been found good.
    /// </summary>
    /// <returns>Null when it is good; otherwise what is wrong with it.</returns>
    string? Translate(
        scoped in BinanceFields fields, Instrument instrument, BinanceLevels levels, Timestamp receivedAt, ref long unknownTimes, EventBatch batch);
}
