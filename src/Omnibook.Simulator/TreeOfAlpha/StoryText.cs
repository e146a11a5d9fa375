using System.Text;
using System.Text.Json;

namespace Omnibook.Simulator.TreeOfAlpha;

/// <summary>
/// Writes items as the venue does: one way on the socket, and posts another way in the history, where author and text share the title.
/// <code>
/// {"_id":"…","title":"Name (@handle)","body":"text","icon":"…","link":"…","time":…,"rt":…,"type":"direct","info":{…},"suggestions":[…]}
/// {"_id":"…","title":"Name (@handle): text","source":"Twitter","url":"…","time":…,"info":{…},"suggestions":[…]}
/// {"_id":"…","title":"…","source":"Upbit","url":"…","time":…,"symbols":["BTC_USDT"],"en":"…","firstPrice":{},"suggestions":[]}
/// </code>
/// </summary>
internal static class StoryText
{
    private static readonly byte[] Placeholder = Encoding.UTF8.GetBytes("\uE000");

    /// <summary>A frame of the socket.</summary>
    public static byte[] Push(JsonText text, Story story) => Restored(text.Write(json => Write(json, story, isHistory: false)));

    /// <summary>An answer of the history: items newest first.</summary>
    /// <param name="text">The writer.</param>
    /// <param name="newestFirst">The items.</param>
    /// <param name="hasDebris">Whether rows that are no items stand between them.</param>
    public static byte[] History(JsonText text, IEnumerable<Story> newestFirst, bool hasDebris) => Restored(text.Write(json =>
    {
        json.WriteStartArray();
        if (hasDebris)
        {
            json.WriteNullValue();
            json.WriteStartObject();
            json.WriteString("title", "an item without identity");
            json.WriteEndObject();
        }

        foreach (var story in newestFirst)
        {
            Write(json, story, isHistory: true);
        }

        json.WriteEndArray();
    }));

    private static void Write(Utf8JsonWriter json, Story story, bool isHistory)
    {
        json.WriteStartObject();
        json.WriteString("_id", story.Id);
        if (story.Kind is StoryKind.Post or StoryKind.ChannelMessage)
        {
            WritePost(json, story, isHistory && story.Kind == StoryKind.Post);
        }
        else
        {
            WriteArticle(json, story);
        }

        json.WriteNumber("time", story.Milliseconds);
        WriteTopic(json, story);
        json.WriteEndObject();
    }

    private static void WritePost(Utf8JsonWriter json, Story story, bool isJoined)
    {
        json.WriteString("title", isJoined ? $"{story.Title}: {story.Body}" : story.Title);
        if (isJoined)
        {
            json.WriteString("source", "Twitter");
            json.WriteString("url", story.Link);
        }
        else
        {
            json.WriteString("body", story.Body);
            json.WriteString("icon", "https://example.org/icon.png");
            json.WriteString("link", story.Link);
            json.WriteNumber("rt", story.Milliseconds + story.DelayMilliseconds);
            json.WriteString("type", story.Kind == StoryKind.Post ? "direct" : "telegram");
            json.WriteBoolean("requireInteraction", true);
        }

        if (story.Kind == StoryKind.Post)
        {
            json.WriteStartObject("info");
            json.WriteBoolean("isQuote", story.Manner.IsQuote);
            json.WriteBoolean("isReply", story.Manner.IsReply);
            json.WriteBoolean("isRetweet", story.Manner.IsRetweet);
            json.WriteString("twitterId", story.Link[(story.Link.LastIndexOf('/') + 1)..]);
            json.WriteEndObject();
        }
    }

    private static void WriteArticle(Utf8JsonWriter json, Story story)
    {
        json.WriteString("title", story.Title);
        json.WriteString("source", story.Source);
        json.WriteString("url", story.Link);
        if (story.Body.Length > 0)
        {
            json.WriteString("body", story.Body);
        }

        if (story.English is not null)
        {
            json.WriteString("en", story.English);
        }

        if (story.Kind == StoryKind.Notice)
        {
            json.WriteStartArray("symbols");
            if (story.Coin is not null)
            {
                json.WriteStringValue($"{story.Coin}_USDT");
            }

            json.WriteEndArray();
            json.WriteStartObject("firstPrice");
            json.WriteEndObject();
        }
    }

    private static void WriteTopic(Utf8JsonWriter json, Story story)
    {
        if (story.Image is not null)
        {
            json.WriteString("image", story.Image);
        }

        if (story.Coin is not null && story.Kind == StoryKind.Post)
        {
            json.WriteString("coin", story.Coin);
        }

        if (story.HasSuggestions)
        {
            WriteSuggestion(json, story.Coin!);
        }
        else if (story.Kind == StoryKind.Notice)
        {
            json.WriteStartArray("suggestions");
            json.WriteEndArray();
        }
    }

    private static void WriteSuggestion(Utf8JsonWriter json, string coin)
    {
        json.WriteStartArray("suggestions");
        json.WriteStartObject();
        json.WriteString("coin", coin);
        json.WriteStartArray("found");
        json.WriteStringValue(coin.ToLowerInvariant());
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var (exchange, symbol) in new[] { ("binance-futures", $"{coin}USDT"), ("bybit-perps", $"{coin}USDT"), ("upbit", $"KRW-{coin}") })
        {
            json.WriteStartObject();
            json.WriteString("exchange", exchange);
            json.WriteString("symbol", symbol);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static byte[] Restored(byte[] json)
    {
        var at = json.AsSpan().IndexOf(Placeholder);
        return at < 0 ? json : [.. json[..at], .. "\\ud83d"u8, .. Restored(json[(at + Placeholder.Length)..])];
    }
}
