using System.Buffers;
using System.Security.Cryptography;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>
/// The fingerprint of a whole book: SHA-256 over one line a level, <c>b 61659.7 1.486</c> for every bid and then
/// <c>a 61659.8 0.981</c> for every ask, best first, shortest exact decimals, joined by line feeds with none at the end.
/// </summary>
public static class BookDigest
{
    /// <summary>A side letter, two amounts, two blanks and a line feed.</summary>
    private const int MaxLineLength = 2 * AmountText.MaxLength + 4;

    /// <summary>The fingerprint of a book, in lower-case hexadecimal.</summary>
    public static string Of(OrderBook book)
    {
        var levels = ArrayPool<Level>.Shared.Rent(book.Bids.Count + book.Asks.Count);
        try
        {
            var bids = book.Bids.CopyTo(levels);
            var asks = book.Asks.CopyTo(levels.AsSpan(bids));
            return Of(
                levels.AsSpan(0, bids), levels.AsSpan(bids, asks), book.Instrument.PriceScale, book.Instrument.QuantityScale);
        }
        finally
        {
            ArrayPool<Level>.Shared.Return(levels);
        }
    }

    /// <summary>The fingerprint of levels that are given best first, in lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, Scale priceScale, Scale quantityScale)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isFirst = true;
        Append(hash, (byte)'b', bids, priceScale, quantityScale, ref isFirst);
        Append(hash, (byte)'a', asks, priceScale, quantityScale, ref isFirst);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }

    private static void Append(
        IncrementalHash hash, byte side, ReadOnlySpan<Level> levels, Scale priceScale, Scale quantityScale, ref bool isFirst)
    {
        Span<byte> line = stackalloc byte[MaxLineLength];
        foreach (ref readonly var level in levels)
        {
            var length = 0;
            if (!isFirst)
            {
                line[length++] = (byte)'\n';
            }

            isFirst = false;
            line[length++] = side;
            line[length++] = (byte)' ';
            length += priceScale.Format(level.Price.Units, line[length..]);
            line[length++] = (byte)' ';
            length += quantityScale.Format(level.Quantity.Units, line[length..]);
            hash.AppendData(line[..length]);
        }
    }
}
