using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Simulator.Control;

/// <summary>The simulator over real sockets, with nothing but the framework's own clients.</summary>
public sealed class SimulatorHostTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SimulatorHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await SimulatorHost.StartAsync(VirtualVenue.Small with { WarmUp = TimeSpan.FromSeconds(10) }, TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_local_book_over_sockets_equals_the_true_one()
    {
        using var socket = await ConnectAsync("binance-usdm", "/public/ws");
        await SendAsync(socket, """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        Assert.Equal("""{"result":null,"id":1}""", await ReceiveAsync(socket));
        var first = VirtualVenue.Parse(await ReceiveAsync(socket));
        var snapshot = await GetAsync(new Uri(Rest("binance-usdm"), "/fapi/v1/depth?symbol=BTCUSDT&limit=1000"));
        var last = snapshot.GetProperty("lastUpdateId").GetInt64();
        var book = LocalBook.FromSnapshot(snapshot);
        var equal = 0;
        for (var update = first; equal < 5; update = VirtualVenue.Parse(await ReceiveAsync(socket)))
        {
            var u = update.GetProperty("u").GetInt64();
            if (u >= last)
            {
                book.Apply(update);
                Assert.True(_host.TryGetTrueBook("binance-usdm", "BTCUSDT", u, out var truth));
                Assert.Equal(truth.Digest(), book.Digest());
                equal++;
            }
        }
    }

    [Fact]
    public async Task Hyperliquid_answers_over_sockets_and_the_control_route_knows_the_book()
    {
        using var socket = await ConnectAsync("hyperliquid-testnet", "/ws");
        await SendAsync(socket, """{"method":"subscribe","subscription":{"type":"l2Book","coin":"merrli:BTC"}}""");
        Assert.Contains("subscriptionResponse", await ReceiveAsync(socket), StringComparison.Ordinal);
        var book = VirtualVenue.Parse(await ReceiveAsync(socket)).GetProperty("data");
        var truth = await GetAsync(new Uri(_host.Control, $"/control/books/hyperliquid-testnet/merrli:BTC?sequence={book.GetProperty("time")}&levels=20"));

        Assert.Equal(
            book.GetProperty("levels")[0].EnumerateArray().Select(static level => LocalBook.Number(level.GetProperty("px"))),
            truth.GetProperty("bids").EnumerateArray().Select(static level => LocalBook.Number(level.GetProperty("price"))));
        Assert.Equal(64, truth.GetProperty("digest").GetString()!.Length);
    }

    [Fact]
    public async Task A_bad_coin_ends_the_socket_without_a_close_frame()
    {
        using var socket = await ConnectAsync("hyperliquid", "/ws");
        await SendAsync(socket, """{"method":"subscribe","subscription":{"type":"bbo","coin":"NOSUCH"}}""");
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket));
        Assert.Null(socket.CloseStatus);
    }

    [Fact]
    public async Task A_disconnect_carries_its_code_and_a_reset_none()
    {
        using var closed = await ConnectAsync("binance-usdm", "/public/ws");
        _host.Inject(new FaultRequest { Venue = "binance-usdm", Fault = "disconnect", Code = 1012 });
        var received = await closed.ReceiveAsync(new byte[64], Cancel);
        Assert.Equal((WebSocketMessageType.Close, (WebSocketCloseStatus)1012), (received.MessageType, received.CloseStatus!.Value));

        using var reset = await ConnectAsync("binance-usdm", "/public/ws");
        _host.Inject(new FaultRequest { Venue = "binance-usdm", Fault = "reset" });
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(reset));
        Assert.Null(reset.CloseStatus);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(451)]
    public async Task A_refused_handshake_shows_its_status(int status)
    {
        _host.Inject(new FaultRequest { Venue = "binance-usdm", Fault = "refuse-handshake", Status = status, Count = 1 });
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(Socket("binance-usdm"), "/public/ws"), Cancel));
        Assert.Equal((HttpStatusCode)status, socket.HttpStatusCode);
        using var next = await ConnectAsync("binance-usdm", "/public/ws");
    }

    [Fact]
    public async Task A_huge_frame_is_one_valid_message()
    {
        using var socket = await ConnectAsync("binance-usdm", "/public/ws/btcusdt@depth@100ms");
        _host.Inject(new FaultRequest { Venue = "binance-usdm", Fault = "huge-frame", Bytes = 2_000_000 });
        string text;
        do
        {
            text = await ReceiveAsync(socket);
        }
        while (text.Length < 2_000_000);

        Assert.Equal("padding", VirtualVenue.Parse(text).GetProperty("e").GetString());
    }

    [Fact]
    public async Task A_snapshot_that_hangs_is_waited_for_in_vain()
    {
        _host.Inject(new FaultRequest { Venue = "hyperliquid", Fault = "hang-snapshot", Count = 1 });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var answer = _http.PostAsJsonAsync(new Uri(Rest("hyperliquid"), "/info"), new { type = "l2Book", coin = "BTC" }, patience.Token);
        var mids = await _http.PostAsJsonAsync(new Uri(Rest("hyperliquid"), "/info"), new { type = "allMids" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, mids.StatusCode);
        Assert.False(answer.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Faults_are_listed_switched_on_and_switched_off_over_the_control_route()
    {
        var url = new Uri(_host.Control, "/control/faults");
        var created = await _http.PostAsJsonAsync(url, new { venue = "binance-usdm", fault = "gap", symbol = "BTCUSDT", probability = 0.5 }, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var list = await GetAsync(url);
        Assert.Equal("gap", list.GetProperty("active")[0].GetProperty("fault").GetString());
        Assert.Equal(FaultCatalog.All.Count, list.GetProperty("available").GetArrayLength());

        var id = list.GetProperty("active")[0].GetProperty("id").GetInt64();
        Assert.Equal(HttpStatusCode.OK, (await _http.DeleteAsync(new Uri(url, $"/control/faults/binance-usdm/{id}"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.DeleteAsync(new Uri(url, $"/control/faults/binance-usdm/{id}"), Cancel)).StatusCode);
        Assert.Equal(0, (await GetAsync(url)).GetProperty("active").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"venue":"nosuch","fault":"gap"}""", "binance-usdm, hyperliquid, hyperliquid-testnet")]
    [InlineData("""{"venue":"hyperliquid","fault":"sequence-restart"}""", "binance-usdm")]
    [InlineData("""{"venue":"hyperliquid","fault":"gap","colour":"red"}""", "durationMs")]
    [InlineData("not json", "venue, fault")]
    public async Task A_wrong_fault_is_a_400_that_names_the_allowed_values(string json, string part)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await _http.PostAsync(new Uri(_host.Control, "/control/faults"), content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_control_route_shows_venues_trades_and_requests()
    {
        await GetAsync(new Uri(Rest("binance-usdm"), "/fapi/v1/time"));
        var venues = await GetAsync(new Uri(_host.Control, "/control/venues"));
        var trades = await GetAsync(new Uri(_host.Control, "/control/trades/binance-usdm/BTCUSDT?limit=5"));
        var requests = await GetAsync(new Uri(_host.Control, "/control/requests/binance-usdm"));

        Assert.Equal(SimulatorHost.UsualVenueKeys, venues.EnumerateArray().Select(static venue => venue.GetProperty("key").GetString()!), StringComparer.Ordinal);
        Assert.Equal(5, trades.GetArrayLength());
        Assert.Equal("/fapi/v1/time", requests[0].GetProperty("subject").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(_host.Control, "/control/books/binance-usdm/NOSUCH"), Cancel)).StatusCode);
    }

    [Fact]
    public void Everything_listens_on_the_loopback_address_only() =>
        Assert.All(_host.Venues.SelectMany(static venue => new[] { venue.Rest, venue.Socket }).Append(_host.Control), static uri => Assert.Equal("127.0.0.1", uri.Host));

    private Uri Rest(string key) => _host.Venues.Single(venue => venue.Key == key).Rest;

    private Uri Socket(string key) => _host.Venues.Single(venue => venue.Key == key).Socket;

    private async Task<JsonElement> GetAsync(Uri url) => VirtualVenue.Parse(await _http.GetStringAsync(url, Cancel));

    private async Task<ClientWebSocket> ConnectAsync(string key, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(Socket(key), path), Cancel);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);

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
