using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.History.Recording;

/// <summary>What was read of a recording.</summary>
public enum RecordedKind
{
    /// <summary>Nothing more is recorded yet.</summary>
    End,

    /// <summary>A process began with an empty market and new instruments.</summary>
    Begin,

    /// <summary>Events, in <see cref="RecordedMarket.Batch"/>.</summary>
    Batch,

    /// <summary>A command, in <see cref="RecordedMarket.Command"/>.</summary>
    Command,

    /// <summary>Something is missing: what follows is of no use before the next checkpoint.</summary>
    Hole,

    /// <summary>A checkpoint, in <see cref="RecordedMarket.Checkpoint"/>.</summary>
    Checkpoint,
}

/// <summary>Reads a recording, one thing after another. Not thread-safe; there may be many readers.</summary>
public sealed class RecordedMarket : IDisposable
{
    private readonly SegmentReader _reader;
    private readonly BatchDecoder _decoder = new();
    private byte[] _record = [];
    private int _at;
    private int _length;
    private bool _isDamaged;
    private (int From, InstrumentListing[] Listings) _head = (0, []);
    private RecordingCheckpoint? _waiting;
    private int _missingBooks;

    /// <summary>A reader from a position on.</summary>
    /// <param name="folder">The folder of the recording.</param>
    /// <param name="from">The position.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public RecordedMarket(string folder, long from) => _reader = new SegmentReader(folder, from, _ => _isDamaged = true);

    /// <summary>The instruments that the events are about. Another after each <see cref="RecordedKind.Begin"/>.</summary>
    public InstrumentCatalog Catalog { get; private set; } = new();

    /// <summary>The events that were read last; overwritten by the next.</summary>
    public EventBatch Batch { get; } = new();

    /// <summary>The command that was read last.</summary>
    public MarketCommand? Command { get; private set; }

    /// <summary>The checkpoint that was read last.</summary>
    public RecordingCheckpoint? Checkpoint { get; private set; }

    /// <summary>The time of the last event that was read.</summary>
    public Timestamp At => _decoder.At;

    /// <summary>Reads the next thing.</summary>
    /// <param name="until">The last position that is on the disk.</param>
    /// <exception cref="InvalidDataException">It is of a newer program.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public RecordedKind Read(long until = long.MaxValue)
    {
        while (true)
        {
            if (_at >= _length)
            {
                _reader.Until = until;
                if (!_reader.Read(out var record))
                {
                    return RecordedKind.End;
                }

                if (Take(record))
                {
                    _waiting = null;
                    return RecordedKind.Hole;
                }
            }
            else if (ReadItem() is { } kind)
            {
                return kind;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();

    /// <summary>Keeps a record to be read item by item. True when something is missing before it.</summary>
    private bool Take(in SegmentRecord record)
    {
        if (record.IsHead)
        {
            TakeHead(record.Payload);
            return false;
        }

        if (_record.Length < record.Payload.Length)
        {
            _record = new byte[Math.Max(record.Payload.Length, 64 * 1024)];
        }

        record.Payload.CopyTo(_record);
        (_at, _length) = (0, record.Payload.Length);
        _decoder.Begin();
        var wasDamaged = _isDamaged;
        _isDamaged = false;
        return wasDamaged;
    }

    private void TakeHead(ReadOnlySpan<byte> payload)
    {
        var source = new ByteSource(payload);
        var version = source.Byte();
        if (version != MarketRecording.Version)
        {
            throw new InvalidDataException(
                $"The recording was written in format {version}, and this version of omnibook reads format {MarketRecording.Version}. Run the newer version.");
        }

        _head = Listings(ref source);

        // The first file of a process is read before its Begin, which starts with other instruments.
        if (Catalog.Instruments.Count == 0)
        {
            Register(_head);
        }
    }

    /// <returns>Null when there is nothing to tell of it.</returns>
    private RecordedKind? ReadItem()
    {
        var source = new ByteSource(_record.AsSpan(_at, _length - _at));
        var kind = (ItemKind)source.Byte();
        var told = kind switch
        {
            ItemKind.Begin => Begin(),
            ItemKind.Instruments => Register(Listings(ref source)),
            ItemKind.Batch => ReadBatch(ref source),
            ItemKind.Hole => source.Number() > 0 ? RecordedKind.Hole : null,
            ItemKind.Checkpoint => BeginCheckpoint(ref source),
            ItemKind.Book => ReadBook(ref source),
            _ => ReadCommand(kind, ref source),
        };
        _at = _length - source.Left;
        return told;
    }

    private RecordedKind Begin()
    {
        Catalog = new InstrumentCatalog();
        Register(_head);
        return RecordedKind.Begin;
    }

    private RecordedKind ReadBatch(ref ByteSource source)
    {
        Batch.Clear();
        _decoder.Read(ref source, Batch);
        return RecordedKind.Batch;
    }

    private RecordedKind? BeginCheckpoint(ref ByteSource source)
    {
        var at = new Timestamp(source.Signed());
        var composites = new Composite[source.Count()];
        for (var i = 0; i < composites.Length; i++)
        {
            composites[i] = ReadComposite(ref source);
        }

        var beside = new long[source.Count()];
        for (var i = 0; i < beside.Length; i++)
        {
            beside[i] = source.Signed();
        }

        _missingBooks = (int)source.Number();
        _waiting = new RecordingCheckpoint(at, composites, new List<BookImage>(), beside);
        return EndCheckpoint();
    }

    private RecordedKind? ReadBook(ref ByteSource source)
    {
        var book = BookImageCode.Read(ref source, _decoder);
        if (_waiting is null)
        {
            return null;
        }

        ((List<BookImage>)_waiting.Books).Add(book);
        return EndCheckpoint();
    }

    private RecordedKind? EndCheckpoint()
    {
        if (_waiting!.Books.Count < _missingBooks)
        {
            return null;
        }

        (Checkpoint, _waiting) = (_waiting, null);
        return RecordedKind.Checkpoint;
    }

    private RecordedKind ReadCommand(ItemKind kind, ref ByteSource source)
    {
        Command = kind switch
        {
            ItemKind.Follow => new FollowCommand(ReadComposite(ref source)),
            ItemKind.BeginComparison => new BeginComparisonCommand(new InstrumentId((int)source.Number())),
            ItemKind.EndComparison => new EndComparisonCommand(new InstrumentId((int)source.Number())),
            ItemKind.Relist => ReadRelisting(ref source),
            ItemKind.Compare => ReadComparison(ref source),
            _ => throw new InvalidDataException($"There is nothing of kind {kind} in a recording."),
        };
        return RecordedKind.Command;
    }

    private RelistCommand ReadRelisting(ref ByteSource source)
    {
        var id = new InstrumentId((int)source.Number());
        Catalog.Relist(JournalHead.Listing(ref source));
        return new RelistCommand(id);
    }

    private CompareCommand ReadComparison(ref ByteSource source)
    {
        var (isWhole, snapshots) = (source.Byte() == 1, new EventBatch());
        _decoder.Read(ref source, snapshots);
        return new CompareCommand(snapshots, isWhole);
    }

    private Composite ReadComposite(ref ByteSource source)
    {
        var (name, members) = (source.Text(), new Instrument[source.Count()]);
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = Catalog[new InstrumentId((int)source.Number())];
        }

        return new Composite(name, members);
    }

    private static (int From, InstrumentListing[] Listings) Listings(ref ByteSource source)
    {
        var (from, listings) = ((int)source.Number(), new InstrumentListing[source.Count()]);
        for (var i = 0; i < listings.Length; i++)
        {
            listings[i] = JournalHead.Listing(ref source);
        }

        return (from, listings);
    }

    /// <summary>Instruments that are not those that are known are of another process, of which the begin is missing.</summary>
    private RecordedKind? Register((int From, InstrumentListing[] Listings) listed)
    {
        for (var i = 0; i < listed.Listings.Length; i++)
        {
            var listing = listed.Listings[i];
            if (listed.From + i < Catalog.Instruments.Count && Catalog.Instruments[listed.From + i] is var known && (known.Venue, known.Symbol) != (listing.Venue, listing.Symbol))
            {
                Catalog = new InstrumentCatalog();
                i = -1;
                continue;
            }

            // A venue that changed its decimals has two instruments of one symbol.
            if (listed.From + i >= Catalog.Instruments.Count && Catalog.TryFind(listing.Venue, listing.Symbol, out _))
            {
                Catalog.Relist(listing);
            }
            else
            {
                Catalog.Register(listing);
            }
        }

        return null;
    }
}
