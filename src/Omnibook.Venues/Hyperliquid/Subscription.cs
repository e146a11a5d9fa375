using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// One subscription, as the venue names it. A frame carries one: <c>{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC"}}</c>.
/// </summary>
/// <param name="Type">The venue's channel: <c>l2Book</c>, <c>trades</c>, <c>bbo</c>, <c>activeAssetCtx</c>, <c>candle</c>.</param>
/// <param name="Coin">The venue's spelling, letter case included: <c>BTC</c>, <c>merrli:BTC</c>.</param>
/// <param name="Interval">Length of candles; empty for everything else.</param>
/// <param name="Other">
/// What else the venue understood, canonical: sorted, without the nulls and falses with which it fills in defaults. Empty for all of
/// ours, so that an acknowledgement of something else (an aggregation, <c>fast</c>) is not taken for ours.
/// </param>
internal readonly record struct Subscription(string Type, string Coin, string Interval = "", string Other = "")
{
    /// <summary>The subscription that delivers a stream.</summary>
    public static Subscription Of(StreamPlan stream) =>
        new(TypeOf(stream.Channel), stream.Instrument.Listing.WireSymbol, stream.Interval?.Name ?? "");

    /// <summary>The venue's name of a kind of data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The venue publishes no such channel.</exception>
    public static string TypeOf(Channel channel) => channel switch
    {
        Channel.Book => "l2Book",
        Channel.Trades => "trades",
        Channel.TopOfBook => "bbo",
        Channel.Derived => "activeAssetCtx",
        Channel.Candles => "candle",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "Hyperliquid publishes no such channel."),
    };

    /// <summary>The text frame that subscribes or unsubscribes.</summary>
    public ReadOnlyMemory<byte> Frame(string method)
    {
        var (type, coin, interval) = (Type, Coin, Interval);
        return JsonText.Object(writer =>
        {
            writer.WriteString("method", method);
            writer.WriteStartObject("subscription");
            writer.WriteString("type", type);
            writer.WriteString("coin", coin);
            if (interval.Length > 0)
            {
                writer.WriteString("interval", interval);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>
    /// Reads a subscription as the venue echoes it, with its defaults filled in:
    /// <c>{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null,"fast":false}</c>.
    /// </summary>
    public static bool TryRead(JsonElement echo, out Subscription subscription)
    {
        subscription = default;
        if (echo.ValueKind != JsonValueKind.Object
            || !echo.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String
            || !echo.TryGetProperty("coin"u8, out var coin) || coin.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var interval = echo.TryGetProperty("interval"u8, out var length) && length.ValueKind == JsonValueKind.String ? length.GetString()! : "";
        subscription = new Subscription(type.GetString()!, coin.GetString()!, interval, Canonical(echo));
        return true;
    }

    private static string Canonical(JsonElement echo)
    {
        var others = echo.EnumerateObject()
            .Where(field => field.Name is not ("type" or "coin" or "interval")
                && field.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            .Select(field => $"{field.Name}={field.Value.GetRawText()}")
            .Order(StringComparer.Ordinal);
        return new StringBuilder().AppendJoin(',', others).ToString();
    }
}
