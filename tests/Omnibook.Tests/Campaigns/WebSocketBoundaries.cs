namespace Omnibook.Tests.Campaigns;

/// <summary>
/// Follows the bytes of one direction of a WebSocket, so that pings can be put between two frames and pongs be counted.
/// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
/// </summary>
/// <param name="hasHandshake">Whether an HTTP head comes first, which ends with an empty line.</param>
internal sealed class WebSocketBoundaries(bool hasHandshake)
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] EmptyPing = [0x89, 0x00];

    private readonly List<byte> _header = [];
    private int _matched;
    private bool _isHead = hasHandshake;
    private long _payload;
    private int _pongs;

    /// <summary>How many pongs have passed.</summary>
    public int Pongs => Volatile.Read(ref _pongs);

    /// <summary>Passes bytes on, with empty pings before the first byte of each frame.</summary>
    public byte[] Pass(ReadOnlySpan<byte> bytes, int pingsPerMessage)
    {
        var passed = new List<byte>(bytes.Length);
        foreach (var one in bytes)
        {
            if (!_isHead && _payload == 0 && _header.Count == 0)
            {
                for (var ping = 0; ping < pingsPerMessage; ping++)
                {
                    passed.AddRange(EmptyPing);
                }
            }

            passed.Add(one);
            Follow(one);
        }

        return [.. passed];
    }

    private void Follow(byte one)
    {
        if (_isHead)
        {
            _matched = one == EndOfHead[_matched] ? _matched + 1 : one == EndOfHead[0] ? 1 : 0;
            _isHead = _matched < EndOfHead.Length;
        }
        else if (_payload > 0)
        {
            _payload--;
        }
        else
        {
            _header.Add(one);
            TakeHeader();
        }
    }

    private void TakeHeader()
    {
        if (_header.Count < 2)
        {
            return;
        }

        var (length, isMasked) = (_header[1] & 0x7f, (_header[1] & 0x80) != 0);
        var extended = length switch { 126 => 2, 127 => 8, _ => 0 };
        if (_header.Count < 2 + extended + (isMasked ? 4 : 0))
        {
            return;
        }

        _payload = extended == 0 ? length : _header.Skip(2).Take(extended).Aggregate(0L, (sum, one) => (sum << 8) | one);
        if ((_header[0] & 0x0f) == 0xa)
        {
            Interlocked.Increment(ref _pongs);
        }

        _header.Clear();
    }
}
