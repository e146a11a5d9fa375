using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omnibook.Tests.Server.Alerts.Webhooks;

/// <summary>A host that webhooks are posted to: answers what it is told to, and remembers what came.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public HookServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/hook");

    /// <summary>What is answered, of the number of the request from 0; null says nothing at all.</summary>
    public Func<int, string?> Answer { get; set; } = _ => "HTTP/1.1 204 No Content\r\n\r\n";

    /// <summary>Every request, head and body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        for (var number = 0; !_ending.IsCancellationRequested; number++)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                await ServeAsync(client.GetStream(), number);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or IOException)
            {
                continue;
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream, int number)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, _ending.Token);
            if (read == 0)
            {
                return;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        Requests.Enqueue(text.ToString());
        if (Answer(number) is { } answer)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _ending.Token);
        }
        else
        {
            // Until the client has enough of it.
            await stream.CopyToAsync(Stream.Null, _ending.Token);
        }
    }

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return head >= 0 && length is not null
            && request.Length - head - 4 >= int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
