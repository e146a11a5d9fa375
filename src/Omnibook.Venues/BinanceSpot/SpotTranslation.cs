using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>The rules of the spot market.</summary>
internal sealed class SpotTranslation : IBinanceMarket
{
    private SpotTranslation()
    {
    }

    /// <summary>The rules; they keep nothing.</summary>
    public static SpotTranslation Rules { get; } = new();

    /// <inheritdoc />
    public bool LeavesTopsUnnamed => true;

    /// <inheritdoc />
    public string? Translate(
        scoped in BinanceFields fields, Instrument instrument, BinanceLevels levels, Timestamp receivedAt, ref long unknownTimes, EventBatch batch) =>
        fields.Event switch
        {
            BinanceEvent.DepthUpdate => Depth(fields, instrument, levels, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch),
            BinanceEvent.AggTrade or BinanceEvent.Trade =>
                BinanceTranslation.Trade(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch),

            BinanceEvent.Kline =>
                BinanceTranslation.Candle(fields, instrument, BinanceTranslation.Times(fields, receivedAt, ref unknownTimes), batch),

            // {"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21","a":"25.36520000","A":"40.66"}: without a clock.
            BinanceEvent.BookTicker => BinanceTranslation.Top(fields, instrument, new EventTimes(default, receivedAt), batch),

            // Mark prices and forced orders belong to futures: what else is planned here cannot carry them.
            _ => $"{fields.Event} is no event of the spot market",
        };

    /// <summary>
    /// <code>{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[["0.0026","100"]]}</code>
    /// Numbers are the symbol's own and leave none out, so an update covers <c>U</c> to <c>u</c>.
    /// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#how-to-manage-a-local-order-book-correctly
    /// </summary>
    private static string? Depth(scoped in BinanceFields fields, Instrument instrument, BinanceLevels levels, EventTimes times, EventBatch batch)
    {
        if (!fields.Has(BinanceKeys.FirstId | BinanceKeys.LastId | BinanceKeys.Bids | BinanceKeys.Asks))
        {
            return "depthUpdate without U, u, b or a";
        }

        if (fields.FirstId < 0 || fields.FirstId > fields.LastId)
        {
            return "depthUpdate whose U and u contradict each other";
        }

        batch.On(new BookUpdate(instrument.Id, fields.FirstId, fields.LastId, times), levels.Bids.Levels, levels.Asks.Levels);
        return null;
    }
}
