using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.History.Database;

/// <summary>The journal of a folder as the database reads it. Of the database's own thread.</summary>
/// <param name="folder">The folder.</param>
/// <param name="durable">The last position that is on the disk.</param>
/// <param name="damaged">Told of what is lost.</param>
public sealed class JournalSource(string folder, Func<long> durable, Action<SegmentDamage>? damaged = null) : IHistorySource, IDisposable
{
    private JournalReader? _reader;
    private InstrumentCatalog _catalog = new();

    /// <inheritdoc />
    public long First => new SegmentFolder(folder).List() is [var oldest, ..] ? oldest.First : 0;

    /// <inheritdoc />
    public long Last => durable();

    /// <inheritdoc />
    public long Read(long from, long upTo, HistoryIntake intake, CancellationToken cancellation)
    {
        var until = Math.Min(upTo, Last);
        if (until < from)
        {
            return from;
        }

        var reader = ReaderFrom(from);
        reader.Until = until;
        var feed = new Feed(intake, reader, _catalog, until);
        while (!cancellation.IsCancellationRequested)
        {
            if (!reader.Read(feed))
            {
                return Math.Max(from, Math.Min(reader.Next, until + 1));
            }
        }

        return Math.Max(from, Math.Min(reader.Next, until + 1));
    }

    /// <inheritdoc />
    public void Dispose() => _reader?.Dispose();

    /// <summary>The one that went so far last time, or one that begins there.</summary>
    private JournalReader ReaderFrom(long from)
    {
        if (_reader is null || _reader.Next != from)
        {
            _reader?.Dispose();

            // Decimals that changed since belong to an instrument of their own.
            _catalog = new InstrumentCatalog();
            _reader = new JournalReader(folder, from, _catalog, damaged);
        }

        return _reader;
    }

    private sealed class Feed(HistoryIntake intake, JournalReader reader, InstrumentCatalog catalog, long until) : JournalObserver
    {
        public override void On(in Trade trade)
        {
            if (reader.Position <= until)
            {
                intake.Add(reader.Position, catalog[trade.Instrument], trade);
            }
        }

        public override void On(in Liquidation liquidation)
        {
            if (reader.Position <= until)
            {
                intake.Add(reader.Position, catalog[liquidation.Instrument], liquidation);
            }
        }

        public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
        {
            if (reader.Position <= until)
            {
                intake.Add(reader.Position, catalog[snapshot.Instrument], snapshot.Times.ReceivedAt, bids, asks);
            }
        }
    }
}
