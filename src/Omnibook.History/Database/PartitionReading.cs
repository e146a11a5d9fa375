using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Takes some rows of a result.</summary>
internal delegate void ChunkReader(DuckDbChunk chunk);

/// <summary>What one partition has of one instrument, under one of its listings.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Stored">How the partition knows it.</param>
/// <param name="Units">Turns its amounts into those of now.</param>
internal readonly record struct PartitionShare(HistoryPartition Partition, IndexedInstrument Stored, Units Units);

/// <summary>Reads the partitions for one question, one after the other.</summary>
/// <param name="connection">The question's own connection.</param>
/// <param name="partitions">What it may read.</param>
/// <param name="report">Told of what cannot be read.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class PartitionReading(
    DuckDbConnection connection, HistoryPartition[] partitions, Action<HistoryPartition, DuckDbException> report, CancellationToken cancellation)
{
    /// <summary>What the partitions have of an instrument, in the order of positions.</summary>
    public IEnumerable<PartitionShare> SharesOf(Instrument instrument) =>
        from partition in partitions
        from stored in partition.Index.Instruments
        where stored.Is(instrument)
        select new PartitionShare(partition, stored, new Units(stored, instrument));

    /// <summary>Runs a statement on a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="sql">The statement; its parameters are numbers.</param>
    /// <param name="parameters">The numbers.</param>
    /// <param name="read">Takes the rows.</param>
    public void Read(HistoryPartition partition, string sql, ReadOnlySpan<long> parameters, ChunkReader read)
    {
        try
        {
            using var statement = connection.Prepare(sql);
            for (var i = 0; i < parameters.Length; i++)
            {
                statement.Bind(i + 1, parameters[i]);
            }

            using var result = statement.Run(cancellation);
            while (result.Next() is { } chunk)
            {
                read(chunk);
            }
        }
        catch (DuckDbException exception)
        {
            report(partition, exception);
            throw;
        }
    }
}
