using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Omnibook.Server.Hosting;
using Omnibook.Tests.Server.Configuration;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>The demo inside this process, as <c>omnibook --demo</c> starts it with every default: all venues simulated, every book live.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-demo-");
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private Uri _address = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The exchanges that are served, as <c>/exchanges</c> tells them.</summary>
    public IReadOnlyList<JsonElement> Exchanges { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        using var sources = new Sources();
        var options = sources.Good();
        _app = ServerHost.Build(new ServerPlan
        {
            Options = options with
            {
                Listen = options.Listen with { Ports = [0] },
                Storage = options.Storage with { DataFolder = _folder.FullName, Database = null },
                LogLevel = LogLevel.Error,
            },
            Mode = RunMode.Demo,
        });
        await _app.StartAsync(Cancel);
        _address = new Uri(_app.Urls.First());
        var health = "";
        var isHealthy = false;
        await Eventually.HoldsAsync(() => isHealthy || (isHealthy = IsHealthy(out health)), () => $"every book of every venue is live: {health}");
        Exchanges = [.. (await GetAsync("/exchanges")).Body.GetProperty("exchanges").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Asks, and reads the answer, whatever its status.</summary>
    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(_address, path), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Reads so many frames of a socket.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(string path, int frames)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(_address, path)) { Scheme = "ws" }.Uri, Cancel);
        var read = new List<JsonElement>();
        var buffer = new byte[64 * 1024];
        while (read.Count < frames)
        {
            var message = await socket.ReceiveAsync(buffer.AsMemory(), Cancel);
            Assert.True(message.MessageType == WebSocketMessageType.Text, $"{path} was closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            read.Add(JsonDocument.Parse(buffer.AsMemory(0, message.Count).ToArray()).RootElement);
        }

        return read;
    }

    /// <summary>The code and the reason with which a socket is closed.</summary>
    public async Task<(int Code, string Reason)> ReadCloseAsync(string path)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(_address, path)) { Scheme = "ws" }.Uri, Cancel);
        await socket.ReceiveAsync(new byte[1024].AsMemory(), Cancel);
        return ((int)socket.CloseStatus!, socket.CloseStatusDescription!);
    }

    private bool IsHealthy(out string health)
    {
        using var answer = _http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/health")), Cancel);
        using var reader = new StreamReader(answer.Content.ReadAsStream(Cancel));
        health = reader.ReadToEnd();
        return health.Contains("\"status\":\"healthy\"", StringComparison.Ordinal);
    }
}
