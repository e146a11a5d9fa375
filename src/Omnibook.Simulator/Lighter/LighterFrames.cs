using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>The messages of the socket about books, tops and the chain.</summary>
internal static class LighterFrames
{
    /// <summary>
    /// <c>{"channel":"order_book:0","last_updated_at":…,"offset":2164,"order_book":{"code":0,"asks":[{"price":"2325.00","size":"99.0000"}],"bids":[…],"offset":2164,"nonce":904845,"last_updated_at":…,"begin_nonce":0},"timestamp":…,"type":"subscribed/order_book"}</c>
    /// </summary>
    public static void Book(
        Utf8JsonWriter json, LighterMarket market, bool isSnapshot, long beginNonce, long offset, long now)
    {
        var book = market.Market.Book;
        var (asks, bids) = isSnapshot ? (LevelsOf(book.Asks), LevelsOf(book.Bids)) : (market.Changes.Asks, market.Changes.Bids);
        json.WriteStartObject();
        json.WriteString("channel", $"order_book:{market.Id}");
        json.WriteNumber("last_updated_at", market.ChangedMicroseconds);
        json.WriteNumber("offset", offset);
        json.WriteStartObject("order_book");
        json.WriteNumber("code", 0);
        LighterText.WriteLevels(json, "asks", market, asks);
        LighterText.WriteLevels(json, "bids", market, bids);
        json.WriteNumber("offset", offset);
        json.WriteNumber("nonce", market.Nonce);
        json.WriteNumber("last_updated_at", market.ChangedMicroseconds);
        json.WriteNumber("begin_nonce", beginNonce);
        json.WriteEndObject();
        End(json, "order_book", isSnapshot, now);
    }

    /// <summary>The snapshot of a market that has no book: empty sides, nonce 0, and no <c>last_updated_at</c> outside.</summary>
    public static void EmptyBook(Utf8JsonWriter json, LighterMarket market, long now)
    {
        json.WriteStartObject();
        json.WriteString("channel", $"order_book:{market.Id}");
        json.WriteNumber("offset", 1);
        json.WriteStartObject("order_book");
        json.WriteNumber("code", 0);
        LighterText.WriteLevels(json, "asks", market, []);
        LighterText.WriteLevels(json, "bids", market, []);
        json.WriteNumber("offset", 1);
        json.WriteNumber("nonce", 0);
        json.WriteNumber("last_updated_at", 0);
        json.WriteNumber("begin_nonce", 0);
        json.WriteEndObject();
        End(json, "order_book", isFirst: true, now);
    }

    /// <summary>
    /// <c>{"channel":"ticker:0","last_updated_at":…,"nonce":904895,"ticker":{"s":"ETH","a":{"price":"2325.00","size":"99.0000"},"b":{…},"last_updated_at":…},"timestamp":…,"type":"update/ticker"}</c>;
    /// an empty side has empty texts.
    /// </summary>
    public static void Ticker(Utf8JsonWriter json, LighterMarket market, long nonce, bool isFirst, long now)
    {
        json.WriteStartObject();
        json.WriteString("channel", $"ticker:{market.Id}");
        json.WriteNumber("last_updated_at", market.ChangedMicroseconds);
        json.WriteNumber("nonce", nonce);
        json.WriteStartObject("ticker");
        json.WriteString("s", market.Symbol);
        foreach (var (name, side) in (ReadOnlySpan<(string, Side)>)[("a", Side.Ask), ("b", Side.Bid)])
        {
            json.WritePropertyName(name);
            WriteTop(json, market, side);
        }

        json.WriteNumber("last_updated_at", market.ChangedMicroseconds);
        json.WriteEndObject();
        End(json, "ticker", isFirst, now);
    }

    /// <summary><c>{"channel":"height","height":227535532,"timestamp":…,"type":"update/height"}</c></summary>
    public static void Height(Utf8JsonWriter json, long height, bool isFirst, long now)
    {
        json.WriteStartObject();
        json.WriteString("channel", "height");
        json.WriteNumber("height", height);
        End(json, "height", isFirst, now);
    }

    /// <summary>
    /// <c>{"candles":[{"t":…,"o":2264.2,"h":2264.34,"l":2263.36,"c":2263.97,"v":13.22,"V":29934.6,"i":19993571166}],"channel":"candle:0:1m","timestamp":…,"type":"update/candle"}</c>
    /// </summary>
    public static void Candles(Utf8JsonWriter json, LighterMarket market, LighterChannel channel, Candle candle, bool isFirst, long now)
    {
        json.WriteStartObject();
        json.WriteStartArray("candles");
        Candle(json, market, candle);
        json.WriteEndArray();
        json.WriteString("channel", channel.Name);
        End(json, "candle", isFirst, now);
    }

    /// <summary>One candle, numbers throughout; <c>i</c> is the last trade's id.</summary>
    public static void Candle(Utf8JsonWriter json, LighterMarket market, in Candle candle)
    {
        var rules = market.Market.Rules;
        json.WriteStartObject();
        json.WriteNumber("t", candle.OpenTime);
        json.WriteNumber("o", rules.PriceScale.ToDecimal(candle.Open));
        json.WriteNumber("h", rules.PriceScale.ToDecimal(candle.High));
        json.WriteNumber("l", rules.PriceScale.ToDecimal(candle.Low));
        json.WriteNumber("c", rules.PriceScale.ToDecimal(candle.Close));
        json.WriteNumber("v", rules.QuantityScale.ToDecimal(candle.Volume));
        json.WriteNumber("V", decimal.Round(market.Value(candle.Quote), 6));
        json.WriteNumber("i", candle.Trades == 0 ? 0 : LighterMarket.TradeId(candle.LastTrade));
        json.WriteEndObject();
    }

    /// <summary>Ends a message: <c>"timestamp":…,"type":"subscribed/ticker"}</c></summary>
    public static void End(Utf8JsonWriter json, string kind, bool isFirst, long now)
    {
        json.WriteNumber("timestamp", now);
        json.WriteString("type", TypeOf(kind, isFirst));
        json.WriteEndObject();
    }

    /// <summary>The first message of a subscription is its acknowledgement too.</summary>
    public static string TypeOf(string kind, bool isFirst) => (isFirst ? "subscribed/" : "update/") + kind;

    private static void WriteTop(Utf8JsonWriter json, LighterMarket market, Side side)
    {
        if (market.Best(side) is { } level)
        {
            LighterText.WriteLevel(json, market, level);
            return;
        }

        json.WriteStartObject();
        json.WriteString("price", "");
        json.WriteString("size", "");
        json.WriteEndObject();
    }

    private static IEnumerable<TrueLevel> LevelsOf(BookSide side)
    {
        for (var rank = 0; rank < side.Count; rank++)
        {
            yield return MatchingBook.Show(side[rank]);
        }
    }
}
