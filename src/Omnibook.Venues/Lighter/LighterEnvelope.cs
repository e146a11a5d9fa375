using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The outside of a frame. Its keys come in several orders, so it is read to its end before anything is concluded; what it carries
/// is passed over and read afterwards.
/// <code>
/// {"session_id":"4a1c…","type":"connected"}
/// {"channel":"order_book:0","last_updated_at":1774884082309144,"offset":1558300,"order_book":{…},"timestamp":1774884082326,"type":"update/order_book"}
/// {"channel":"trade:0","liquidation_trades":[],"nonce":8630448841,"trades":[…],"type":"update/trade"}
/// {"error":{"code":30003,"message":"Already Subscribed to : ticker:3"}}
/// </code>
/// </summary>
internal ref struct LighterEnvelope
{
    /// <summary>What kind of frame: <c>update/order_book</c>; empty when it does not say.</summary>
    public ReadOnlySpan<byte> Type;

    /// <summary>The channel: <c>order_book:1</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Channel;

    /// <summary>When the frame was sent, in milliseconds; 0 when it does not say.</summary>
    public long SentAt;

    /// <summary>When the book was changed, in microseconds; 0 when it does not say.</summary>
    public long ChangedAt;

    /// <summary>Stands before what the channel is about: <c>order_book</c>, <c>ticker</c>, <c>market_stats</c> or <c>candles</c>.</summary>
    public Utf8JsonReader Content;

    /// <summary>Stands before <c>trades</c>.</summary>
    public Utf8JsonReader Trades;

    /// <summary>Stands before <c>liquidation_trades</c>.</summary>
    public Utf8JsonReader Liquidations;

    /// <summary>Which of them the frame has.</summary>
    public bool HasContent;

    /// <summary>Which of them the frame has.</summary>
    public bool HasTrades;

    /// <summary>Which of them the frame has.</summary>
    public bool HasLiquidations;

    /// <summary>Whether the frame tells of an error.</summary>
    public bool HasError;

    /// <summary>Whether this is the first frame of a subscription.</summary>
    public readonly bool IsSubscribed => Type.StartsWith("subscribed/"u8);

    /// <summary>Reads the whole frame.</summary>
    /// <returns>False when something that is known has not its form.</returns>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> frame, out LighterEnvelope envelope)
    {
        envelope = default;
        var read = default(LighterEnvelope);
        var reader = new Utf8JsonReader(frame, JsonRead.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!read.TryReadField(ref reader))
            {
                return false;
            }
        }

        // Anything behind the object is not JSON, and the reader says so.
        envelope = read;
        return !reader.Read();
    }

    private bool TryReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            Type = JsonRead.Text(reader);
            return reader.TokenType == JsonTokenType.String;
        }

        if (reader.ValueTextEquals("channel"u8))
        {
            reader.Read();
            Channel = JsonRead.Text(reader);
            return reader.TokenType == JsonTokenType.String;
        }

        if (reader.ValueTextEquals("timestamp"u8))
        {
            reader.Read();
            return JsonRead.TryInteger(reader, out SentAt);
        }

        if (reader.ValueTextEquals("last_updated_at"u8))
        {
            reader.Read();
            return JsonRead.TryInteger(reader, out ChangedAt);
        }

        KeepContent(ref reader);
        reader.Skip();
        return true;
    }

    private void KeepContent(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("order_book"u8) || reader.ValueTextEquals("ticker"u8) || reader.ValueTextEquals("market_stats"u8)
            || reader.ValueTextEquals("candles"u8))
        {
            Content = reader;
            HasContent = true;
        }
        else if (reader.ValueTextEquals("trades"u8))
        {
            Trades = reader;
            HasTrades = true;
        }
        else if (reader.ValueTextEquals("liquidation_trades"u8))
        {
            Liquidations = reader;
            HasLiquidations = true;
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            HasError = true;
        }
    }
}
