using System.Buffers.Binary;

namespace Omnibook.Server.Streams;

/// <summary>
/// A text message rendered once and shared by everybody who gets it: pooled bytes that are given back when the last reader lets go.
/// The WebSocket header stands in front of the text, so that nobody has to frame it again.
/// </summary>
/// <remarks>
/// Header of an unmasked, unfragmented text frame, RFC 6455 section 5.2: <c>81</c>, then the length in 1, 3 or 9 bytes.
/// </remarks>
internal sealed class Frame
{
    /// <summary>Room kept in front of the text for the largest header.</summary>
    public const int HeadRoom = 10;

    private const byte FinalText = 0x81;
    private readonly FramePool _pool;
    private byte[] _buffer;
    private int _start;
    private int _length;
    private int _readers;

    /// <summary>Creates an empty frame that goes back to <paramref name="pool"/>.</summary>
    public Frame(FramePool pool, int capacity)
    {
        _pool = pool;
        _buffer = GC.AllocateUninitializedArray<byte>(HeadRoom + capacity);
    }

    /// <summary>The text, UTF-8.</summary>
    public ReadOnlyMemory<byte> Text => _buffer.AsMemory(HeadRoom, _length);

    /// <summary>Header and text, as they go over the wire.</summary>
    public ReadOnlyMemory<byte> Framed => _buffer.AsMemory(_start, HeadRoom - _start + _length);

    /// <summary>How many bytes the text has.</summary>
    public int Length => _length;

    /// <summary>How much it matters, in units of its topic; followers may ask for what matters enough. The most, where nobody says.</summary>
    public long Worth { get; private set; } = long.MaxValue;

    /// <summary>The bytes behind the frame, for its writer alone.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>Keeps the frame for one more reader.</summary>
    public Frame Share()
    {
        Interlocked.Increment(ref _readers);
        return this;
    }

    /// <summary>Lets go. The last reader gives the bytes back, and must not touch the frame again.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _readers) == 0)
        {
            _pool.Return(this);
        }
    }

    /// <summary>Makes room for at least <paramref name="capacity"/> bytes of text, keeping what is written.</summary>
    internal byte[] Grow(int written, int capacity)
    {
        var larger = GC.AllocateUninitializedArray<byte>(HeadRoom + Math.Max(capacity, _buffer.Length * 2));
        _buffer.AsSpan(0, HeadRoom + written).CopyTo(larger);
        return _buffer = larger;
    }

    /// <summary>Fixes the text, its header and its worth. The caller is the first reader.</summary>
    internal void Seal(int length, long worth)
    {
        (_length, Worth) = (length, worth);
        _readers = 1;
        var header = _buffer.AsSpan(0, HeadRoom);
        if (length <= 125)
        {
            _start = HeadRoom - 2;
            header[_start + 1] = (byte)length;
        }
        else if (length <= ushort.MaxValue)
        {
            _start = HeadRoom - 4;
            header[_start + 1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[(_start + 2)..], (ushort)length);
        }
        else
        {
            _start = HeadRoom - 10;
            header[_start + 1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(header[(_start + 2)..], length);
        }

        header[_start] = FinalText;
    }
}
