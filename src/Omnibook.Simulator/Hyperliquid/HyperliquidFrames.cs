using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>The data of channels and of their REST twins.</summary>
internal static class HyperliquidFrames
{
    /// <summary><c>{"channel":"bbo","data":…}</c></summary>
    public static void Channel(Utf8JsonWriter json, string channel, Action<Utf8JsonWriter> data)
    {
        json.WriteStartObject();
        json.WriteString("channel", channel);
        json.WritePropertyName("data");
        data(json);
        json.WriteEndObject();
    }

    /// <summary><c>{"coin":"BTC","time":…,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[…]]}</c>; <c>spread</c> only when aggregated.</summary>
    public static void Book(Utf8JsonWriter json, HyperliquidMarket market, long time, int levels, int? figures, int? mantissa, bool fast)
    {
        var bids = Ladder.Of(market, Side.Bid, levels, figures, mantissa);
        var asks = Ladder.Of(market, Side.Ask, levels, figures, mantissa);
        json.WriteStartObject();
        json.WriteString("coin", market.Name);
        json.WriteNumber("time", time);
        json.WriteStartArray("levels");
        WriteSide(json, market, bids);
        WriteSide(json, market, asks);
        json.WriteEndArray();
        if (figures is not null && bids.Count > 0 && asks.Count > 0)
        {
            json.WriteString("spread", market.Price(asks[0].Price - bids[0].Price));
        }

        if (fast)
        {
            json.WriteBoolean("fast", true);
        }

        json.WriteEndObject();
    }

    /// <summary>A book of the past, for the fault of stale snapshots; never aggregated.</summary>
    public static void OldBook(Utf8JsonWriter json, HyperliquidMarket market, long time, TrueBook book)
    {
        json.WriteStartObject();
        json.WriteString("coin", market.Name);
        json.WriteNumber("time", time);
        json.WriteStartArray("levels");
        WriteSide(json, market, [.. book.Bids.Take(Ladder.MostLevels)]);
        WriteSide(json, market, [.. book.Asks.Take(Ladder.MostLevels)]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>{"coin":"BTC","time":…,"bbo":[{"px":"110427.0","sz":"4.11","n":12},null]}</c></summary>
    public static void Top(Utf8JsonWriter json, HyperliquidMarket market, long time)
    {
        json.WriteStartObject();
        json.WriteString("coin", market.Name);
        json.WriteNumber("time", time);
        json.WriteStartArray("bbo");
        foreach (var side in (ReadOnlySpan<Side>)[Side.Bid, Side.Ask])
        {
            if (market.Best(side) is { } level)
            {
                WriteLevel(json, market, level);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>[{"coin":"BTC","side":"B","px":"110428.0","sz":"0.001","time":…,"hash":"0x…","tid":118906512037719,"users":["0x…","0x…"]}]</c></summary>
    public static void Trades(Utf8JsonWriter json, HyperliquidMarket market, IEnumerable<MarketTrade> trades)
    {
        json.WriteStartArray();
        foreach (var trade in trades)
        {
            Trade(json, market, trade);
        }

        json.WriteEndArray();
    }

    /// <summary><c>{"t":…,"T":…,"s":"BTC","i":"1m","o":"110400.0","c":"110428.0","h":"110430.0","l":"110399.0","v":"3.14","n":42}</c></summary>
    public static void Candle(Utf8JsonWriter json, HyperliquidMarket market, CandleInterval interval, in Candle candle)
    {
        json.WriteStartObject();
        json.WriteNumber("t", candle.OpenTime);
        json.WriteNumber("T", interval.After(candle.OpenTime) - 1);
        json.WriteString("s", market.Name);
        json.WriteString("i", interval.Name);
        json.WriteString("o", market.Price(candle.Open));
        json.WriteString("c", market.Price(candle.Close));
        json.WriteString("h", market.Price(candle.High));
        json.WriteString("l", market.Price(candle.Low));
        json.WriteString("v", market.Size(candle.Volume));
        json.WriteNumber("n", candle.Trades);
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"funding":"0.0000125","openInterest":"28312.4","prevDayPx":"109000.0","dayNtlVlm":"2345678901.1","premium":"0.0002","oraclePx":"110420.0","markPx":"110425.0","midPx":"110427.5","impactPxs":["110427.0","110428.0"],"dayBaseVlm":"21345.6"}</c>
    /// </summary>
    public static void Context(Utf8JsonWriter json, HyperliquidMarket market, long now)
    {
        var rules = market.Coin.Rules;
        var day = market.Market.Candles.Day(now);
        var (mark, oracle) = (market.Mark(now), market.Oracle(now));
        json.WriteStartObject();
        json.WriteString("funding", HyperliquidText.Amount(market.FundingAt(now), 10));
        json.WriteString("openInterest", HyperliquidText.Amount(market.OpenInterestAt(now)));
        json.WriteString("prevDayPx", market.Price(day.Open));
        json.WriteString("dayNtlVlm", HyperliquidText.Amount(day.Quote / rules.PriceScale.UnitsPerOne / rules.QuantityScale.UnitsPerOne, 10));
        json.WriteString("premium", HyperliquidText.Amount((mark - oracle) / oracle, 10));
        json.WriteString("oraclePx", HyperliquidText.Amount(oracle));
        json.WriteString("markPx", HyperliquidText.Amount(mark));
        WriteTouch(json, market, now);
        json.WriteString("dayBaseVlm", market.Size(day.Volume));
        json.WriteEndObject();
    }

    private static void WriteTouch(Utf8JsonWriter json, HyperliquidMarket market, long now)
    {
        if (market.Best(Side.Bid) is not { } bid || market.Best(Side.Ask) is not { } ask)
        {
            json.WriteNull("midPx");
            json.WriteNull("impactPxs");
            return;
        }

        json.WriteString("midPx", HyperliquidText.Amount(market.Mid(now)));
        json.WriteStartArray("impactPxs");
        json.WriteStringValue(market.Price(bid.Price));
        json.WriteStringValue(market.Price(ask.Price));
        json.WriteEndArray();
    }

    private static void Trade(Utf8JsonWriter json, HyperliquidMarket market, MarketTrade trade)
    {
        var mixed = SeededRandom.Mix((ulong)trade.Id, (ulong)trade.Milliseconds);
        var (maker, taker) = (HyperliquidText.Address((ulong)trade.MakerOrder), HyperliquidText.Address(mixed));
        var isBuy = trade.TakerSide == Side.Bid;
        json.WriteStartObject();
        json.WriteString("coin", market.Name);
        json.WriteString("side", isBuy ? "B" : "A");
        json.WriteString("px", market.Price(trade.Price));
        json.WriteString("sz", market.Size(trade.Quantity));
        json.WriteNumber("time", trade.Milliseconds);
        json.WriteString("hash", HyperliquidText.Hash(mixed));
        json.WriteNumber("tid", TradeId(trade));
        json.WriteStartArray("users");
        json.WriteStringValue(isBuy ? taker : maker);
        json.WriteStringValue(isBuy ? maker : taker);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The venue's trade ids are 50-bit numbers without an order; the mixing function is a bijection, so they do not meet easily.</summary>
    public static long TradeId(in MarketTrade trade) => (long)(SeededRandom.Mix(0x7161D, (ulong)trade.Id) >> 14);

    private static void WriteSide(Utf8JsonWriter json, HyperliquidMarket market, List<TrueLevel> levels)
    {
        json.WriteStartArray();
        foreach (var level in levels)
        {
            WriteLevel(json, market, level);
        }

        json.WriteEndArray();
    }

    private static void WriteLevel(Utf8JsonWriter json, HyperliquidMarket market, TrueLevel level)
    {
        json.WriteStartObject();
        json.WriteString("px", market.Price(level.Price));
        json.WriteString("sz", market.Size(level.Quantity));
        json.WriteNumber("n", level.Orders);
        json.WriteEndObject();
    }
}
