using Omnibook.Core.Instruments;
using Omnibook.History.Segments;

namespace Omnibook.History.Journal;

/// <summary>
/// Reads a journal in order, from any position, also while it is written: then <see cref="Until"/> is what is durable. Whatever is lost is told
/// and left out. Not thread-safe; there may be many readers.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly SegmentReader _segments;
    private readonly InstrumentCatalog _catalog;
    private readonly Action<SegmentDamage>? _damaged;
    private readonly long _from;
    private readonly JournalDecoder _decoder = new();
    private int _segment = -1;
    private long _record;

    /// <summary>A reader of the journal in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="from">The first position that is wanted; when it is no longer kept, the oldest that is.</param>
    /// <param name="catalog">Takes the instruments; those that it knows already keep their decimals, and amounts are told in them.</param>
    /// <param name="damaged">Told of everything that is lost, in order.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public JournalReader(string folder, long from, InstrumentCatalog catalog, Action<SegmentDamage>? damaged = null)
        : this(new SegmentReader(folder, from, damaged), from, catalog, damaged)
    {
    }

    internal JournalReader(SegmentReader segments, long from, InstrumentCatalog catalog, Action<SegmentDamage>? damaged) =>
        (_segments, _from, _catalog, _damaged) = (segments, from, catalog, damaged);

    /// <summary>Nothing behind this position is read.</summary>
    public long Until
    {
        get => _segments.Until;
        set => _segments.Until = value;
    }

    /// <summary>While events are given: the position of this one.</summary>
    public long Position => _record + _decoder.Given;

    /// <summary>The position after the last that was read; -1 before the first.</summary>
    public long Next => _segments.Next;

    /// <summary>Told of the head of each file. For whoever goes on where the journal ended.</summary>
    internal Action<JournalHead>? HeadRead { get; init; }

    /// <summary>Reads the next record and gives its events: some hundreds at most, where the market is busy.</summary>
    /// <returns>False when there is none now.</returns>
    /// <exception cref="JournalVersionException">The journal is of a newer version.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool Read(IJournalEvents events)
    {
        while (_segments.Read(out var record))
        {
            BeginSegment(record.Segment);
            if (!record.IsHead)
            {
                Give(record, events);
                return true;
            }

            TakeHead(record.Payload);
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _segments.Dispose();

    private void BeginSegment(int segment)
    {
        if (segment != _segment)
        {
            _segment = segment;
            _decoder.Instruments = [];
        }
    }

    private void TakeHead(ReadOnlySpan<byte> bytes)
    {
        var head = JournalHead.Of(bytes);
        var known = new ListedInstrument?[head.Entries.Count == 0 ? 0 : head.Entries.Max(entry => entry.Index) + 1];
        foreach (var entry in head.Entries)
        {
            if (entry.Index >= 0)
            {
                known[entry.Index] = new ListedInstrument(_catalog.Register(entry.Listing), entry.Listing);
            }
        }

        _decoder.Instruments = known;
        HeadRead?.Invoke(head);
    }

    private void Give(in SegmentRecord record, IJournalEvents events)
    {
        _record = record.Position;
        try
        {
            _decoder.Decode(record.Payload, (int)Math.Max(0, _from - record.Position), events);
        }
        catch (InvalidDataException)
        {
            _damaged?.Invoke(new SegmentDamage(
                SegmentLoss.Unreadable, _segments.File, 0, record.Payload.Length, Math.Max(_from, Position), record.Position + record.Count - 1));
        }
    }
}
