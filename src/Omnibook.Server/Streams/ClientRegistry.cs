using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace Omnibook.Server.Streams;

/// <summary>Every client that is connected: counts them, watches them once a second, and says goodbye when the server stops.</summary>
internal sealed class ClientRegistry(
    StreamLimits limits, StreamCounters counters, TimeProvider time, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<ClientConnection, byte> _clients = new();
    private ITimer? _watch;
    private CancellationTokenRegistration _stopping;
    private int _count;

    /// <summary>How many clients are connected.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes that wait for all clients together.</summary>
    public long WaitingBytes => _clients.Keys.Sum(client => client.WaitingBytes);

    /// <summary>The bounds that hold for every client.</summary>
    public StreamLimits Limits => limits;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = time.CreateTimer(_ => Watch(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _stopping = lifetime.ApplicationStopping.Register(SayGoodbye);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        _watch?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Takes a place for a client; <see cref="Leave"/> gives it back.</summary>
    /// <returns>False when every place is taken, or the server is stopping.</returns>
    public bool TryEnter()
    {
        var count = Interlocked.Increment(ref _count);
        if (count <= limits.MaxClients && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return true;
        }

        Leave();
        counters.Refused();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);

    /// <summary>Serves a socket until it is closed.</summary>
    /// <param name="socket">The accepted socket.</param>
    /// <param name="wire">The stream under it, where it can be had.</param>
    /// <param name="cut">Ends the connection under it at once.</param>
    /// <param name="opened">Subscribes what the client is to get.</param>
    public async Task ServeAsync(WebSocket socket, ClientStream? wire, Action cut, Action<ClientConnection> opened)
    {
        var client = new ClientConnection(socket, wire, cut, limits, counters, time);
        _clients.TryAdd(client, 0);
        try
        {
            opened(client);
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                Dismiss(client);
            }

            await client.RunAsync();
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }

    private static void Dismiss(ClientConnection client) =>
        client.Close(WebSocketCloseStatus.EndpointUnavailable, "the server is shutting down");

    private void Watch()
    {
        foreach (var (client, _) in _clients)
        {
            client.Watch();
        }
    }

    /// <summary>1001, never 1000: some clients take 1000 to mean that they must not come again.</summary>
    private void SayGoodbye()
    {
        foreach (var (client, _) in _clients)
        {
            Dismiss(client);
        }
    }
}
