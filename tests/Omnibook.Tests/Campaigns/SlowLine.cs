using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// A line between a client and a server on this machine, which can be made long, thin, grainy or stuck in the direction of the client, and
/// over which pings can be sent that the server knows nothing of. All of it can be changed while connections are open.
/// </summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<SlowConnection> _connections = new();
    private readonly int _target;
    private readonly Task _accepting;

    /// <param name="target">The server's port.</param>
    public SlowLine(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client connects to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How much later everything arrives.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many bytes a second fit; null for all.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Whether every byte is sent by itself.</summary>
    public bool SendsSingleBytes { get; set; }

    /// <summary>How many pings are put before each message.</summary>
    public int PingsPerMessage { get; set; }

    /// <summary>How many pongs the client has sent.</summary>
    public int Pongs => _connections.Sum(connection => connection.Pongs);

    /// <summary>The connections that are open, in the order in which they were made.</summary>
    public IReadOnlyList<SlowConnection> Connections => [.. _connections.Where(connection => !connection.HasEnded)];

    /// <summary>How many connections were ever made.</summary>
    public int Made => _connections.Count;

    /// <summary>Ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Select(connection => connection.Running));
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                _connections.Enqueue(new SlowConnection(this, client, _target, _ending.Token));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(_ending.IsCancellationRequested, stopped.Message);
        }
    }
}
