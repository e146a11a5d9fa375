using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Omnibook.Tests.Server.Streams;

/// <summary>A WebSocket client written by hand over a bare socket: it can misbehave in every way, and reads only when told to.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawClient(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    public static async Task<RawClient> ConnectAsync(Uri server, string path, int? receiveBuffer = null, string extraHeaders = "")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(server.Host, server.Port);
        var client = new RawClient(socket);
        await client._stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{extraHeaders}\r\n"));
        client.Status = await client.ReadHeadAsync();
        return client;
    }

    /// <summary>The bare socket, for those who read it themselves.</summary>
    public Socket Socket => _socket;

    /// <summary>The status line and headers of the answer to the handshake.</summary>
    public string Status { get; private set; } = string.Empty;

    public Task SendTextAsync(string text) => SendAsync(0x81, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends one masked frame (RFC 6455 section 5.3) with a mask of zeros, so the payload goes as it is.</summary>
    public async Task SendAsync(byte firstByte, byte[] payload)
    {
        var header = new byte[14];
        header[0] = firstByte;
        var length = 2;
        if (payload.Length <= 125)
        {
            header[1] = (byte)(0x80 | payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
            length = 4;
        }
        else
        {
            header[1] = 0x80 | 127;
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), payload.Length);
            length = 10;
        }

        await _stream.WriteAsync(header.AsMemory(0, length + 4));
        await _stream.WriteAsync(payload);
    }

    /// <summary>Reads the next frame of any kind.</summary>
    public async Task<RawFrame> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var head = await ReadExactlyAsync(2, limit.Token);
        long length = head[1] & 0x7F;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2, limit.Token));
        }
        else if (length == 127)
        {
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8, limit.Token));
        }

        return new RawFrame(head[0], await ReadExactlyAsync((int)length, limit.Token));
    }

    /// <summary>Reads until a text frame comes.</summary>
    public async Task<string> ReadTextAsync()
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.IsText)
            {
                return frame.Text;
            }
        }
    }

    /// <summary>Reads until the server closes, and gives its code and reason.</summary>
    public async Task<(int Code, string Reason)> ReadCloseAsync()
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.IsClose)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(frame.Payload), Encoding.UTF8.GetString(frame.Payload.AsSpan(2)));
            }
        }
    }

    /// <summary>True when the server ends the connection without another byte.</summary>
    public async Task<bool> IsCutAsync()
    {
        try
        {
            return await _stream.ReadAsync(new byte[1]) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadExactlyAsync(1, CancellationToken.None))[0]);
        }

        return head.ToString();
    }
}

/// <summary>A frame as it came over the wire.</summary>
internal sealed record RawFrame(byte FirstByte, byte[] Payload)
{
    public bool IsText => FirstByte == 0x81;

    public bool IsClose => FirstByte == 0x88;

    public bool IsPing => FirstByte == 0x89;

    public string Text => Encoding.UTF8.GetString(Payload);
}
