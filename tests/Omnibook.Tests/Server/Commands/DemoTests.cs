using System.Net.WebSockets;
using System.Text.Json;
using Omnibook.History;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Commands;

/// <summary>The whole program in demo mode, from outside.</summary>
public sealed class DemoTests : IDisposable
{
    private const int Rounds = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-demo-");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => _folder.FullName;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_demo_serves_says_so_refuses_a_second_and_ends_in_order()
    {
        var port = OmnibookProcess.FreePort();
        using var demo = OmnibookProcess.Start(Folder, $"--demo --port {port} --cryexc-port 0");
        await ReadyAsync(demo, port);
        using var health = JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health"), Cancel));
        Assert.Equal("demo", health.RootElement.GetProperty("mode").GetString());
        await Eventually.HoldsAsync(() => demo.Output.Contains("Hint", StringComparison.Ordinal), () => $"the start screen is printed: {demo.Output}");
        Assert.All(new[] { "DEMO", "invented", $"http://127.0.0.1:{port}", "hyperliquid-testnet", "price_data.demo.db" }, word => Assert.Contains(word, demo.Output));
        Assert.DoesNotContain('\u001b', demo.Output);

        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, $"--demo --port {OmnibookProcess.FreePort()} --cryexc-port 0");
        Assert.Equal(2, code);
        Assert.Contains($"process {demo.Id}", errors);

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/ws/prices"), Cancel);
        demo.Terminate();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await ReadToCloseAsync(socket));
        Assert.Equal(0, await demo.ExitAsync());
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "data"), "*-wal"));
    }

    [Fact]
    public async Task A_row_that_was_acknowledged_survives_kill_9()
    {
        var acknowledged = new HashSet<long>();
        for (var round = 0; round < Rounds; round++)
        {
            var port = OmnibookProcess.FreePort();
            using var demo = OmnibookProcess.Start(Folder, $"--demo --seed {round} --port {port} --cryexc-port 0");
            await ReadyAsync(demo, port);
            var writing = WriteUntilKilledAsync(port, acknowledged);
            var before = acknowledged.Count;
            await Eventually.HoldsAsync(() => Volatile.Read(ref _written) >= before + 20 + 17 * round, "some rows are acknowledged");
            demo.Kill();
            await demo.ExitAsync();
            await writing;
        }

        await using var store = PriceSnapshotStore.Open(
            new PriceSnapshotStoreOptions { Path = Path.Combine(Folder, "data", "price_data.demo.db"), AreInvented = true }, TimeProvider.System);
        var stored = (await store.RangeAsync("BTC", PriceSnapshot.Sample, 0, long.MaxValue, Cancel)).Select(row => row.TimestampMs).ToHashSet();
        Assert.Null(store.Quarantined);
        Assert.Empty(acknowledged.Except(stored));
        Assert.NotEmpty(acknowledged);
    }

    private int _written;

    private async Task WriteUntilKilledAsync(int port, HashSet<long> acknowledged)
    {
        try
        {
            while (true)
            {
                using var answer = await _http.PostAsync(new Uri($"http://127.0.0.1:{port}/test/db/insert-sample"), null, Cancel);
                using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
                if (body.RootElement.TryGetProperty("success", out var success) && success.GetBoolean())
                {
                    acknowledged.Add(body.RootElement.GetProperty("timestamp").GetInt64());
                    Volatile.Write(ref _written, acknowledged.Count);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(12), TimeProvider.System, Cancel);
            }
        }
        catch (HttpRequestException)
        {
            return; // Killed, as intended.
        }
    }

    private async Task ReadyAsync(OmnibookProcess process, int port)
    {
        var ready = false;
        await Eventually.HoldsAsync(() => ready || (ready = IsReady(port)), () => $"the server is ready: {process.Output} {process.Errors}");
    }

    private bool IsReady(int port)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/health/ready"));
            using var answer = _http.Send(request, Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception refused) when (refused is HttpRequestException or System.Net.Sockets.SocketException)
        {
            return false; // Not listening yet.
        }
    }

    private static async Task<WebSocketCloseStatus?> ReadToCloseAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), Cancel)).MessageType != WebSocketMessageType.Close)
        {
            continue;
        }

        return socket.CloseStatus;
    }
}
