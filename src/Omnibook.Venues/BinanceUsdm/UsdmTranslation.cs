using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>The rules of USD-M futures.</summary>
internal sealed class UsdmTranslation : IBinanceMarket
{
    private UsdmTranslation()
    {
    }

    /// <summary>The rules; they keep nothing.</summary>
    public static UsdmTranslation Rules { get; } = new();

    /// <inheritdoc />
    public bool LeavesTopsUnnamed => false;

    /// <inheritdoc />
    public string? Translate(
        scoped in BinanceFields fields, Instrument instrument, BinanceLevels levels, Timestamp receivedAt, ref long unknownTimes, EventBatch batch)
    {
        switch (fields.Event)
        {
            case BinanceEvent.DepthUpdate:
                return Depth(fields, instrument, levels, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch);
            case BinanceEvent.AggTrade or BinanceEvent.Trade:
                return BinanceTranslation.Trade(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch);
            case BinanceEvent.BookTicker:
                return BinanceTranslation.Top(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch);
            case BinanceEvent.MarkPrice:
                return UsdmDerived.Mark(fields, instrument, receivedAt, ref unknownTimes, batch);
            case BinanceEvent.ForceOrder:
                return UsdmDerived.ForcedOrder(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch);
            case BinanceEvent.Kline:
                return BinanceTranslation.Candle(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch);
            default:
                throw new ArgumentOutOfRangeException(nameof(fields), fields.Event, "Not an event of an instrument.");
        }
    }

    /// <summary>
    /// Numbers are shared by all symbols, so an update is chained to the one before by <c>pu</c> alone; <c>U</c> may lie
    /// anywhere above it. The update therefore covers <c>pu + 1</c> to <c>u</c>.
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly
    /// </summary>
    private static string? Depth(scoped in BinanceFields fields, Instrument instrument, BinanceLevels levels, EventTimes times, EventBatch batch)
    {
        if (!fields.Has(BinanceKeys.FirstId | BinanceKeys.LastId | BinanceKeys.PreviousId | BinanceKeys.Bids | BinanceKeys.Asks))
        {
            return "depthUpdate without U, u, pu, b or a";
        }

        if (fields.PreviousId < -1 || fields.PreviousId >= fields.LastId || fields.FirstId > fields.LastId)
        {
            return "depthUpdate whose U, u and pu contradict each other";
        }

        batch.On(
            new BookUpdate(instrument.Id, fields.PreviousId + 1, fields.LastId, times), levels.Bids.Levels, levels.Asks.Levels);
        return null;
    }
}
