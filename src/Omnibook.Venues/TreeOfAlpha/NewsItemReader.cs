using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>
/// Reads one item. There are two families, told apart by <c>source</c>: posts have an author for a title and their text in <c>body</c>, and
/// <c>link</c>; articles and notices have a source and <c>url</c>. Everything but <c>_id</c>, <c>title</c> and <c>time</c> may be missing.
/// <code>
/// {"_id":"65f0…","title":"Name (@handle)","body":"text","link":"https://…","image":"https://…","time":1710000000000,"rt":1710000000350,
///  "type":"direct","coin":"BTC","info":{…},"suggestions":[{"coin":"BTC","found":["btc"],"symbols":[{"exchange":"binance-futures","symbol":"BTCUSDT"}]}]}
/// {"_id":"65f1…","title":"Binance Will List XYZ","source":"Binance EN","url":"https://…","time":1710000000000,"symbols":["XYZ_USDT"],
///  "suggestions":[],"en":"translation","firstPrice":{}}
/// </code>
/// The history tells a post otherwise: <c>"title":"Name (@handle): text","source":"Twitter"</c>, and no body.
/// </summary>
/// <seealso href="https://docs.treeofalpha.com/websockets/response"/>
internal static class NewsItemReader
{
    private const string Twitter = "Twitter";

    /// <summary>Whether an answer is meant to be an item; the answer to a login, <c>{"user":{…}}</c>, is not.</summary>
    public static bool LooksLikeNews(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && (row.TryGetProperty("_id", out _) || row.TryGetProperty("title", out _) || row.TryGetProperty("body", out _));

    /// <summary>Reads an item; says what is wrong when it cannot be one, and null when all is well.</summary>
    public static string? Read(JsonElement row, VenueId venue, Timestamp receivedAt, bool isFromHistory, out NewsItem? item)
    {
        try
        {
            return TryRead(row, venue, receivedAt, isFromHistory, out item);
        }
        catch (InvalidOperationException broken)
        {
            // How names are refused that are no Unicode.
            item = null;
            return broken.Message;
        }
    }

    private static string? TryRead(JsonElement row, VenueId venue, Timestamp receivedAt, bool isFromHistory, out NewsItem? item)
    {
        item = null;
        if (row.ValueKind != JsonValueKind.Object)
        {
            return "an item that is no object";
        }

        var (id, title, body) = (Text(row, "_id"), Text(row, "title"), Text(row, "body"));
        if (id.Length is 0 or > NewsItem.MaxId)
        {
            return $"an item whose _id is missing or longer than {NewsItem.MaxId} characters";
        }

        if (title.Length == 0 && body.Length == 0)
        {
            return "an item with neither title nor body";
        }

        item = WithWords(row, title, body, new NewsItem
        {
            Venue = venue,
            Id = id,
            EnglishTitle = Text(row, "en"),
            Url = Text(row, "url") is { Length: > 0 } url ? url : Text(row, "link"),
            Image = Text(row, "image"),
            Symbols = [.. Symbols(row).Concat(Suggestions(row).SelectMany(Symbols))],
            Coins = [.. Suggestions(row).Prepend(row).Select(about => Text(about, "coin"))],
            Times = new EventTimes(TimeOf(row), receivedAt),
            IsFromHistory = isFromHistory,
        });
        return null;
    }

    /// <summary>Says the same of a post whichever way it came.</summary>
    private static NewsItem WithWords(JsonElement row, string title, string body, NewsItem item)
    {
        var source = Text(row, "source");
        var isPost = source.Length == 0 || source == Twitter;
        if (isPost && body.Length == 0 && PostTitle.TrySplit(title, out var author, out var text))
        {
            (title, body) = (author, text);
        }

        var words = item with { Source = source.Length > 0 ? source : SourceOf(Text(row, "type")) };
        return isPost && body.Length > 0
            ? words with { Author = title, Body = body }
            : words with { Title = title, Body = body };
    }

    /// <summary>What is pushed without a source says by its type where it is from; <c>direct</c> is what the history calls Twitter.</summary>
    private static string SourceOf(string type) => type == "direct" ? Twitter : type;

    private static Timestamp TimeOf(JsonElement row)
    {
        var text = Text(row, "time");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && VenueTimes.TryFromMilliseconds(milliseconds, out var time) ? time : default;
    }

    private static IEnumerable<JsonElement> Suggestions(JsonElement row) =>
        Rows(row, "suggestions").Where(suggestion => suggestion.ValueKind == JsonValueKind.Object);

    /// <summary>Texts, or objects with a symbol in them.</summary>
    private static IEnumerable<string> Symbols(JsonElement row) =>
        Rows(row, "symbols").Select(entry => entry.ValueKind == JsonValueKind.Object ? Text(entry, "symbol") : JsonWords.Of(entry));

    private static JsonElement.ArrayEnumerator Rows(JsonElement row, string name) =>
        row.TryGetProperty(name, out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray() : default;

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? JsonWords.Of(value) : "";
}
