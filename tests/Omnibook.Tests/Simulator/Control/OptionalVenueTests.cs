using System.Net.WebSockets;
using System.Text;
using Omnibook.Simulator;

namespace Omnibook.Tests.Simulator.Control;

/// <summary>The venues that are simulated when they are asked for, over real sockets.</summary>
public sealed class OptionalVenueTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SimulatorHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await SimulatorHost.StartAsync(
        VirtualVenue.Small with { Venues = ["bybit", "lighter"], WarmUp = TimeSpan.FromSeconds(10) }, TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Bybit_is_followed_over_a_socket_and_the_control_route_knows_what_each_stream_showed()
    {
        using var socket = await ConnectAsync("bybit", "/v5/public/linear");
        await socket.SendAsync("""{"op":"subscribe","args":["orderbook.200.BTCUSDT"]}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var book = new LocalBook();
        for (var compared = 0; compared < 4;)
        {
            var message = VirtualVenue.Parse(await ReceiveAsync(socket));
            if (message.TryGetProperty("data", out var data))
            {
                book.Apply(data);
                Assert.True(_host.TryGetTrueBook("bybit", "orderbook.200.BTCUSDT", data.GetProperty("u").GetInt64(), out var truth));
                Assert.Equal(truth.Digest(), book.Digest());
                compared++;
            }
        }

        var control = VirtualVenue.Parse(await _http.GetStringAsync(new Uri(_host.Control, "/control/books/bybit/orderbook.50.BTCUSDT"), Cancel));
        Assert.Equal(50, control.GetProperty("bidLevels").GetInt32());
    }

    [Fact]
    public async Task Lighter_is_followed_over_a_socket_that_only_reads()
    {
        using var socket = await ConnectAsync("lighter", "/stream?readonly=true");
        await socket.SendAsync("""{"type":"subscribe","channel":"order_book/1"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        Assert.Contains("\"connected\"", await ReceiveAsync(socket), StringComparison.Ordinal);
        var book = new LocalBook();
        for (var compared = 0; compared < 4; compared++)
        {
            var message = VirtualVenue.Parse(await ReceiveAsync(socket)).GetProperty("order_book");
            book.Apply(message.GetProperty("bids"), message.GetProperty("asks"));
            Assert.True(_host.TryGetTrueBook("lighter", "BTC", message.GetProperty("nonce").GetInt64(), out var truth));
            Assert.Equal(truth.Digest(), book.Digest());
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(string key, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(_host.Venues.Single(venue => venue.Key == key).Socket, path), Cancel);
        return socket;
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer, Cancel);
            await message.WriteAsync(buffer.AsMemory(0, received.Count), Cancel);
        }
        while (!received.EndOfMessage);

        return Encoding.UTF8.GetString(message.ToArray());
    }
}
