using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>The archive that is kept in a database, which follows the journal.</summary>
/// <param name="database">The database; asked for when it is first needed.</param>
/// <param name="position">The position of the newest event of the journal.</param>
internal sealed class DatabaseArchive(Func<HistoryDatabase> database, Func<long> position) : IHistoryArchive
{
    /// <summary>The most rows that the database gives at once.</summary>
    private const int MostRows = 1_000_000;

    /// <summary>How many levels of a side of a book are read: as many as are stored.</summary>
    private const int BookDepth = 2_000;

    private static readonly TimeSpan Part = TimeSpan.FromHours(4);

    /// <inheritdoc />
    public long Position => position();

    /// <inheritdoc />
    public Task<EarlierTrades> EarlierAsync(Instrument instrument, Timestamp from, long upTo, CancellationToken cancellationToken) => AskAsync(async source =>
    {
        await source.ReachAsync(upTo, cancellationToken);
        if (source.RangeOf(instrument) is not { } span)
        {
            return source.Status.State == HistoryState.Current ? new EarlierTrades([], default) : throw Incomplete(source);
        }

        var answer = await source.SlicesAsync(instrument, new HistoryRange(from, HistoryRange.All.To), FlowInterval.Second, upTo, cancellationToken);
        return answer.IsWhole && answer.UpTo >= upTo
            ? new EarlierTrades([.. answer.Slices.Select(slice => SliceOf(slice, FlowInterval.Second))], span.First)
            : throw Incomplete(source);
    });

    /// <inheritdoc />
    public Task<PastCandles> CandlesAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostRows, CancellationToken cancellationToken) => AskAsync(async source =>
    {
        if (source.RangeOf(instrument) is not { } span || span.First >= to)
        {
            return new PastCandles([], to, source.RangeOf(instrument)?.First ?? default);
        }

        List<IReadOnlyList<FlowCandle>> newestFirst = [];
        var rows = 0;
        for (var (end, first) = (to, span.First > from ? interval.StartOf(span.First) : from); end > first && rows < mostRows;)
        {
            var begin = Later(first, new Timestamp(Part.Ticks * 100 * ((end.Nanoseconds - 1) / (Part.Ticks * 100))));
            newestFirst.Add(await CandlesAsync(source, instrument, interval, tick, begin, end, cancellationToken));
            rows += newestFirst[^1].Sum(candle => 1 + candle.Cells.Count);
            end = begin;
        }

        return new PastCandles([.. Enumerable.Reverse(newestFirst).SelectMany(candles => candles)], to, span.First);
    });

    /// <inheritdoc />
    public Task<IReadOnlyList<HeatmapSnapshot>> BooksAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostLevels, CancellationToken cancellationToken) => AskAsync(async source =>
    {
        List<HeatmapSnapshot> newestFirst = [];
        var levels = 0;
        for (var end = to; end > from && levels <= mostLevels;)
        {
            var begin = Later(from, new Timestamp(Part.Ticks * 100 * ((end.Nanoseconds - 1) / (Part.Ticks * 100))));
            var stored = await source.BookSnapshotsAsync(instrument, new HistoryRange(begin, end), BookDepth, MostRows, cancellationToken);
            foreach (var snapshot in KeptBook.Regroup([.. stored.Select(book => new KeptBook(book.At, [.. book.Bids], [.. book.Asks]))], interval, tick).Reverse())
            {
                levels += snapshot.Bids.Count + snapshot.Asks.Count;
                if (levels <= mostLevels)
                {
                    newestFirst.Add(snapshot);
                }
            }

            end = begin;
        }

        newestFirst.Reverse();
        return (IReadOnlyList<HeatmapSnapshot>)newestFirst;
    });

    /// <inheritdoc />
    public Task<StoredPage<StoredTrade>> TradesAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken) => AskAsync(async source =>
    {
        var rows = await source.TradesAsync(NameOf(listing), new HistoryRange(from, to), More(limit), newestFirst: true, cancellationToken);
        return Page(rows, limit, row => new StoredTrade(row.Trade.TradeId, row.Trade.Price, row.Trade.Quantity, row.Trade.TakerSide, TradeFlow.TimeOf(row.Trade)));
    });

    /// <inheritdoc />
    public Task<StoredPage<StoredLiquidation>> LiquidationsAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken) => AskAsync(async source =>
    {
        var rows = await source.LiquidationsAsync(NameOf(listing), new HistoryRange(from, to), More(limit), newestFirst: true, cancellationToken);
        return Page(rows, limit, row => new StoredLiquidation(
            row.Liquidation.OrderSide, row.Liquidation.Price, row.Liquidation.Quantity,
            row.Liquidation.Times.VenueTime.IsUnknown ? row.Liquidation.Times.ReceivedAt : row.Liquidation.Times.VenueTime));
    });

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredInstrument>> StoredAsync(CancellationToken cancellationToken) => AskAsync(source => Task.FromResult<IReadOnlyList<StoredInstrument>>(
    [
        .. source.Stored().Where(stored => (stored.Trades ?? stored.Liquidations) is not null).Select(stored => new StoredInstrument(
            stored.Venue, stored.Symbol, stored.Trades is not null, stored.Liquidations is not null,
            Earlier(stored.Trades?.First, stored.Liquidations?.First), Later(stored.Trades?.Last ?? default, stored.Liquidations?.Last ?? default))),
    ]));

    /// <summary>
    /// Candles of what was traded before a moment. The database answers with whole candles: one that the moment cuts is put together of minutes, and the
    /// last minute of seconds.
    /// </summary>
    private static async Task<IReadOnlyList<FlowCandle>> CandlesAsync(
        HistoryDatabase source, Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, CancellationToken cancellationToken)
    {
        var whole = interval.StartOf(to);
        List<FlowCandle> candles = whole > from ? [.. await ReadAsync(interval, from, whole)] : [];
        if (to <= whole)
        {
            return candles;
        }

        var minutes = interval.Length > FlowInterval.Minute.Length ? FlowInterval.Minute.StartOf(to) : whole;
        List<FlowCandle> parts = minutes > whole ? [.. await ReadAsync(FlowInterval.Minute, whole, minutes)] : [];
        if (to > minutes)
        {
            parts.AddRange(await ReadAsync(FlowInterval.Second, minutes, to));
        }

        return parts.Count == 0 ? candles : [.. candles, FlowCandle.Join(parts, whole, tick)];

        async Task<IEnumerable<FlowCandle>> ReadAsync(FlowInterval length, Timestamp first, Timestamp end)
        {
            var answer = await source.CandlesAsync(instrument, new HistoryRange(first, end), length, tick, long.MaxValue, cancellationToken);
            return answer.IsWhole ? answer.Candles.Select(CandleOf) : throw Incomplete(source);
        }
    }

    private static FlowCandle CandleOf(StoredCandle candle) => new(
        candle.Start, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.Cells, IsPartial: false, IsClosed: false);

    private static FlowSlice SliceOf(StoredSlice slice, FlowInterval resolution) => new(
        slice.Start.Nanoseconds,
        resolution.Length.Ticks * 100,
        new CandlePrices(slice.Open.Units, slice.High.Units, slice.Low.Units, slice.Close.Units, slice.FirstAt.Nanoseconds, slice.LastAt.Nanoseconds),
        [.. slice.Cells.Select(cell => new SliceCell(cell.Price.Units, cell.Bought, cell.Sold, (int)cell.Buys, (int)cell.Sells))]);

    private static StoredPage<TTo> Page<TFrom, TTo>(IReadOnlyList<TFrom> newestFirst, int limit, Func<TFrom, TTo> make)
        where TTo : IStoredRow
    {
        var rows = new TTo[Math.Min(limit, newestFirst.Count)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[^(i + 1)] = make(newestFirst[i]);
        }

        // Of the most that there can be nobody knows whether there are more.
        return new StoredPage<TTo>(rows, newestFirst.Count > limit || newestFirst.Count == MostRows);
    }

    private static int More(int limit) => Math.Min(limit, MostRows - 1) + 1;

    private static Timestamp Earlier(Timestamp? left, Timestamp? right) => left is { } one && right is { } other ? (one < other ? one : other) : (left ?? right)!.Value;

    private static Timestamp Later(Timestamp left, Timestamp right) => left > right ? left : right;

    private static ArchiveUnavailableException Incomplete(HistoryDatabase source) => new($"the history {source.Status.Words}");

    /// <summary>The database knows instruments by venue and symbol; one of long ago is in no catalog.</summary>
    private static Instrument NameOf(InstrumentListing listing) => new(default, listing);

    private async Task<T> AskAsync<T>(Func<HistoryDatabase, Task<T>> ask)
    {
        try
        {
            return await ask(database());
        }
        catch (HistoryException trouble)
        {
            throw new ArchiveUnavailableException(trouble.Message, trouble);
        }
    }
}
