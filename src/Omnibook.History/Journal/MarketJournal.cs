using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.History.Segments;

namespace Omnibook.History.Journal;

/// <summary>
/// Keeps what a market accepted, on disk, in order, each event at its own position. Appending puts it into bytes in memory and never waits.
/// From any thread.
/// </summary>
public sealed class MarketJournal : IAsyncDisposable
{
    private readonly InstrumentCatalog _catalog;
    private readonly JournalOptions _options;
    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly JournalEncoder _encoder;
    private readonly SegmentWriter _segments;
    private readonly LastTrades _last = new();
    private int _named;

    /// <summary>Opens the journal in a folder, and goes on where it ended.</summary>
    /// <param name="folder">The folder; made when it is not there. Of one journal at a time.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="catalog">The instruments of the events. It may grow.</param>
    /// <param name="time">Our clock.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="JournalVersionException">What is in it is of a newer version.</exception>
    public MarketJournal(string folder, JournalOptions options, InstrumentCatalog catalog, TimeProvider time)
    {
        (_folder, _options, _catalog) = (folder, options, catalog);
        _encoder = new JournalEncoder(catalog);
        _segments = new SegmentWriter(folder, options.Segments, time, Head) { Gathering = EndRecord };
        ReadTail();
        if (options.Segments.Retention is { } retention)
        {
            Tail.ForgetBefore(Timestamp.From(time.GetUtcNow() - retention));
        }
    }

    /// <summary>Which trades were seen before this journal was opened.</summary>
    public JournalTail Tail { get; } = new();

    /// <summary>The position of the event that was appended last; -1 when there never was one.</summary>
    public long Position
    {
        get
        {
            lock (_gate)
            {
                return _segments.AppendedPosition + _encoder.Count;
            }
        }
    }

    /// <summary>Up to here everything is on the disk, except what <see cref="SegmentHealth.Lost"/> counts.</summary>
    public long DurablePosition => _segments.DurablePosition;

    /// <summary>How it is doing.</summary>
    public SegmentHealth Health => _segments.Health;

    /// <summary>How many bytes wait for the disk.</summary>
    public long WaitingBytes => _segments.WaitingBytes;

    /// <summary>What an earlier process had not finished, and was cut.</summary>
    public IReadOnlyList<SegmentDamage> Recovered => _segments.Recovered;

    /// <summary>Where it is.</summary>
    public string Folder => _folder;

    /// <summary>Appends what changed in a market: trades, liquidations, marks, funding, open interest, news. Allocates nothing.</summary>
    public void Append(MarketChanges changes)
    {
        lock (_gate)
        {
            var before = _encoder.Count;
            AppendTrades(changes.Trades);
            for (var i = 0; i < changes.Liquidations.Count; i++)
            {
                _encoder.On(changes.Liquidations[i]);
            }

            AppendDerived(changes);
            AppendUnfollowed(changes.Statuses);
            EndIfLong();
            WakeFor(before);
        }
    }

    /// <summary>Appends a book as it was at a full minute.</summary>
    public void Append(OrderBook book, Timestamp minute)
    {
        var size = _options.BookDepth;
        var levels = System.Buffers.ArrayPool<Level>.Shared.Rent(2 * size);
        var bids = book.Bids.CopyTo(levels.AsSpan(0, size));
        var asks = book.Asks.CopyTo(levels.AsSpan(size, size));
        lock (_gate)
        {
            _encoder.On(new BookSnapshot(book.Instrument.Id, book.Sequence, new EventTimes(minute, minute)), levels.AsSpan(0, bids), levels.AsSpan(size, asks));
            EndIfLong();
            _segments.Wake();
        }

        System.Buffers.ArrayPool<Level>.Shared.Return(levels);
    }

    /// <summary>Appends that trades are missing for good.</summary>
    public void Append(MissingTrades missing)
    {
        lock (_gate)
        {
            _encoder.On(missing);
            _segments.Wake();
        }
    }

    /// <summary>Appends that trades may be missing after one, and are going to be fetched: until <see cref="AppendSettled"/> a restart fetches them again.</summary>
    public void AppendUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at)
    {
        lock (_gate)
        {
            _encoder.OnUnsettled(instrument, last, at);
            _segments.Wake();
        }
    }

    /// <summary>Appends that everything that may have been missing was fetched, or is missing for good.</summary>
    public void AppendSettled(InstrumentId instrument, Timestamp at)
    {
        lock (_gate)
        {
            _encoder.OnSettled(instrument, at);
            _segments.Wake();
        }
    }

    /// <summary>Returns when everything appended before is durable, or was tried and failed: <see cref="DurablePosition"/> tells.</summary>
    public Task FlushAsync() => _segments.FlushAsync();

    /// <summary>Writes what waits, if the disk lets it, and closes the files.</summary>
    public ValueTask DisposeAsync() => _segments.DisposeAsync();

    private void AppendTrades(IReadOnlyList<Trade> trades)
    {
        for (var i = 0; i < trades.Count; i++)
        {
            var trade = trades[i];
            _encoder.On(trade);
            _last.Note(trade);
            EndIfLong();
        }
    }

    private void AppendDerived(MarketChanges changes)
    {
        for (var i = 0; i < changes.Marks.Count; i++)
        {
            _encoder.On(changes.Marks[i]);
        }

        for (var i = 0; i < changes.Fundings.Count; i++)
        {
            _encoder.On(changes.Fundings[i]);
        }

        for (var i = 0; i < changes.OpenInterests.Count; i++)
        {
            _encoder.On(changes.OpenInterests[i]);
        }

        for (var i = 0; i < changes.News.Count; i++)
        {
            _encoder.On(changes.News[i]);
        }
    }

    private void AppendUnfollowed(IReadOnlyList<BookStatusChange> statuses)
    {
        for (var i = 0; i < statuses.Count; i++)
        {
            if (statuses[i] is { Now: { State: BookState.Disabled, Reason: StatusReasons.NotFollowed } now } change)
            {
                _encoder.OnUnfollowed(change.Instrument, now.Since);
                _last.Forget(change.Instrument);
            }
        }
    }

    private void WakeFor(int before)
    {
        if (_encoder.Count != before)
        {
            _segments.Wake();
        }
    }

    private void EndIfLong()
    {
        if (_encoder.Length >= _options.RecordBytes)
        {
            EndRecord();
        }
    }

    /// <summary>Hands the record on, behind a head if it is the first that may be of a new instrument.</summary>
    private void EndRecord()
    {
        lock (_gate)
        {
            if (_encoder.Count == 0)
            {
                return;
            }

            if (TryName())
            {
                _segments.TryAppend(_encoder.Written, _encoder.Count);
            }
            else
            {
                _segments.Skip(_encoder.Count);
            }

            _encoder.Clear();
        }
    }

    /// <summary>Writes a head, twice, when the catalog has grown: a flipped bit must not make a new instrument's records unreadable.</summary>
    private bool TryName()
    {
        var known = _catalog.Instruments.Count;
        if (known == _named)
        {
            return true;
        }

        var head = Head();
        if (!_segments.TryAppend(head, 0))
        {
            return false;
        }

        _segments.TryAppend(head, 0);
        _named = known;
        return true;
    }

    private byte[] Head()
    {
        lock (_gate)
        {
            var entries = _catalog.Instruments.Select(instrument => new JournalHead.Entry(instrument.Id.Index, instrument.Listing, _last.Of(instrument.Id)));
            return new JournalHead([.. entries, .. Tail.Left()]).ToBytes();
        }
    }

    /// <summary>Damage is no matter here: whoever reads the journal tells of it.</summary>
    private void ReadTail()
    {
        var catalog = new InstrumentCatalog();
        var from = Math.Max(0, _segments.DurablePosition - _options.RememberedEvents);
        using var reader = new JournalReader(_folder, from, catalog) { HeadRead = Tail.Note, Until = _segments.DurablePosition };
        Tail.Read(reader, catalog);
    }
}
