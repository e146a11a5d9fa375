using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;

namespace Omnibook.Server.Redis;

/// <summary>
/// One connection: commands go out together, replies come back in the same order. Whatever does not come in time ends the connection, since the
/// next reply would be taken for that of another command.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly RespReader _reader;
    private readonly TimeProvider _time;

    private RedisConnection(Socket socket, Stream stream, TimeProvider time) =>
        (_socket, _stream, _reader, _time) = (socket, stream, new RespReader(stream), time);

    /// <summary>Connects, encrypts, shows the password and selects the database.</summary>
    /// <exception cref="RedisRefusedException">Redis let us not in.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="SocketException">There was none.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var stream = await WithinAsync(time, token => ConnectAsync(socket, address, token), cancellationToken);
            var connection = new RedisConnection(socket, stream, time);
            await connection.IntroduceAsync(address, cancellationToken);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends commands and reads a reply to each, in order.</summary>
    /// <exception cref="TimeoutException">Not all replies came in time.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="RedisProtocolException">The replies make no sense.</exception>
    public Task<RespReply[]> AskAsync(RespWriter commands, CancellationToken cancellationToken) =>
        WithinAsync(_time, token => AskNowAsync(commands, token), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // At once: an orderly end of TLS would wait for the other side, which may be what hangs.
        _socket.Close(timeout: 0);
        await _stream.DisposeAsync();
    }

    private static async Task<Stream> ConnectAsync(Socket socket, RedisAddress address, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (!address.IsTls)
        {
            return plain;
        }

        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        return encrypted;
    }

    private async Task IntroduceAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        var commands = new RespWriter();
        if (address.Password is { } password)
        {
            commands.Command(address.User is { } user ? ["AUTH", user, password] : ["AUTH", password]);
        }

        if (address.Database != 0)
        {
            commands.Command("SELECT", address.Database.ToString(CultureInfo.InvariantCulture));
        }

        commands.Command("PING");
        foreach (var reply in await AskAsync(commands, cancellationToken))
        {
            if (reply.IsError)
            {
                throw new RedisRefusedException(reply.Text);
            }
        }
    }

    private async Task<RespReply[]> AskNowAsync(RespWriter commands, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(commands.Bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        var replies = new RespReply[commands.Commands];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = await _reader.ReadAsync(cancellationToken);
        }

        return replies;
    }

    private static async Task<T> WithinAsync<T>(TimeProvider time, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {Patience.TotalSeconds:0} s", late);
        }
    }
}
