using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The endpoints that show trades, candles and the day.</summary>
internal sealed class BinanceTradeEndpoints(BinanceVenue venue)
{
    private const long Hour = 3_600_000;

    /// <summary>1, 2, 5 or 10 by limit.</summary>
    public static int KlineWeight(RestCall call)
    {
        var limit = call.Query.TryGetValue("limit", out var text) && int.TryParse(text, out var number) ? number : 500;
        return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
    }

    /// <summary><c>[{"id":28457,"price":"4.00","qty":"12.000","quoteQty":"48.00","time":…,"isBuyerMaker":true,"isRPITrade":false}]</c></summary>
    public RestAnswer Recent(RestCall call)
    {
        var query = new BinanceQuery(venue, call);
        var limit = query.Limit(500, 1000);
        return !query.TryGetMarket(out var market) || query.Problem is not null
            ? query.Problem!
            : BinanceLists.Write(market.Market.Trades.Newest(limit), (json, trade) =>
            {
                json.WriteStartObject();
                json.WriteNumber("id", trade.Id);
                json.WriteString("price", market.Price(trade.Price));
                json.WriteString("qty", market.Quantity(trade.Quantity));
                json.WriteString("quoteQty", BinanceText.Fixed(market.Value((decimal)trade.Price * trade.Quantity), 2));
                json.WriteNumber("time", trade.Milliseconds);
                json.WriteBoolean("isBuyerMaker", trade.TakerSide == Side.Ask);
                json.WriteBoolean("isRPITrade", false);
                json.WriteEndObject();
            });
    }

    /// <summary><c>[{"a":26129,"p":"0.01","q":"4.7","nq":"4.7","f":27781,"l":27781,"T":…,"m":true}]</c></summary>
    public RestAnswer Aggregates(RestCall call)
    {
        var query = new BinanceQuery(venue, call);
        var limit = query.Limit(500, 1000);
        var (fromId, start, end) = (query.Number("fromId"), query.Number("startTime"), query.Number("endTime"));
        if (fromId is not null && (start is not null || end is not null))
        {
            query.Refuse(BinanceErrors.Bad(-1128, "Combination of optional parameters invalid."));
        }

        if (end - start >= Hour)
        {
            query.Refuse(BinanceErrors.Bad(-4168, "Search window is restricted to recent 1 hours only."));
        }

        return !query.TryGetMarket(out var market) || query.Problem is not null
            ? query.Problem!
            : BinanceLists.Write(Select(market.Aggregates.Closed, fromId, start, end, limit), (json, aggregate) =>
            {
                json.WriteStartObject();
                BinanceFrames.AggregateFields(json, market, aggregate);
                json.WriteEndObject();
            });
    }

    /// <summary><c>[[1499040000000,"0.01","0.80","0.01","0.01","148976.114",1499644799999,"2434.19055334",308,"1756.874","28.46694368","0"]]</c></summary>
    public RestAnswer Klines(RestCall call)
    {
        var query = new BinanceQuery(venue, call);
        var limit = query.Limit(500, 1500);
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        var name = query.Text("interval");
        var interval = CandleInterval.Find(name);
        if (interval is null && name.Length > 0)
        {
            query.Refuse(BinanceErrors.Bad(-1120, "Invalid interval."));
        }

        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        var now = venue.Schedule.Milliseconds;
        market.Market.Candles.OpenUntil(now);
        var span = limit * interval!.Milliseconds;
        var candles = market.Market.Candles.Between(interval, start ?? (end ?? now) - span, Math.Min(end ?? long.MaxValue, now));
        var chosen = start is null ? candles.TakeLast(limit) : candles.Take(limit);
        return BinanceLists.Write(chosen, (json, candle) => WriteKline(json, market, interval, candle));
    }

    /// <summary>The 24 hours of REST: long field names, no bid and ask.</summary>
    public RestAnswer Day(RestCall call)
    {
        var query = new BinanceQuery(venue, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, WriteDay);
    }

    /// <summary><c>{"symbol":"BTCUSDT","price":"6000.01","time":1589437530011}</c></summary>
    public RestAnswer LastPrice(RestCall call)
    {
        var query = new BinanceQuery(venue, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, (json, market) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Name);
            json.WriteString("price", market.Price(market.Market.LastPrice));
            json.WriteNumber("time", venue.Schedule.Milliseconds);
            json.WriteEndObject();
        });
    }

    private static IEnumerable<AggregateTrade> Select(
        TradeLedger<AggregateTrade> closed, long? fromId, long? start, long? end, int limit)
    {
        if (fromId is { } id)
        {
            return closed.From(id, limit);
        }

        var inside = closed.Newest(int.MaxValue).Where(aggregate =>
            aggregate.First.Milliseconds >= (start ?? 0) && aggregate.First.Milliseconds <= (end ?? long.MaxValue));
        return start is null ? inside.TakeLast(limit) : inside.Take(limit);
    }

    private static void WriteKline(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, Candle candle)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime);
        json.WriteStringValue(market.Price(candle.Open));
        json.WriteStringValue(market.Price(candle.High));
        json.WriteStringValue(market.Price(candle.Low));
        json.WriteStringValue(market.Price(candle.Close));
        json.WriteStringValue(market.Quantity(candle.Volume));
        json.WriteNumberValue(interval.After(candle.OpenTime) - 1);
        json.WriteStringValue(BinanceText.Fixed(market.Value(candle.Quote), 8));
        json.WriteNumberValue(candle.Trades);
        json.WriteStringValue(market.Quantity(candle.TakerBuyVolume));
        json.WriteStringValue(BinanceText.Fixed(market.Value(candle.TakerBuyQuote), 8));
        json.WriteStringValue("0");
        json.WriteEndArray();
    }

    private void WriteDay(Utf8JsonWriter json, BinanceMarket market)
    {
        var now = venue.Schedule.Milliseconds;
        var day = market.Market.Candles.Day(now);
        var last = market.Market.Trades.Newest(1).Select(static trade => trade.Quantity).FirstOrDefault();
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("priceChange", market.Price(day.Close - day.Open));
        json.WriteString("priceChangePercent", BinanceText.Fixed((decimal)(day.Close - day.Open) * 100 / day.Open, 3));
        json.WriteString("weightedAvgPrice", market.Price((long)(day.Quote / Math.Max(1, day.Volume))));
        json.WriteString("lastPrice", market.Price(day.Close));
        json.WriteString("lastQty", market.Quantity(last));
        json.WriteString("openPrice", market.Price(day.Open));
        json.WriteString("highPrice", market.Price(day.High));
        json.WriteString("lowPrice", market.Price(day.Low));
        json.WriteString("volume", market.Quantity(day.Volume));
        json.WriteString("quoteVolume", BinanceText.Fixed(market.Value(day.Quote), 2));
        json.WriteNumber("openTime", day.OpenTime);
        json.WriteNumber("closeTime", now);
        json.WriteNumber("firstId", day.FirstTrade);
        json.WriteNumber("lastId", day.LastTrade);
        json.WriteNumber("count", day.Trades);
        json.WriteEndObject();
    }
}
