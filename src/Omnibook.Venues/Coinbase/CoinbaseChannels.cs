using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The channels that are followed, and the requests for them. One channel a message.
/// <code>
/// {"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}
/// {"type":"subscribe","channel":"heartbeats"}
/// </code>
/// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-overview
/// </summary>
internal static class CoinbaseChannels
{
    /// <summary>The book; its frames say <c>l2_data</c>.</summary>
    public const string Level2 = "level2";

    /// <summary>Trades.</summary>
    public const string Trades = "market_trades";

    /// <summary>The best bid and ask.</summary>
    public const string Ticker = "ticker";

    /// <summary>Candles of five minutes; there are no others.</summary>
    public const string Candles = "candles";

    /// <summary>The only candles: https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels#candles-channel.</summary>
    public static readonly CandleInterval FiveMinutes = CandleInterval.Parse("5m");

    /// <summary>One a second whatever happens; without them the venue closes connections that are quiet for 60 to 90 s.</summary>
    public const string Heartbeats = "heartbeats";

    /// <summary>Whether products trade.</summary>
    public const string Status = "status";

    // Thin products rest for long. Nothing is lost meanwhile: every frame of the connection is counted, heartbeats too.
    private static readonly TimeSpan BookQuiet = TimeSpan.FromSeconds(30);

    /// <summary>The streams of some instruments, books first. Names have the instrument's own symbol, requests the venue's.</summary>
    public static IEnumerable<StreamPlan> Of(IReadOnlyList<Instrument> instruments) =>
    [
        .. instruments.Select(instrument => Stream(Level2, Channel.Book, instrument, BookQuiet)),
        .. instruments.Select(instrument => Stream(Trades, Channel.Trades, instrument, quietLimit: null)),
        .. instruments.Select(instrument => Stream(Ticker, Channel.TopOfBook, instrument, quietLimit: null)),
    ];

    /// <summary>The candles of an instrument; they rest while nobody trades.</summary>
    public static StreamPlan CandlesOf(Instrument instrument) =>
        Stream(Candles, Channel.Candles, instrument, quietLimit: null) with { Interval = FiveMinutes };

    /// <summary>The venue's name of the channel of a stream.</summary>
    public static string Of(Channel channel) => channel switch
    {
        Channel.Book => Level2,
        Channel.Trades => Trades,
        Channel.TopOfBook => Ticker,
        Channel.Candles => Candles,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "Not a channel of this venue."),
    };

    /// <summary>A request; without products it is about the whole channel.</summary>
    public static ReadOnlyMemory<byte> Write(CoinbaseRequest request)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("type", request.IsSubscribe ? "subscribe" : "unsubscribe");
            if (request.Products.Count > 0)
            {
                json.WriteStartArray("product_ids");
                foreach (var product in request.Products)
                {
                    json.WriteStringValue(product);
                }

                json.WriteEndArray();
            }

            json.WriteString("channel", request.Channel);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static StreamPlan Stream(string name, Channel channel, Instrument instrument, TimeSpan? quietLimit) =>
        new($"{name} {instrument.Symbol}", channel, instrument, quietLimit);
}

/// <summary>Something that was asked of the venue, whose answer names neither.</summary>
internal sealed record CoinbaseRequest(bool IsSubscribe, string Channel, IReadOnlyList<string> Products);
