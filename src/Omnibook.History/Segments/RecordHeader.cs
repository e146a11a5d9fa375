using System.Buffers.Binary;

namespace Omnibook.History.Segments;

/// <summary>What stands before the bytes of each record.</summary>
/// <remarks>
/// Little-endian: <c>magic u32 | length u32 | position i64 | count u32 | checksum u32 | payload</c>. The checksum covers everything before it and the
/// payload. The magic number is what a reader looks for after a damaged stretch.
/// </remarks>
/// <param name="Length">How many bytes the payload has.</param>
/// <param name="Position">The position of the first thing in it.</param>
/// <param name="Count">How many positions it covers; 0 for a head, which explains the records of its segment.</param>
internal readonly record struct RecordHeader(int Length, long Position, int Count)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 24;

    /// <summary>The largest payload. A longer one in a file is damage.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>The first bytes of every record, as they stand in a file.</summary>
    public static ReadOnlySpan<byte> Magic => [0xF7, (byte)'O', (byte)'b', 0x8D];

    private const int ChecksumAt = 20;

    /// <summary>Writes a header and its payload to the beginning of <paramref name="destination"/>.</summary>
    public static void Write(Span<byte> destination, long position, int count, ReadOnlySpan<byte> payload)
    {
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], position);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[ChecksumAt..], Crc32C.Of(destination[..ChecksumAt], payload));
        payload.CopyTo(destination[Size..]);
    }

    /// <summary>Reads a header of which the payload was not looked at yet.</summary>
    /// <returns>False when no record can begin like this.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = new RecordHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        return bytes.StartsWith(Magic) && header is { Length: >= 0 and <= MaxLength, Position: >= 0, Count: >= 0 };
    }

    /// <summary>Whether a whole record is as it was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record[ChecksumAt..]) == Crc32C.Of(record[..ChecksumAt], record[Size..]);
}
