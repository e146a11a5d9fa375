using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Questions for single events.</summary>
/// <param name="reading">Reads the partitions.</param>
/// <param name="instrument">Whose events.</param>
internal sealed class EventQueries(PartitionReading reading, Instrument instrument)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Trades.</summary>
    public IReadOnlyList<StoredTrade> Trades(EventQuery query)
    {
        var shares = reading.SharesOf(instrument).Where(share => share.Stored.HasTradesIn(query.Range));
        return Read(
            "trades",
            query.NewestFirst ? shares.OrderByDescending(share => share.Stored.Span.LastAt) : shares.OrderBy(share => share.Stored.Span.FirstAt),
            query,
            (share, row) => new StoredTrade(row.Position, new Trade(
                instrument.Id, row.Id, share.Units.Price(row.Price), share.Units.Quantity(row.Quantity), row.Side, row.Times)),
            trade => (TimeOf(trade.Trade.Times), trade.Position),
            (share, edge) => query.NewestFirst ? share.Stored.Span.LastAt < edge : share.Stored.Span.FirstAt > edge);
    }

    /// <summary>Liquidations.</summary>
    public IReadOnlyList<StoredLiquidation> Liquidations(EventQuery query) => Read(
        "liquidations",
        reading.SharesOf(instrument),
        query,
        (share, row) => new StoredLiquidation(row.Position, new Liquidation(
            instrument.Id, row.Side, share.Units.Price(row.Price), share.Units.Quantity(row.Quantity), row.Times)),
        liquidation => (TimeOf(liquidation.Liquidation.Times), liquidation.Position),
        (_, _) => false);

    private static long TimeOf(in EventTimes times) => (times.VenueTime.IsUnknown ? times.ReceivedAt : times.VenueTime).Nanoseconds;

    /// <summary>Reads from each share as many as are asked for, and keeps the first of all, until a share can have none of them.</summary>
    private List<T> Read<T>(
        string table,
        IEnumerable<PartitionShare> shares,
        EventQuery query,
        Func<PartitionShare, EventRow, T> make,
        Func<T, (long At, long Position)> order,
        Func<PartitionShare, long, bool> isBeyond)
    {
        var found = new List<T>();
        var direction = query.NewestFirst ? -1 : 1;
        foreach (var share in shares)
        {
            if (found.Count == query.Limit && isBeyond(share, order(found[^1]).At))
            {
                break;
            }

            reading.Read(
                share.Partition, Sql(share.Partition.Alias, table, query.NewestFirst),
                [share.Stored.Id, query.Range.From.Nanoseconds, query.Range.To.Nanoseconds, query.UpTo, query.Limit],
                chunk =>
                {
                    for (var row = 0; row < chunk.Rows; row++)
                    {
                        found.Add(make(share, EventRow.Read(chunk, row)));
                    }
                });
            found.Sort((left, right) => direction * order(left).CompareTo(order(right)));
            found.RemoveRange(Math.Min(found.Count, query.Limit), Math.Max(0, found.Count - query.Limit));
        }

        return found;
    }

    private static string Sql(string alias, string table, bool newestFirst)
    {
        var order = newestFirst ? "DESC" : "ASC";
        return $"""
            SELECT position, at_ms, at_rest, received_after, is_ours, trade_id, price, quantity, is_buy FROM {alias}.{table}
            WHERE instrument = $1 AND at_ms >= $2 // {NanosecondsPerMillisecond} AND at_ms <= $3 // {NanosecondsPerMillisecond}
                AND at_ms * {NanosecondsPerMillisecond} + at_rest >= $2 AND at_ms * {NanosecondsPerMillisecond} + at_rest < $3 AND position <= $4
            ORDER BY at_ms {order}, at_rest {order}, position {order} LIMIT $5
            """;
    }

    private readonly record struct EventRow(long Position, EventTimes Times, long Id, long Price, long Quantity, TakerSide Side)
    {
        public static EventRow Read(DuckDbChunk chunk, int row)
        {
            var atMs = chunk.Numbers(1)[row];
            var at = new Timestamp(atMs * NanosecondsPerMillisecond + chunk.Numbers(2)[row]);
            var isOurs = chunk.Numbers(4)[row] == 1;
            var receivedAt = isOurs ? at : Timestamp.FromMilliseconds(atMs + chunk.Numbers(3)[row]);
            return new EventRow(
                chunk.Numbers(0)[row],
                new EventTimes(isOurs ? default : at, receivedAt),
                chunk.Numbers(5)[row],
                chunk.Numbers(6)[row],
                chunk.Numbers(7)[row],
                chunk.Numbers(8)[row] == 1 ? TakerSide.Buy : TakerSide.Sell);
        }
    }
}

/// <summary>Which events are wanted.</summary>
/// <param name="Range">Of which time.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="NewestFirst">The newest of them, newest first; otherwise the oldest, oldest first.</param>
/// <param name="UpTo">Only those up to this position.</param>
internal readonly record struct EventQuery(HistoryRange Range, int Limit, bool NewestFirst, long UpTo);
