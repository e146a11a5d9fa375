using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.History.Recording;

/// <summary>
/// Writes down everything that is done to a market, in order, so that the same market can be had again. Every file begins with the instruments,
/// and soon after with a checkpoint, so that a replay can begin there. Of one thread, but for what says otherwise.
/// </summary>
public sealed class MarketRecording : IAsyncDisposable
{
    /// <summary>The version of the format.</summary>
    internal const int Version = 1;

    /// <summary>A record is ended at this size: it is what one flipped bit costs.</summary>
    private const int RecordBytes = 32 * 1024;

    private readonly InstrumentCatalog _catalog;
    private readonly SegmentWriter _segments;
    private readonly ByteSink _sink = new();
    private readonly BatchEncoder _encoder;
    private int _listed;
    private int _files;

    /// <summary>Goes on in a folder, in a new file, with a market in which nothing has happened yet.</summary>
    /// <param name="folder">The folder; made when it is not there. Of one writer at a time.</param>
    /// <param name="options">How long and how much is kept, and how often a new file begins.</param>
    /// <param name="catalog">The market's instruments.</param>
    /// <param name="time">Our clock.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public MarketRecording(string folder, SegmentOptions options, InstrumentCatalog catalog, TimeProvider time)
    {
        (_catalog, _encoder, Folder) = (catalog, new BatchEncoder(_sink), folder);
        _segments = new SegmentWriter(folder, options, time, Head);
        _sink.Byte((int)ItemKind.Begin);
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>How the disk is doing. From any thread.</summary>
    public SegmentHealth Health => _segments.Health;

    /// <summary>Up to here it can be read. From any thread.</summary>
    public long DurablePosition => _segments.DurablePosition;

    /// <summary>How many files were begun: with each a checkpoint is wanted. From any thread.</summary>
    public int Files => Volatile.Read(ref _files);

    /// <summary>Events were applied together.</summary>
    public void Write(EventBatch batch)
    {
        WriteInstruments();
        _sink.Byte((int)ItemKind.Batch);
        _encoder.Write(batch);
        EndWhenLarge();
    }

    /// <summary>A command was given.</summary>
    public void Write(MarketCommand command)
    {
        WriteInstruments();
        switch (command)
        {
            case FollowCommand follow:
                _sink.Byte((int)ItemKind.Follow);
                Write(follow.Composite);
                break;
            case RelistCommand relist:
                _sink.Byte((int)ItemKind.Relist);
                _sink.Number((ulong)relist.Instrument.Index);
                JournalHead.Write(_sink, _catalog[relist.Instrument].Listing);
                break;
            case BeginComparisonCommand begin:
                _sink.Byte((int)ItemKind.BeginComparison);
                _sink.Number((ulong)begin.Instrument.Index);
                break;
            case EndComparisonCommand end:
                _sink.Byte((int)ItemKind.EndComparison);
                _sink.Number((ulong)end.Instrument.Index);
                break;
            case CompareCommand compare:
                _sink.Byte((int)ItemKind.Compare);
                _sink.Byte(compare.IsWhole ? 1 : 0);
                _encoder.Write(compare.Snapshots);
                break;
            default:
                throw new ArgumentException($"{command.GetType().Name} cannot be recorded.", nameof(command));
        }

        EndWhenLarge();
    }

    /// <summary>So many things were not recorded: what follows is of no use before the next checkpoint.</summary>
    public void WriteHole(long count)
    {
        _sink.Byte((int)ItemKind.Hole);
        _sink.Number((ulong)count);
        EndWhenLarge();
    }

    /// <summary>The market as it is now.</summary>
    public void Write(RecordingCheckpoint checkpoint)
    {
        // All of them again: those that are told once may be in a hole.
        _listed = 0;
        WriteInstruments();
        _sink.Byte((int)ItemKind.Checkpoint);
        _sink.Signed(checkpoint.At.Nanoseconds);
        _sink.Number((ulong)checkpoint.Composites.Count);
        foreach (var composite in checkpoint.Composites)
        {
            Write(composite);
        }

        _sink.Number((ulong)checkpoint.Beside.Count);
        foreach (var number in checkpoint.Beside)
        {
            _sink.Signed(number);
        }

        _sink.Number((ulong)checkpoint.Books.Count);
        foreach (var book in checkpoint.Books)
        {
            EndWhenLarge();
            _sink.Byte((int)ItemKind.Book);
            BookImageCode.Write(_sink, _encoder, book);
        }

        End();
    }

    /// <summary>Hands over what was written.</summary>
    public void End()
    {
        if (_sink.Length > 0)
        {
            // A record that is lost because the disk does not keep up is a missing position, which readers take for a hole.
            _segments.TryAppend(_sink.Written);
            _sink.Clear();
            _encoder.Begin();
        }
    }

    /// <summary>Takes back what was not handed over yet, because it could not be written whole.</summary>
    public void Abandon()
    {
        _sink.Clear();
        _encoder.Begin();
        WriteHole(1);
    }

    /// <summary>Returns when everything handed over is on the disk, or was tried and failed. From any thread.</summary>
    public Task FlushAsync() => _segments.FlushAsync();

    /// <summary>Writes what waits, and closes the files.</summary>
    public ValueTask DisposeAsync()
    {
        End();
        return _segments.DisposeAsync();
    }

    private void EndWhenLarge()
    {
        if (_sink.Length >= RecordBytes)
        {
            End();
        }
    }

    private void WriteInstruments()
    {
        var instruments = _catalog.Instruments;
        if (_listed < instruments.Count)
        {
            _sink.Byte((int)ItemKind.Instruments);
            Write(_sink, instruments, _listed);
            _listed = instruments.Count;
        }
    }

    private void Write(Composite composite)
    {
        _sink.Text(composite.Name);
        _sink.Number((ulong)composite.Members.Count);
        foreach (var member in composite.Members)
        {
            _sink.Number((ulong)member.Id.Index);
        }
    }

    private static void Write(ByteSink sink, IReadOnlyList<Instrument> instruments, int from)
    {
        sink.Number((ulong)from);
        sink.Number((ulong)(instruments.Count - from));
        for (var i = from; i < instruments.Count; i++)
        {
            JournalHead.Write(sink, instruments[i].Listing);
        }
    }

    /// <summary>On the thread of the segments.</summary>
    private byte[] Head()
    {
        Interlocked.Increment(ref _files);
        var sink = new ByteSink();
        sink.Byte(Version);
        Write(sink, _catalog.Instruments, 0);
        return sink.Written.ToArray();
    }
}
