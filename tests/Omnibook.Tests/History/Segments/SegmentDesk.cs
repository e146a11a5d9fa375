using System.Text;
using Omnibook.History.Segments;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History.Segments;

/// <summary>A log on a faulty disk, with a clock that stands still and records that say their position.</summary>
internal sealed class SegmentDesk : IAsyncDisposable
{
    private SegmentWriter? _writer;

    public ManualTimeProvider Time { get; } = new();

    public FaultyStorage Disk { get; } = new();

    public SegmentOptions Options { get; set; } = new();

    public List<SegmentDamage> Damage { get; } = [];

    public SegmentWriter Writer => _writer ??= new SegmentWriter(Disk, Options, Time, () => "head"u8.ToArray());

    /// <summary>Appends records, each of which is the text of its position, and brings them to the disk.</summary>
    public async Task WriteAsync(int records)
    {
        for (var i = 0; i < records; i++)
        {
            Append();
        }

        await Writer.FlushAsync();
    }

    public bool Append() => Writer.TryAppend(Encoding.ASCII.GetBytes($"record {Writer.NextPosition}"));

    /// <summary>Closes the writer and forgets it; the next use opens another.</summary>
    public async Task CloseAsync()
    {
        await Writer.DisposeAsync();
        _writer = null;
    }

    /// <summary>Lets time go by, so that the next record goes into another file.</summary>
    public async Task RollAsync(int records)
    {
        Time.Advance(Options.RollAfter);
        await WriteAsync(records);
    }

    /// <summary>Forgets the writer without closing it, as a killed process does.</summary>
    public void Kill() => _writer = null;

    /// <summary>Every position that a reader gets, each once and with its own text.</summary>
    public List<long> Read(long from = 0, long until = long.MaxValue)
    {
        Damage.Clear();
        using var reader = new SegmentReader(Disk, from, Damage.Add) { Until = until };
        return ReadOn(reader);
    }

    public static List<long> ReadOn(SegmentReader reader)
    {
        var positions = new List<long>();
        while (reader.Read(out var record))
        {
            Assert.Equal(record.IsHead ? "head" : $"record {record.Position}", Encoding.ASCII.GetString(record.Payload));
            if (!record.IsHead)
            {
                positions.Add(record.Position);
            }
        }

        return positions;
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }
}
