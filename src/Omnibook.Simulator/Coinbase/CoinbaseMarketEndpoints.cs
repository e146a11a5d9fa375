using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>Books, trades and candles. Moments are Unix seconds; lists are answered newest first.</summary>
internal sealed class CoinbaseMarketEndpoints(CoinbaseVenue venue)
{
    private const int MostLevels = 1000;
    private const int MostTrades = 100;
    private const int MostCandles = 350;

    private static readonly Dictionary<string, string> Granularities = new(StringComparer.Ordinal)
    {
        ["ONE_MINUTE"] = "1m",
        ["FIVE_MINUTE"] = "5m",
        ["FIFTEEN_MINUTE"] = "15m",
        ["THIRTY_MINUTE"] = "30m",
        ["ONE_HOUR"] = "1h",
        ["TWO_HOUR"] = "2h",
        ["FOUR_HOUR"] = "4h",
        ["SIX_HOUR"] = "6h",
        ["ONE_DAY"] = "1d",
    };

    /// <summary>
    /// <c>{"pricebook":{"product_id":"BTC-USD","bids":[{"price":"68923.66","size":"0.17189468"}],"asks":[…],"time":"2026-04-07T00:28:59.662782Z"},"last":"68923.665",
    /// "mid_market":"68923.665","spread_bps":"0.001450880372","spread_absolute":"0.01"}</c>: no number, so that it fits no stream.
    /// </summary>
    public RestAnswer Book(RestCall call)
    {
        var id = call.Query.GetValueOrDefault("product_id");
        if (venue.Find(id) is not { } market)
        {
            return string.IsNullOrEmpty(id) ? CoinbaseErrors.Invalid("product_id is required") : CoinbaseErrors.NotFound("valid product_id is required");
        }

        if (!TryNumber(call, "limit", out var limit) || limit is < 1 || !TryStep(call, market, out var step))
        {
            return CoinbaseErrors.Invalid("limit and aggregation_price_increment must be above zero");
        }

        return SnapshotFaults.Apply(venue.Faults, market.Id, lag => Book(market, id!, (int)Math.Min(limit ?? MostLevels, MostLevels), step, lag));
    }

    /// <summary>
    /// <c>{"trades":[{"trade_id":"995098663","product_id":"BTC-USD","price":"68923.67","size":"0.00064","time":"2026-04-07T00:28:58.544778Z","side":"SELL","bid":"","ask":"",
    /// "exchange":"coinbase"}],"best_bid":"68923.66","best_ask":"68923.67"}</c>: at most 100, the side is the maker's.
    /// </summary>
    public static RestAnswer Trades(CoinbaseMarket market, string id, RestCall call)
    {
        if (!TryNumber(call, "limit", out var limit) || !TryNumber(call, "start", out var start) || !TryNumber(call, "end", out var end))
        {
            return CoinbaseErrors.Invalid("limit, start and end must be whole numbers");
        }

        var trades = market.Market.Trades.Newest(int.MaxValue).Reverse()
            .Where(trade => trade.Milliseconds >= (start ?? 0) * 1000 && trade.Milliseconds <= (end ?? long.MaxValue / 1000) * 1000)
            .Take((int)Math.Clamp(limit ?? MostTrades, 1, MostTrades));
        return CoinbaseRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("trades");
            foreach (var trade in trades)
            {
                WriteTrade(json, market, id, trade);
            }

            json.WriteEndArray();
            json.WriteString("best_bid", market.Price(market.Best(Side.Bid).Price));
            json.WriteString("best_ask", market.Price(market.Best(Side.Ask).Price));
            json.WriteEndObject();
        });
    }

    /// <summary><c>{"candles":[{"start":"1712192400","low":"66055.14","high":"66331.99","open":"66312.4","close":"66181.6","volume":"355.82896243"}]}</c>: at most 350, those without a trade left out.</summary>
    public RestAnswer Candles(CoinbaseMarket market, RestCall call)
    {
        if (CandleInterval.Find(Granularities.GetValueOrDefault(call.Query.GetValueOrDefault("granularity", ""))) is not { } interval)
        {
            return CoinbaseErrors.Invalid($"granularity must be one of {string.Join(", ", Granularities.Keys)}");
        }

        if (!TryNumber(call, "start", out var start) || !TryNumber(call, "end", out var end))
        {
            return CoinbaseErrors.Invalid("start and end must be Unix seconds");
        }

        var to = (end ?? venue.Schedule.Milliseconds / 1000) * 1000;
        var from = start * 1000 ?? to - (MostCandles - 1) * interval.Milliseconds;
        if ((to - from) / interval.Milliseconds > MostCandles)
        {
            return CoinbaseErrors.Invalid($"number of candles requested should be less than {MostCandles}");
        }

        market.Market.Candles.OpenUntil(venue.Schedule.Milliseconds);
        var candles = market.Market.Candles.Between(interval, from, Math.Min(to, venue.Schedule.Milliseconds))
            .Where(static candle => candle.Trades > 0).Reverse();
        return CoinbaseRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("candles");
            foreach (var candle in candles)
            {
                WriteCandle(json, market, candle);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private RestAnswer Book(CoinbaseMarket market, string id, int limit, long step, long lag)
    {
        var now = venue.Schedule.Milliseconds;
        var book = market.Market.Oracle.AsOf(market.Market.Book, now - lag);
        return CoinbaseRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("pricebook");
            json.WriteString("product_id", id);
            WriteLevels(json, "bids", market, book.Bids.GroupBy(level => level.Price / step * step).Take(limit));
            WriteLevels(json, "asks", market, book.Asks.GroupBy(level => (level.Price + step - 1) / step * step).Take(limit));
            json.WriteString("time", CoinbaseTimes.Text((now - lag) * 1000));
            json.WriteEndObject();
            json.WriteString("last", market.Price(market.Market.LastPrice));
            WriteSpread(json, book);
            json.WriteEndObject();
        });
    }

    private static void WriteSpread(Utf8JsonWriter json, TrueBook book)
    {
        if (book.Bids.Count == 0 || book.Asks.Count == 0)
        {
            return;
        }

        var (bid, ask) = (book.PriceScale.ToDecimal(book.Bids[0].Price), book.PriceScale.ToDecimal(book.Asks[0].Price));
        var middle = (bid + ask) / 2;
        json.WriteString("mid_market", CoinbaseStatements.Text(middle));
        json.WriteString("spread_bps", CoinbaseStatements.Text(decimal.Round((ask - bid) * 10_000 / middle, 12)));
        json.WriteString("spread_absolute", CoinbaseStatements.Text(ask - bid));
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, CoinbaseMarket market, IEnumerable<IGrouping<long, TrueLevel>> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartObject();
            json.WriteString("price", market.Price(level.Key));
            json.WriteString("size", market.Quantity(level.Sum(static part => part.Quantity)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTrade(Utf8JsonWriter json, CoinbaseMarket market, string id, MarketTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("trade_id", trade.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("product_id", id);
        json.WriteString("price", market.Price(trade.Price));
        json.WriteString("size", market.Quantity(trade.Quantity));
        json.WriteString("time", CoinbaseTimes.Text(trade.Milliseconds * 1000));
        json.WriteString("side", CoinbaseFrames.MakerSide(trade));
        json.WriteString("bid", "");
        json.WriteString("ask", "");
        json.WriteString("exchange", "coinbase");
        json.WriteEndObject();
    }

    private static void WriteCandle(Utf8JsonWriter json, CoinbaseMarket market, Candle candle)
    {
        json.WriteStartObject();
        json.WriteString("start", (candle.OpenTime / 1000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("low", market.Price(candle.Low));
        json.WriteString("high", market.Price(candle.High));
        json.WriteString("open", market.Price(candle.Open));
        json.WriteString("close", market.Price(candle.Close));
        json.WriteString("volume", market.Quantity(candle.Volume));
        json.WriteEndObject();
    }

    private static bool TryNumber(RestCall call, string name, out long? number)
    {
        number = null;
        if (!call.Query.TryGetValue(name, out var text) || text.Length == 0)
        {
            return true;
        }

        var isGood = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isGood;
    }

    private static bool TryStep(RestCall call, CoinbaseMarket market, out long step)
    {
        step = market.Market.Rules.Tick;
        if (!call.Query.TryGetValue("aggregation_price_increment", out var text) || text.Length == 0)
        {
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var wanted) || wanted <= 0)
        {
            return false;
        }

        step = Math.Max(step, (long)(wanted * market.Market.Rules.PriceScale.UnitsPerOne));
        return true;
    }
}
