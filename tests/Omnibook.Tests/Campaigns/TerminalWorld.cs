using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Omnibook.Core.Instruments;
using Omnibook.Server.Hosting;
using Omnibook.Simulator;
using Omnibook.Tests.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Tests.Campaigns;

/// <summary>Simulated venues that go on while the server before them is stopped and started again, in one data folder.</summary>
internal sealed class TerminalWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-terminal-");
    private readonly SimulatorHost _simulator;
    private WebApplication? _app;

    private TerminalWorld(SimulatorHost simulator) => _simulator = simulator;

    public Uri Address { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TerminalWorld> StartAsync()
    {
        using var sources = new Sources();
        var venues = sources.Good().Venues.Select(venue => venue.Id.Key).Intersect(SimulatorHost.VenueKeys, StringComparer.Ordinal);
        var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Seed = 20261120, Venues = [.. venues], Remembered = 400_000 }, TimeProvider.System, Cancel);
        var world = new TerminalWorld(simulator);
        await world.StartServerAsync();
        return world;
    }

    /// <summary>Starts the server over the folder, as the program does, but with the simulators' addresses.</summary>
    public async Task StartServerAsync()
    {
        using var sources = new Sources();
        var options = sources.Good();
        var addresses = _simulator.Venues.ToDictionary(venue => venue.Key, venue => new VenueAddresses(venue.Rest, venue.Socket), StringComparer.Ordinal);
        _app = ServerHost.Build(new ServerPlan
        {
            Mode = RunMode.Live,
            Options = options with
            {
                Listen = options.Listen with { Ports = [0] },
                Storage = options.Storage with { DataFolder = _folder.FullName, Database = null },
                LogLevel = LogLevel.Error,
                Venues = [.. options.Venues.Where(venue => addresses.ContainsKey(venue.Id.Key)).Select(venue => venue with { Addresses = addresses[venue.Id.Key] })],
            },
        });
        await _app.StartAsync(Cancel);
        Address = new Uri(_app.Urls.First());
    }

    public async Task StopServerAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>What a venue traded, second by second: base assets that takers bought and sold.</summary>
    public Dictionary<long, (decimal Bought, decimal Sold)> Ledger(string venue, string symbol)
    {
        var rules = _simulator.Find(venue).Markets[symbol].Rules;
        return _simulator.Trades(venue, symbol)
            .GroupBy(trade => trade.Milliseconds / 1_000 * 1_000)
            .ToDictionary(second => second.Key, second => (Sum(second, Side.Bid), Sum(second, Side.Ask)));

        decimal Sum(IEnumerable<Omnibook.Simulator.Markets.MarketTrade> trades, Side taker) =>
            trades.Where(trade => trade.TakerSide == taker).Sum(trade => rules.QuantityScale.ToDecimal(trade.Quantity));
    }

    public async Task<TerminalClient> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(Address, "/ws")) { Scheme = "ws" }.Uri, Cancel);
        return new TerminalClient(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A terminal's socket: what it subscribes to at once, and what it is told.</summary>
internal sealed class TerminalClient(ClientWebSocket socket) : IAsyncDisposable
{
    private static readonly string[] Streams = ["trade", "kline", "orderbook", "dom", "cvd", "footprint", "orderbook_heatmap", "news"];
    private readonly byte[] _buffer = new byte[4 * 1024 * 1024];

    /// <summary>How often a frame of a kind came, by type and exchange.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    /// <summary>One batch with everything of an exchange, as the dashboard sends it.</summary>
    public Task SubscribeAsync(string exchange, string symbol)
    {
        var config = $$"""{"symbol":"{{symbol}}","exchange":"{{exchange}}","exchanges":["{{exchange}}"],"interval":"raw","tickSize":10,"timeRange":"1h","depth":30}""";
        var entries = Streams.Select(stream => $$"""{"stream":"{{stream}}","config":{{config}},"instanceId":"{{exchange}}:{{stream}}"}""");
        return SendAsync($$"""{"type":"stream_subscribe_batch","subscriptions":[{{string.Join(",", entries)}}]}""");
    }

    /// <summary>Reads until a frame comes that is wanted.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var frame = await ReadAsync();
            var type = frame.GetProperty("type").GetString()!;
            Assert.True(type != "error", frame.GetRawText());
            Seen[type] = Seen.GetValueOrDefault(type) + 1;
            if (isWanted(frame))
            {
                return frame;
            }
        }
    }

    /// <summary>What was traded second by second, as the footprint's history tells it, and from when on it is whole.</summary>
    public async Task<(long Since, Dictionary<long, (decimal Bought, decimal Sold)> Seconds)> HistoryAsync(string exchange, string symbol)
    {
        var config = $$"""{"symbol":"{{symbol}}","exchange":"{{exchange}}","interval":"raw","tickSize":1000,"timeRange":"15m"}""";
        await SendAsync($$"""{"type":"stream_subscribe","stream":"footprint","instanceId":"check:{{exchange}}","config":{{config}}}""");
        var frame = await UntilAsync(frame => IsOf(frame, "footprint_historical", $"check:{exchange}"));
        var data = frame.GetProperty("data");
        return (data.GetProperty("dataStartTime").GetInt64(), data.GetProperty("candles").EnumerateArray().ToDictionary(
            candle => candle.GetProperty("timestamp").GetInt64(),
            candle => (candle.GetProperty("buyVolume").GetDecimal(), candle.GetProperty("sellVolume").GetDecimal())));
    }

    public static bool IsOf(JsonElement frame, string type, string instance) =>
        frame.GetProperty("type").GetString() == type && frame.TryGetProperty("instanceId", out var id) && id.GetString() == instance;

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        await Task.CompletedTask;
    }

    private Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonElement> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken);
            Assert.True(part.MessageType == WebSocketMessageType.Text, $"closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(_buffer.AsMemory(0, length).ToArray()).RootElement;
            }
        }
    }
}
