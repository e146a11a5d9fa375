using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>The endpoints of prices and of the day.</summary>
internal sealed class SpotDayEndpoints(SpotVenue venue)
{
    private const long DayMilliseconds = 24 * 3_600_000;

    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"mins":5,"price":"9.35751834","closeTime":1694061154503}</c></summary>
    public RestAnswer AveragePrice(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        return !query.TryGetMarket(out var market) ? query.Problem! : BinanceRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("mins", 5);
            json.WriteString("price", SpotStatistics.AveragePrice(market, Now));
            json.WriteNumber("closeTime", SpotStatistics.LastTradeTime(market, Now));
            json.WriteEndObject();
        });
    }

    /// <summary><c>{"symbol":"LTCBTC","price":"4.00000200"}</c></summary>
    public RestAnswer LastPrice(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, static (json, market) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Name);
            json.WriteString("price", market.Price(market.Market.LastPrice));
            json.WriteEndObject();
        });
    }

    /// <summary>The last 24 hours, with bid and ask.</summary>
    public RestAnswer Day(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, (json, market) =>
        {
            var day = market.Market.Candles.Day(Now);
            json.WriteStartObject();
            WriteChange(json, market, day);
            json.WriteString("prevClosePrice", market.Price(day.Open));
            json.WriteString("lastPrice", market.Price(day.Close));
            json.WriteString("lastQty", market.Quantity(market.LastQuantity));
            json.WriteString("bidPrice", market.Price(market.Best(Side.Bid).Price));
            json.WriteString("bidQty", market.Quantity(market.Best(Side.Bid).Quantity));
            json.WriteString("askPrice", market.Price(market.Best(Side.Ask).Price));
            json.WriteString("askQty", market.Quantity(market.Best(Side.Ask).Quantity));
            WriteRange(json, market, day);
            WriteSpan(json, market, day, day.OpenTime, Now);
            json.WriteEndObject();
        });
    }

    /// <summary>The day that began at midnight UTC, without bid and ask.</summary>
    public RestAnswer TradingDay(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        return !query.TryGetMarket(out var market) ? query.Problem! : BinanceRest.Write(json =>
        {
            market.Market.Candles.OpenUntil(Now);
            var day = market.Market.Candles.At(CandleInterval.Find("1d")!, Now);
            json.WriteStartObject();
            WriteChange(json, market, day);
            WriteRange(json, market, day);
            json.WriteString("lastPrice", market.Price(day.Close));
            WriteSpan(json, market, day, day.OpenTime, day.OpenTime + DayMilliseconds - 1);
            json.WriteEndObject();
        });
    }

    private static void WriteChange(Utf8JsonWriter json, BinanceMarket market, in Candle day)
    {
        json.WriteString("symbol", market.Name);
        json.WriteString("priceChange", market.Price(day.Close - day.Open));
        json.WriteString("priceChangePercent", SpotStatistics.ChangePercent(day));
        json.WriteString("weightedAvgPrice", SpotStatistics.WeightedAverage(market, day));
    }

    private static void WriteRange(Utf8JsonWriter json, BinanceMarket market, in Candle day)
    {
        json.WriteString("openPrice", market.Price(day.Open));
        json.WriteString("highPrice", market.Price(day.High));
        json.WriteString("lowPrice", market.Price(day.Low));
    }

    private static void WriteSpan(Utf8JsonWriter json, BinanceMarket market, in Candle day, long open, long close)
    {
        json.WriteString("volume", market.Quantity(day.Volume));
        json.WriteString("quoteVolume", BinanceText.Fixed(market.Value(day.Quote), SpotSymbols.Digits));
        json.WriteNumber("openTime", open);
        json.WriteNumber("closeTime", close);
        json.WriteNumber("firstId", day.FirstTrade);
        json.WriteNumber("lastId", day.LastTrade);
        json.WriteNumber("count", day.Trades);
    }
}
