using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Omnibook.Simulator.Faults;

/// <summary>The ways in which a frame's bytes are spoiled.</summary>
internal static class FrameDamage
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const long FirstMicroseconds = 1_000_000_000_000_000;

    private static readonly string[] TimeFields =
        ["E", "T", "t", "time", "ts", "cts", "timestamp", "start", "end", "last_updated_at", "transaction_time", "event_time"];

    private static readonly string[] PriceFields = ["p", "px", "o", "b", "a", "price", "open", "lastPrice", "markPrice", "mark_price"];
    private static readonly string[] SizeFields = ["sz", "size", "new_quantity"];
    private static readonly string[] LevelPriceFields = ["px", "price", "price_level"];

    /// <summary>True for a frame with a list of levels that is not empty.</summary>
    public static bool HasLevels(byte[] frame) =>
        frame.AsSpan().IndexOf("\"depthUpdate\""u8) >= 0 && frame.AsSpan().IndexOf("[[\""u8) >= 0
        || frame.AsSpan().IndexOf("\"bids\":[[\""u8) >= 0
        || frame.AsSpan().IndexOf("\"updates\":[{\"side\":\""u8) >= 0
        || frame.AsSpan().IndexOf("\"levels\":[[{"u8) >= 0
        || frame.AsSpan().IndexOf("\"topic\":\"orderbook."u8) >= 0 && frame.AsSpan().IndexOf("[[\""u8) >= 0
        || frame.AsSpan().IndexOf("\"order_book\":{"u8) >= 0 && frame.AsSpan().IndexOf("[{\"price\":\""u8) >= 0;

    /// <summary>True for a frame with a price in it.</summary>
    public static bool HasNumbers(byte[] frame) => HasLevels(frame) || frame.AsSpan().IndexOf("\":\""u8) >= 0;

    /// <summary>Half of the frame.</summary>
    public static byte[] Truncate(byte[] frame) => frame[..(frame.Length / 2)];

    /// <summary>The frame with a byte in it that never occurs in UTF-8.</summary>
    public static byte[] BreakUtf8(byte[] frame)
    {
        var broken = frame.ToArray();
        broken[broken.Length / 2] = 0xFF;
        return broken;
    }

    /// <summary>The frame with every time field moved.</summary>
    public static byte[] ShiftTimes(byte[] frame, long offset) => Change(frame, root => Visit(root, (parent, name, value) =>
    {
        if (TimeFields.Contains(name) && value.GetValueKind() == JsonValueKind.Number && value.GetValue<long>() > 1_000_000_000_000)
        {
            parent[name] = value.GetValue<long>() + (value.GetValue<long>() > FirstMicroseconds ? offset * 1000 : offset);
        }
        else if (TimeFields.Contains(name) && value.GetValueKind() == JsonValueKind.String && TryShift(value.GetValue<string>(), offset) is { } moved)
        {
            parent[name] = moved;
        }

        return true;
    }));

    /// <summary>The frame with one quantity increased by a digit that was not there.</summary>
    public static byte[] CorruptLevel(byte[] frame) => Change(frame, static root =>
    {
        if (FirstLevel(root) is JsonArray pair)
        {
            pair[1] = "7" + pair[1]!.GetValue<string>();
        }
        else if (FirstLevel(root) is JsonObject level)
        {
            var name = SizeFields.First(level.ContainsKey);
            level[name] = "7" + level[name]!.GetValue<string>();
        }
    });

    /// <summary>The frame with NaN for its first price.</summary>
    public static byte[] NotANumber(byte[] frame) => Change(frame, static root =>
    {
        switch (FirstLevel(root))
        {
            case JsonArray pair:
                pair[0] = "NaN";
                break;
            case JsonObject level:
                level[LevelPriceFields.First(level.ContainsKey)] = "NaN";
                break;
            default:
                Visit(root, static (parent, name, value) =>
                {
                    var isPrice = PriceFields.Contains(name) && value.GetValueKind() == JsonValueKind.String;
                    if (isPrice)
                    {
                        parent[name] = "NaN";
                    }

                    return !isPrice;
                });
                break;
        }
    });

    /// <summary>A moment in RFC 3339, moved; null for another text, and for the beginning of all time, which stands for none.</summary>
    private static string? TryShift(string text, long offset) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment > DateTimeOffset.UnixEpoch
            ? moment.AddMilliseconds(offset).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)
            : null;

    private static JsonNode? FirstLevel(JsonNode root)
    {
        if (root is JsonObject envelope && envelope["events"] is JsonArray { Count: > 0 } events)
        {
            return events[0]?["updates"] is JsonArray { Count: > 0 } updates ? updates[0] : null;
        }

        // Raw all-market frames are arrays, and so is the data of trades: neither has levels.
        if ((root is JsonObject frame ? frame["data"] ?? frame["order_book"] ?? frame : root) is not JsonObject book)
        {
            return null;
        }

        JsonNode?[] sides = book["levels"] is JsonArray both ? [both[0], both[1]] : [book["b"], book["a"], book["bids"], book["asks"]];
        return sides.OfType<JsonArray>().FirstOrDefault(static side => side.Count > 0)?[0];
    }

    /// <summary>Calls back for each value of each object; stops when the callback says false.</summary>
    private static bool Visit(JsonNode? node, Func<JsonObject, string, JsonValue, bool> visitor) => node switch
    {
        JsonObject parent => parent.ToList().TrueForAll(field => field.Value is JsonValue value
            ? visitor(parent, field.Key, value)
            : Visit(field.Value, visitor)),
        JsonArray array => array.ToList().TrueForAll(item => Visit(item, visitor)),
        _ => true,
    };

    private static byte[] Change(byte[] frame, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(frame);
        if (root is null)
        {
            return frame;
        }

        try
        {
            change(root);
            return Encoding.UTF8.GetBytes(root.ToJsonString(Relaxed));
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode cannot be written anew: such a frame is spoilt enough as it is.
            return frame;
        }
    }
}
