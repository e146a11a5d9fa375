using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Omnibook.Tests.Campaigns;

/// <summary>One connection over a <see cref="SlowLine"/>.</summary>
internal sealed class SlowConnection
{
    /// <summary>Short, so that what does not fit stays with the server, as on a real line.</summary>
    private const int WaitingPieces = 256;

    private readonly SlowLine _line;
    private readonly WebSocketBoundaries _downward = new(hasHandshake: true);
    private readonly WebSocketBoundaries _upward = new(hasHandshake: true);
    private volatile bool _isClogged;

    public SlowConnection(SlowLine line, TcpClient client, int target, CancellationToken cancellationToken)
    {
        _line = line;
        Running = RunAsync(client, target, cancellationToken);
    }

    /// <summary>While set nothing passes, in neither direction, and nobody is told.</summary>
    public bool IsClogged { get => _isClogged; set => _isClogged = value; }

    /// <summary>How many pongs the client has sent.</summary>
    public int Pongs => _upward.Pongs;

    /// <summary>Ends when both sides have gone.</summary>
    public Task Running { get; }

    /// <summary>Whether it is over.</summary>
    public bool HasEnded => Running.IsCompleted;

    private async Task RunAsync(TcpClient client, int target, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, ended.Token);
            var pieces = Channel.CreateBounded<(byte[] Bytes, long At)>(WaitingPieces);
            Task[] directions =
            [
                UpAsync(near.GetStream(), far.GetStream(), ended.Token),
                TakeAsync(far.GetStream(), pieces.Writer, ended.Token),
                GiveAsync(pieces.Reader, near.GetStream(), ended.Token),
            ];
            await Task.WhenAny(directions);
            await ended.CancelAsync();
            await Task.WhenAll(directions);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ChannelClosedException)
        {
            // One of the two has gone: that is how a connection ends.
            await ended.CancelAsync();
        }
    }

    private async Task UpAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await WhileCloggedAsync(cancellationToken);
            _upward.Pass(buffer.AsSpan(0, read), pingsPerMessage: 0);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static async Task TakeAsync(NetworkStream from, ChannelWriter<(byte[] Bytes, long At)> pieces, CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await pieces.WriteAsync((buffer[..read], TimeProvider.System.GetTimestamp()), cancellationToken);
        }
    }

    private async Task GiveAsync(ChannelReader<(byte[] Bytes, long At)> pieces, NetworkStream to, CancellationToken cancellationToken)
    {
        await foreach (var (bytes, at) in pieces.ReadAllAsync(cancellationToken))
        {
            while (_line.Delay - TimeProvider.System.GetElapsedTime(at) is var rest && rest > TimeSpan.Zero)
            {
                var step = TimeSpan.FromMilliseconds(20);
                await Task.Delay(rest < step ? rest : step, TimeProvider.System, cancellationToken);
            }

            await WhileCloggedAsync(cancellationToken);
            await WriteAsync(_downward.Pass(bytes, _line.PingsPerMessage), to, cancellationToken);
        }
    }

    private async Task WriteAsync(byte[] bytes, NetworkStream to, CancellationToken cancellationToken)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var size = _line.SendsSingleBytes ? 1 : Math.Min(bytes.Length - at, _line.BytesPerSecond is { } most ? Math.Max(1, most / 20) : bytes.Length);
            await to.WriteAsync(bytes.AsMemory(at, size), cancellationToken);
            at += size;
            if (_line.BytesPerSecond is { } limit)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)size / limit), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task WhileCloggedAsync(CancellationToken cancellationToken)
    {
        while (IsClogged)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }
}
