using System.Text.Json;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The endpoints that show trades, candles and the day.</summary>
internal sealed class UsdmTradeEndpoints(UsdmVenue venue)
{
    private const long Hour = 3_600_000;

    /// <summary>1, 2, 5 or 10 by limit.</summary>
    public static int KlineWeight(RestCall call)
    {
        var limit = call.Query.TryGetValue("limit", out var text) && int.TryParse(text, out var number) ? number : 500;
        return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
    }

    /// <summary>The newest fills.</summary>
    public RestAnswer Recent(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var limit = query.Limit(500, 1000);
        return !query.TryGetMarket(out var market) || query.Problem is not null
            ? query.Problem!
            : BinanceTape.Write(market, market.Market.Trades.Newest(limit), 2, ("isRPITrade", false));
    }

    /// <summary><c>[{"a":26129,"p":"0.01","q":"4.7","nq":"4.7","f":27781,"l":27781,"T":…,"m":true}]</c>; of a time less than an hour.</summary>
    public RestAnswer Aggregates(RestCall call) => BinanceTape.Aggregates(
        venue, call, (Hour, BinanceErrors.Bad(-4168, "Search window is restricted to recent 1 hours only.")),
        static (json, market, aggregate) => UsdmFrames.AggregateFields(json, market, aggregate));

    /// <summary>Candles, at most 1,500.</summary>
    public RestAnswer Klines(RestCall call) => BinanceKlines.Answer(venue, call, 1500);

    /// <summary>The 24 hours of REST: long field names, no bid and ask.</summary>
    public RestAnswer Day(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, WriteDay);
    }

    /// <summary><c>{"symbol":"BTCUSDT","price":"6000.01","time":1589437530011}</c></summary>
    public RestAnswer LastPrice(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
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

    private void WriteDay(Utf8JsonWriter json, UsdmMarket market)
    {
        var now = venue.Schedule.Milliseconds;
        var day = market.Market.Candles.Day(now);
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("priceChange", market.Price(day.Close - day.Open));
        json.WriteString("priceChangePercent", BinanceText.Fixed((decimal)(day.Close - day.Open) * 100 / day.Open, 3));
        json.WriteString("weightedAvgPrice", market.Price((long)(day.Quote / Math.Max(1, day.Volume))));
        json.WriteString("lastPrice", market.Price(day.Close));
        json.WriteString("lastQty", market.Quantity(market.LastQuantity));
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
