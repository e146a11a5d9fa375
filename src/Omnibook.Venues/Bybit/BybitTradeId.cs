using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Bybit names a contract's trade by a UUID, the same on the socket (<c>i</c>) and over REST (<c>execId</c>); a market trade here has a
/// number. The number is made of the UUID's 128 bits, of which 122 are as good as random: among the hundred thousand newest
/// trades of an instrument, two different ones share a number once in a billion such sets.
/// </summary>
public static class BybitTradeId
{
    private const int UuidLength = 36;

    /// <summary>The number of a trade: never negative, the same for the same text.</summary>
    /// <param name="id">
    /// <c>20f43950-d8dd-5b31-9112-a178eb6023af</c>; where the venue counts (spot: <c>2100000000007764263</c>), the count itself.
    /// </param>
    public static long Of(ReadOnlySpan<byte> id)
    {
        if (id.Length == UuidLength && Utf8Parser.TryParse(id, out Guid uuid, out var consumed) && consumed == UuidLength)
        {
            return Fold(uuid);
        }

        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : Hash(id);
    }

    private static long Fold(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        var folded = BinaryPrimitives.ReadInt64BigEndian(bytes) ^ BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        return folded & long.MaxValue;
    }

    // FNV-1a in 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/.
    private static long Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return (long)(hash & long.MaxValue);
    }
}
