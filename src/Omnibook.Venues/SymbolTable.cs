using System.Diagnostics.CodeAnalysis;
using System.Text;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues;

/// <summary>
/// Finds the instrument of a symbol as it stands in a frame, without making a string of it. Sessions ask it once a frame.
/// </summary>
public sealed class SymbolTable
{
    private readonly Func<string, Instrument?>? _unknown;
    private Entry[][] _buckets = new Entry[16][];
    private int _count;

    /// <summary>A table of the given instruments.</summary>
    /// <param name="instruments">Instruments of one venue.</param>
    /// <param name="unknown">Asked for a symbol that is not in the table; a replay registers instruments this way.</param>
    public SymbolTable(IEnumerable<Instrument> instruments, Func<string, Instrument?>? unknown = null)
    {
        _unknown = unknown;
        foreach (var instrument in instruments.Distinct())
        {
            Add(Encoding.UTF8.GetBytes(instrument.Listing.WireSymbol), instrument);
        }
    }

    /// <summary>Finds the instrument whose symbol is these UTF-8 bytes, letter case included.</summary>
    public bool TryFind(ReadOnlySpan<byte> symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        if (TryFindKnown(symbol, out instrument))
        {
            return true;
        }

        instrument = _unknown?.Invoke(Encoding.UTF8.GetString(symbol));
        if (instrument is null)
        {
            return false;
        }

        Add(symbol.ToArray(), instrument);
        return true;
    }

    /// <summary>Finds the instrument of a symbol that is in the table already; asks nobody.</summary>
    public bool TryFindKnown(ReadOnlySpan<byte> symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        var bucket = _buckets[Hash(symbol) & (uint)(_buckets.Length - 1)];
        if (bucket is not null)
        {
            foreach (ref readonly var entry in bucket.AsSpan())
            {
                if (symbol.SequenceEqual(entry.Symbol))
                {
                    instrument = entry.Instrument;
                    return true;
                }
            }
        }

        instrument = null;
        return false;
    }

    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: short keys, no seed needed, since the venue is not an attacker of hashes.
    private static uint Hash(ReadOnlySpan<byte> symbol)
    {
        var hash = 2166136261;
        foreach (var letter in symbol)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return hash;
    }

    private void Add(byte[] symbol, Instrument instrument)
    {
        if (++_count > _buckets.Length * 2)
        {
            Grow();
        }

        Insert(_buckets, new Entry(symbol, instrument));
    }

    private void Grow()
    {
        var larger = new Entry[_buckets.Length * 4][];
        foreach (var entry in _buckets.Where(bucket => bucket is not null).SelectMany(bucket => bucket))
        {
            Insert(larger, entry);
        }

        _buckets = larger;
    }

    private static void Insert(Entry[][] buckets, Entry entry)
    {
        ref var bucket = ref buckets[Hash(entry.Symbol) & (uint)(buckets.Length - 1)];
        bucket = bucket is null ? [entry] : [.. bucket, entry];
    }

    private readonly record struct Entry(byte[] Symbol, Instrument Instrument);
}
