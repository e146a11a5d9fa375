using System.Text;

namespace Omnibook.Server.Redis;

/// <summary>One reply.</summary>
/// <param name="Text">What it says: <c>OK</c>, a number, or for an error its words.</param>
/// <param name="IsError">Whether Redis refused the command.</param>
internal readonly record struct RespReply(string Text, bool IsError);

/// <summary>
/// Reads replies of one line: <c>+OK</c>, <c>:1</c>, <c>-WRONGTYPE …</c>. The commands that we send have no other, so that anything else is an
/// answer to somebody else's question, and ends the connection.
/// </summary>
/// <remarks>https://redis.io/docs/latest/develop/reference/protocol-spec/#resp-protocol-description</remarks>
internal sealed class RespReader(Stream stream)
{
    private const int LongestLine = 16 * 1024;
    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;

    /// <summary>The next reply, however it is torn on the way.</summary>
    /// <exception cref="RedisProtocolException">It is no reply of one line.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed.</exception>
    public async ValueTask<RespReply> ReadAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = LineLength()) < 0)
        {
            await FillAsync(cancellationToken);
        }

        var line = _buffer.AsSpan(_start, length);
        _start += length + 2;
        return Read(line);
    }

    private static RespReply Read(ReadOnlySpan<byte> line)
    {
        var text = line.Length > 1 ? Encoding.UTF8.GetString(line[1..]) : "";
        return (line.Length == 0 ? 0 : line[0]) switch
        {
            (byte)'+' or (byte)':' => new RespReply(text, IsError: false),
            (byte)'-' => new RespReply(text, IsError: true),
            _ => throw new RedisProtocolException("it answered something that is no reply of Redis to what was asked"),
        };
    }

    /// <summary>The length of the line that is there, without its end; -1 while it is not whole.</summary>
    private int LineLength() => _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            throw new RedisProtocolException($"it answered a line of more than {LongestLine} bytes");
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read > 0 ? read : throw new EndOfStreamException("it closed the connection");
    }
}

/// <summary>What answers is not Redis, or not in step with us any more.</summary>
internal sealed class RedisProtocolException(string message) : Exception(message);

/// <summary>Redis answered, and refused to let us in.</summary>
internal sealed class RedisRefusedException(string message) : Exception(message);
