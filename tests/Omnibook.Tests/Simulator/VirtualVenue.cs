using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Simulator;
using Omnibook.Simulator.BinanceSpot;
using Omnibook.Simulator.BinanceUsdm;
using Omnibook.Simulator.Bybit;
using Omnibook.Simulator.Coinbase;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Hyperliquid;
using Omnibook.Simulator.Lighter;
using Omnibook.Simulator.Sockets;
using Omnibook.Simulator.TreeOfAlpha;

namespace Omnibook.Tests.Simulator;

/// <summary>A simulated venue without sockets: time moves when the test says so, and frames are read from the connections' outboxes.</summary>
internal sealed class VirtualVenue
{
    private static readonly Timestamp Start = Timestamp.FromMilliseconds(1_795_000_020_000);

    private VirtualVenue(SimulatedVenue venue)
    {
        (Venue, Now) = (venue, Start);
        venue.Advance(Now);
    }

    public SimulatedVenue Venue { get; }

    public Timestamp Now { get; private set; }

    public static VirtualVenue Binance(SimulatorOptions? options = null) =>
        new(new UsdmVenue(options ?? Small, Start));

    public static VirtualVenue Spot(SimulatorOptions? options = null) => new(new SpotVenue(options ?? Small, Start));

    public static VirtualVenue Hyperliquid(string key = "hyperliquid-testnet", SimulatorOptions? options = null) =>
        new(new HyperliquidVenue(key, options ?? Small, Start));

    public static VirtualVenue Bybit(SimulatorOptions? options = null) => new(new BybitVenue(options ?? Small, Start));

    public static VirtualVenue Coinbase(SimulatorOptions? options = null) => new(new CoinbaseVenue(options ?? Small, Start));

    public static VirtualVenue Lighter(SimulatorOptions? options = null) => new(new LighterVenue(options ?? Small, Start));

    public static VirtualVenue TreeOfAlpha(SimulatorOptions? options = null) => new(new TreeOfAlphaVenue(options ?? Small, Start));

    public static SimulatorOptions Small { get; } = new() { Seed = 7, MaxLevels = 200, BinanceSymbols = 2, SpotSymbols = 2, BybitSymbols = 2, CoinbaseProducts = 2, LighterMarkets = 2 };

    public VenueConnection Connect(string path, string streams = "") =>
        Venue.Connect(path, streams) ?? throw new InvalidOperationException("no such path");

    /// <summary>A connection of Binance's combined public streams.</summary>
    public VenueConnection Public(params string[] streams) => Connect("/public/stream", string.Join('/', streams));

    /// <summary>A connection of Binance Spot's combined streams.</summary>
    public VenueConnection Combined(params string[] streams) => Connect("/stream", string.Join('/', streams));

    /// <summary>A connection of Hyperliquid with subscriptions, whose acknowledgements are already read.</summary>
    public VenueConnection Subscribed(params string[] subscriptions)
    {
        var connection = Connect("/ws");
        foreach (var subscription in subscriptions)
        {
            Say(connection, $"{{\"method\":\"subscribe\",\"subscription\":{subscription}}}");
        }

        return connection;
    }

    /// <summary>A connection of Bybit's linear socket with topics, each asked for on its own.</summary>
    public VenueConnection Linear(params string[] topics)
    {
        var connection = Connect("/v5/public/linear");
        foreach (var topic in topics)
        {
            Say(connection, $"{{\"op\":\"subscribe\",\"args\":[\"{topic}\"]}}");
        }

        return connection;
    }

    /// <summary>A connection of Lighter's socket with channels as requests spell them.</summary>
    public VenueConnection Stream(params string[] channels)
    {
        var connection = Connect("/stream");
        foreach (var channel in channels)
        {
            Say(connection, $"{{\"type\":\"subscribe\",\"channel\":\"{channel}\"}}");
        }

        return connection;
    }

    /// <summary>A connection of Coinbase's socket with one product on some channels.</summary>
    public VenueConnection Advanced(string product, params string[] channels)
    {
        var connection = Connect("/");
        foreach (var channel in channels)
        {
            Say(connection, $"{{\"type\":\"subscribe\",\"product_ids\":[\"{product}\"],\"channel\":\"{channel}\"}}");
        }

        return connection;
    }

    public void Run(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        Venue.Advance(Now);
    }

    public ActiveFault Inject(FaultRequest request)
    {
        var (fault, problem) = Venue.Inject(request with { Venue = Venue.Key });
        Assert.Null(problem);
        return fault!;
    }

    public static void Say(VenueConnection connection, string text) => connection.Receive(Encoding.UTF8.GetBytes(text));

    public static List<OutboundFrame> Drain(VenueConnection connection)
    {
        var frames = new List<OutboundFrame>();
        while (connection.Outbox.TryRead(out var frame))
        {
            frames.Add(frame);
        }

        return frames;
    }

    public static List<string> Texts(VenueConnection connection) =>
        [.. Drain(connection).Where(static frame => frame.Kind == OutboundKind.Text).Select(static frame => Encoding.UTF8.GetString(frame.Bytes))];

    public static List<JsonElement> Frames(VenueConnection connection) => [.. Texts(connection).Select(Parse)];

    /// <summary>The payloads of one stream of a combined Binance connection.</summary>
    public static List<JsonElement> Of(IEnumerable<JsonElement> frames, string stream) =>
        [.. frames.Where(frame => frame.TryGetProperty("stream", out var name) && name.GetString() == stream).Select(static frame => frame.GetProperty("data"))];

    /// <summary>The payloads of one channel of a Hyperliquid connection.</summary>
    public static List<JsonElement> OfChannel(IEnumerable<JsonElement> frames, string channel) =>
        [.. frames.Where(frame => frame.GetProperty("channel").GetString() == channel).Select(static frame => frame.GetProperty("data"))];

    /// <summary>The messages of one topic of a Bybit connection.</summary>
    public static List<JsonElement> OfTopic(IEnumerable<JsonElement> frames, string topic) =>
        [.. frames.Where(frame => frame.TryGetProperty("topic", out var name) && name.GetString() == topic)];

    /// <summary>The messages of one channel of a Lighter connection, as answers spell it.</summary>
    public static List<JsonElement> OfColon(IEnumerable<JsonElement> frames, string channel) =>
        [.. frames.Where(frame => frame.TryGetProperty("channel", out var name) && name.GetString() == channel)];

    public JsonElement Get(string path, params (string Name, string Value)[] query)
    {
        var answer = Venue.Answer(RestCall.Get(path, query));
        Assert.Equal(200, answer.Status);
        return Parse(Encoding.UTF8.GetString(answer.Body));
    }

    public (int Status, string Body) TryGet(string path, params (string Name, string Value)[] query)
    {
        var answer = Venue.Answer(RestCall.Get(path, query));
        return (answer.Status, Encoding.UTF8.GetString(answer.Body));
    }

    /// <summary>The status of a request whose parameters are written as in a URL, and the body that refuses it.</summary>
    public (int Status, JsonElement Body) Refusal(string path, string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('='));
        var (status, body) = TryGet(path, [.. pairs.Select(static pair => (pair[0], pair[1]))]);
        return (status, Parse(body));
    }

    /// <summary>The weight that Binance says is used, after a book of each of these limits.</summary>
    public IEnumerable<int> WeightsAfterBooks(string path, params string[] limits) => limits
        .Select(limit => Venue.Answer(RestCall.Get(path, ("symbol", "BTCUSDT"), ("limit", limit))))
        .Select(static answer => int.Parse(answer.Headers.Single(static header => header.Name == "X-MBX-USED-WEIGHT-1M").Value));

    public JsonElement Info(string json)
    {
        var answer = Venue.Answer(RestCall.Post("/info", json));
        Assert.Equal(200, answer.Status);
        return Parse(Encoding.UTF8.GetString(answer.Body));
    }

    public (int Status, string Body) TryInfo(string json)
    {
        var answer = Venue.Answer(RestCall.Post("/info", json));
        return (answer.Status, Encoding.UTF8.GetString(answer.Body));
    }

    public static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
