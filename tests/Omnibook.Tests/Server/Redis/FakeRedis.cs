using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omnibook.Tests.Server.Redis;

/// <summary>Something at a port that answers what a test wants, in the pieces that it wants.</summary>
internal sealed class FakeRedis : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _answers = new();

    public FakeRedis(params string[] answers)
    {
        _listener.Start();
        Answer(answers);
        _ = AcceptAsync();
    }

    public string Url => $"redis://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What is answered to each piece that comes, in order; <c>|</c> is where an answer is torn, <c>!</c> ends the connection.
    /// When there is none left, every command is answered +OK.</summary>
    public void Answer(params string[] answers) => Array.ForEach(answers, _answers.Enqueue);

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return; // The test is over.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var (stream, buffer) = (client.GetStream(), new byte[64 * 1024]);
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var commands = Encoding.UTF8.GetString(buffer, 0, read).Split("\r\n").Count(line => line.StartsWith('*'));
            var answer = _answers.TryDequeue(out var own) ? own : string.Concat(Enumerable.Repeat("+OK\r\n", commands));
            foreach (var piece in answer.TrimEnd('!').Split('|'))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            if (answer.EndsWith('!'))
            {
                return;
            }
        }
    }
}
