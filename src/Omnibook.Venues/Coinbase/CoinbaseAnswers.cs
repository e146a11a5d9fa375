using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>Reads the answers to <see cref="CoinbaseRequests"/>. Refusals have an HTTP status of their own and never come here.</summary>
public static class CoinbaseAnswers
{
    private const int ShownCharacters = 200;
    private const long MillisecondsPerSecond = 1000;

    /// <summary>Reads candles, newest first: <c>{"candles":[{"start":"1639508050","low":"140.21","high":"140.21","open":"140.21","close":"140.21","volume":"56437345"}]}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<CoinbaseCandle> Candles(ReadOnlyMemory<byte> body) => Read(body, root => List(root, "candles", row => new CoinbaseCandle(
        Seconds(JsonField.RequiredInteger(row, "start")),
        JsonField.RequiredAmount(row, "open"),
        JsonField.RequiredAmount(row, "high"),
        JsonField.RequiredAmount(row, "low"),
        JsonField.RequiredAmount(row, "close"),
        JsonField.RequiredAmount(row, "volume"))));

    /// <summary>Reads the newest trades, newest first.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static CoinbaseTradePage Trades(ReadOnlyMemory<byte> body) => Read(body, root => new CoinbaseTradePage(
        List(root, "trades", Trade), JsonField.Amount(root, "best_bid"), JsonField.Amount(root, "best_ask")));

    /// <summary>Reads the book: <c>{"pricebook":{"product_id":"ETH-USDT","bids":[{"price":"2452.77","size":"0.32700476"}],"asks":[{"price":"2453.62","size":"0.38"}],"time":"2024-10-02T11:22:32.748151Z"}}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static CoinbaseRestBook ProductBook(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var book = root.GetProperty("pricebook");
        return new CoinbaseRestBook(
            JsonField.RequiredText(book, "product_id"), List(book, "bids", Level), List(book, "asks", Level), Moment(JsonField.RequiredText(book, "time")));
    });

    /// <summary>Reads the figures of a list of products, or of one.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<CoinbaseProductRow> Products(ReadOnlyMemory<byte> body) => Read(body, root =>
        root.TryGetProperty("products", out _) ? List(root, "products", Product) : [Product(root)]);

    internal static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, $"The answer is not of the documented shape ({wrong.Message}).", wrong)
            {
                VenueMessage = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, ShownCharacters)]),
            };
        }
    }

    private static T[] List<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(read)];

    private static CoinbaseTrade Trade(JsonElement row) => new(
        JsonField.RequiredInteger(row, "trade_id"),
        JsonField.RequiredText(row, "product_id"),
        JsonField.RequiredAmount(row, "price"),
        JsonField.RequiredAmount(row, "size"),
        JsonField.RequiredText(row, "side") switch
        {
            "BUY" => TakerSide.Sell,
            "SELL" => TakerSide.Buy,
            var other => throw new FormatException($"'{other}' is no side."),
        },
        Moment(JsonField.RequiredText(row, "time")));

    private static CoinbaseRestLevel Level(JsonElement row) => new(JsonField.RequiredAmount(row, "price"), JsonField.RequiredAmount(row, "size"));

    private static CoinbaseProductRow Product(JsonElement row) => new(
        JsonField.RequiredText(row, "product_id"),
        JsonField.Amount(row, "price"),
        JsonField.Amount(row, "price_percentage_change_24h"),
        JsonField.Amount(row, "volume_24h"),
        JsonField.Amount(row, "approximate_quote_24h_volume"));

    private static Timestamp Moment(string text) => CoinbaseTimes.Read(Encoding.UTF8.GetBytes(text));

    private static Timestamp Seconds(long seconds)
    {
        VenueTimes.TryFromMilliseconds(seconds * MillisecondsPerSecond, out var moment);
        return moment;
    }
}
