using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>A WebSocket and REST server on loopback that does what a test tells it.</summary>
internal sealed class FakeVenueServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakeVenueConnection> _connections = new();

    private FakeVenueServer(WebApplication app) => _app = app;

    /// <summary>Every connection that was ever accepted, in order.</summary>
    public FakeVenueConnection[] Connections => [.. _connections];

    /// <summary>Handshakes that were asked for, refused ones included.</summary>
    public int Handshakes { get; private set; }

    /// <summary>Paths and queries of REST requests, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers a handshake with a status instead of accepting it.</summary>
    public Func<HttpContext, int?> Refuse { get; set; } = _ => null;

    /// <summary>Answers each text frame of a client; by default a subscription is acknowledged by its place on the connection.</summary>
    public Func<FakeVenueConnection, string, Task> OnFrame { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Answers a REST request.</summary>
    public Func<HttpContext, Task> OnRequest { get; set; } = context => context.Response.WriteAsync("{\"sequence\":10}");

    public Uri Socket => new("ws" + Address["http".Length..] + "/ws");

    public Uri Rest => new(Address + "/");

    private string Address => _app.Urls.Single();

    public static async Task<FakeVenueServer> StartAsync(bool secure = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (secure)
            {
                listen.UseHttps(SelfSigned());
            }
        }));
        var app = builder.Build();
        var server = new FakeVenueServer(app);
        app.UseWebSockets();
        app.Map("/ws", server.AcceptAsync);
        app.MapFallback(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>The connection with this number, once it is there.</summary>
    public async Task<FakeVenueConnection> ConnectionAsync(int number)
    {
        await Time.Eventually.HoldsAsync(() => _connections.Count > number, $"connection {number}");
        return Connections[number];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            connection.Abort();
        }

        await _app.DisposeAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(Time.ManualTimeProvider.DefaultStart.AddYears(-1), Time.ManualTimeProvider.DefaultStart.AddYears(10));
    }

    private async Task AcceptAsync(HttpContext context)
    {
        Handshakes++;
        if (Refuse(context) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new FakeVenueConnection(socket);
        _connections.Enqueue(connection);
        await connection.ReadAsync(frame => OnFrame(connection, frame));
    }

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(context.Request.Path + context.Request.QueryString);
        return OnRequest(context);
    }
}

/// <summary>The server's side of one connection.</summary>
internal sealed class FakeVenueConnection(WebSocket socket)
{
    private readonly ConcurrentQueue<string> _received = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string[] Received => [.. _received];

    public WebSocketCloseStatus? ClientCloseStatus => socket.CloseStatus;

    /// <summary>Completes when nothing more comes from the client.</summary>
    public Task Ended => _ended.Task;

    public bool HasEnded => _ended.Task.IsCompleted;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] text) => socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task CloseAsync(int code, string words = "") => socket.CloseOutputAsync((WebSocketCloseStatus)code, words, CancellationToken.None);

    /// <summary>Cuts the connection without a close frame.</summary>
    public void Abort() => socket.Abort();

    public async Task ReadAsync(Func<string, Task> onFrame)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                var frame = Encoding.UTF8.GetString(buffer, 0, result.Count);
                _received.Enqueue(frame);
                await onFrame(frame);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // The client, or the test, cut the line: that is what Ended tells.
            _ended.TrySetResult();
        }
        finally
        {
            _ended.TrySetResult();
        }
    }
}
