using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Omnibook.Tests.Server.Security;

/// <summary>A client that sends whatever bytes a test wants.</summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawHttp(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        return new RawHttp(client);
    }

    public ValueTask SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a request and reads the status of the answer; 0 when the connection was closed without one.</summary>
    public async Task<int> AskAsync(string request)
    {
        try
        {
            await SendAsync(request);
        }
        catch (IOException)
        {
            // Closed while we still wrote; what it answered can be read all the same.
        }

        return StatusOf(await ReadLineAsync());
    }

    /// <summary>Everything until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await _stream.ReadAsync(buffer, patience.Token)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            return text.ToString(); // Reset: as closed as can be.
        }

        return text.ToString();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var (line, one) = (new StringBuilder(), new byte[1]);
        try
        {
            while (await _stream.ReadAsync(one, patience.Token) > 0 && one[0] != '\n')
            {
                line.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
            return line.ToString(); // Reset.
        }

        return line.ToString();
    }

    /// <summary><c>HTTP/1.1 400 Bad Request</c></summary>
    private static int StatusOf(string line) =>
        line.Split(' ') is [_, var status, ..] && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
