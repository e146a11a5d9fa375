using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>What was received in one hour, in a file of its own: it can be dropped, damaged or rebuilt without the others.</summary>
/// <param name="alias">By which name it is attached.</param>
/// <param name="path">Its file.</param>
/// <param name="file">What the file's name says.</param>
internal sealed class HistoryPartition(string alias, string path, PartitionFile file)
{
    private PartitionIndex _index = new(file.First, file.First - 1, []);
    private int _readers;

    /// <summary>By which name it is attached.</summary>
    public string Alias => alias;

    /// <summary>Its file.</summary>
    public string Path => path;

    /// <summary>The hour whose events it has, by when they were received, counted since 1970.</summary>
    public long Hour => file.Hour;

    /// <summary>Whether it may grow. If not, it is sorted and has its trades added up by the minute.</summary>
    public bool IsLive => file.IsLive;

    /// <summary>What it holds, from any thread.</summary>
    public PartitionIndex Index
    {
        get => Volatile.Read(ref _index);
        set => Volatile.Write(ref _index, value);
    }

    /// <summary>How many questions are reading it.</summary>
    public int Readers => Volatile.Read(ref _readers);

    /// <summary>Whether something in it turned out to be damaged.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Somebody begins to read.</summary>
    public void Enter() => Interlocked.Increment(ref _readers);

    /// <summary>Somebody has read.</summary>
    public void Leave() => Interlocked.Decrement(ref _readers);

    /// <summary>Reads what it holds out of its tables.</summary>
    /// <exception cref="DuckDbException">It is damaged, or not one of ours.</exception>
    public void LoadIndex(DuckDbConnection connection)
    {
        if (connection.Number($"SELECT version FROM {alias}.format") is var version && version != PartitionSchema.Version)
        {
            throw new DuckDbException(0, $"it is of version {version}, and this is version {PartitionSchema.Version}");
        }

        var first = connection.Number($"SELECT min(first_position) FROM {alias}.covered") ?? file.First;
        var last = connection.Number($"SELECT max(last_position) FROM {alias}.covered") ?? file.First - 1;
        using var statement = connection.Prepare(
            $"""
            SELECT id, venue, symbol, price_decimals, quantity_decimals, coalesce(t.first_at, 0), coalesce(t.last_at, 0), coalesce(t.events, 0),
                coalesce(l.first_at, 0), coalesce(l.last_at, 0), coalesce(l.events, 0), coalesce(n.is_narrow::BIGINT, 0)
            FROM {alias}.instruments LEFT JOIN ({(IsLive ? "SELECT 0 AS whose, false AS is_narrow" : PartitionSchema.Narrow(alias))}) AS n ON n.whose = id LEFT JOIN ({Spans("trades")}) AS t ON t.instrument = id LEFT JOIN ({Spans("liquidations")}) AS l ON l.instrument = id
            ORDER BY id
            """);
        using var result = statement.Run(CancellationToken.None);
        var instruments = new List<IndexedInstrument>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                instruments.Add(Read(chunk, row));
            }
        }

        Index = new PartitionIndex(first, last, instruments);
    }

    private string Spans(string table) =>
        $"SELECT instrument, min(at_ms * 1000000 + at_rest) AS first_at, max(at_ms * 1000000 + at_rest) AS last_at, count(*) AS events FROM {alias}.{table} GROUP BY instrument";

    private static IndexedInstrument Read(DuckDbChunk chunk, int row) => new(
        chunk.Numbers(0)[row],
        new VenueId(chunk.Text(1, row)),
        chunk.Text(2, row),
        new Scale((int)chunk.Numbers(3)[row]),
        new Scale((int)chunk.Numbers(4)[row]))
    {
        Span = ReadSpan(chunk, row, 5),
        Liquidations = ReadSpan(chunk, row, 8),
        IsNarrow = chunk.Numbers(11)[row] == 1,
    };

    private static EventSpan ReadSpan(DuckDbChunk chunk, int row, int column) => chunk.Numbers(column + 2)[row] is > 0 and var count
        ? new EventSpan(chunk.Numbers(column)[row], chunk.Numbers(column + 1)[row], count)
        : EventSpan.None;
}
