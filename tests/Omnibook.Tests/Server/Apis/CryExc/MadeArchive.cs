using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Tests.Core.Flow;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>An archive of what the test puts into it.</summary>
internal sealed class MadeArchive : IHistoryArchive
{
    private int _asked;

    public List<Trade> Trades { get; } = [];

    public List<KeptBook> Books { get; } = [];

    /// <summary>How many were recorded before the server began to be told of trades.</summary>
    public int Before { get; set; }

    /// <summary>While it is set nothing is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsBroken { get; set; }

    public int Cancelled { get; private set; }

    /// <summary>How often it was asked for what came before a flow.</summary>
    public int Asked => _asked;

    public long Position => Before;

    public async Task<EarlierTrades> EarlierAsync(Instrument instrument, Timestamp from, long upTo, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await AnswerAsync(cancellationToken);
        var archive = new NaiveArchive(Of(instrument.Listing).Take((int)upTo));
        return new EarlierTrades(archive.Slices(from), archive.FirstAt);
    }

    public async Task<PastCandles> CandlesAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostRows, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return new NaiveArchive(Of(instrument.Listing)).Candles(interval, tick, to, from);
    }

    public async Task<IReadOnlyList<HeatmapSnapshot>> BooksAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, int mostLevels, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return KeptBook.Regroup([.. Books.Where(book => book.At >= from && book.At < to)], interval, tick, mostLevels);
    }

    public List<Liquidation> Liquidations { get; } = [];

    public async Task<StoredPage<StoredTrade>> TradesAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return Page(
            Of(listing).Select(trade => new StoredTrade(trade.TradeId, trade.Price, trade.Quantity, trade.TakerSide, trade.Times.VenueTime)), from, to, limit);
    }

    public async Task<StoredPage<StoredLiquidation>> LiquidationsAsync(
        InstrumentListing listing, Timestamp from, Timestamp to, int limit, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return Page(Liquidations.Select(one => new StoredLiquidation(one.OrderSide, one.Price, one.Quantity, one.Times.VenueTime)), from, to, limit);
    }

    public async Task<IReadOnlyList<StoredInstrument>> StoredAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return [new StoredInstrument(new VenueId("binance-usdm"), "BTCUSDT", true, Liquidations.Count > 0, Trades[0].Times.VenueTime, Trades[^1].Times.VenueTime)];
    }

    private static StoredPage<T> Page<T>(IEnumerable<T> rows, Timestamp from, Timestamp to, int limit)
        where T : IStoredRow
    {
        T[] within = [.. rows.Where(row => row.At >= from && row.At < to)];
        return new StoredPage<T>([.. within.TakeLast(limit)], within.Length > limit);
    }

    private List<Trade> Of(InstrumentListing listing) => listing is { Symbol: "BTCUSDT", Venue.Key: "binance-usdm" } ? Trades : [];

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Gate.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }

        if (IsBroken)
        {
            throw new ArchiveUnavailableException("as the test wants");
        }
    }
}
