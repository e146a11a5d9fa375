using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// Stores the best prices of the Nbbo composite and of each of its members at a fixed interval of the market's own time, whether or
/// not anybody watches. A book that lacks a side, or is not live, leaves no row. The disk cannot slow the market: rows wait in a bounded queue,
/// and the oldest are dropped and counted when it is full.
/// </summary>
internal sealed partial class SnapshotRecorder : IMarketListener, IAsyncDisposable
{
    private const int QueueCapacity = 256;

    private readonly NbboOptions _nbbo;
    private readonly TimeSpan _interval;
    private readonly PriceSnapshotStore _store;
    private readonly ILogger<SnapshotRecorder> _log;
    private readonly Channel<PriceSnapshot> _queue;
    private readonly Task _writing;
    private Timestamp _last;
    private long _dropped;
    private bool _isFailing;

    /// <summary>A recorder that begins when it is subscribed to a market loop.</summary>
    public SnapshotRecorder(OmnibookOptions options, PriceSnapshotStore store, ILogger<SnapshotRecorder> log)
    {
        (_nbbo, _interval, _store, _log) = (options.Nbbo, options.Storage.SnapshotInterval, store, log);
        _queue = Channel.CreateBounded<PriceSnapshot>(
            new BoundedChannelOptions(QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>How many rows were dropped because the disk did not keep up.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many rows were stored.</summary>
    public long Stored { get; private set; }

    /// <summary>How many rows could not be stored.</summary>
    public long Failed { get; private set; }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        if ((_last.IsUnknown || market.Now - _last >= _interval) && market.TryGetConsolidated(_nbbo.Composite, out var book) && Record(market, book))
        {
            _last = market.Now;
        }
    }

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    /// <summary>The dex of a symbol: what stands before the colon of <c>merrli:BTC</c>; nothing for the main one.</summary>
    internal static string DexOf(string symbol) => symbol.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? symbol[..colon] : "";

    /// <returns>False when there was nothing to record, so that the first prices are not missed by an interval.</returns>
    private bool Record(Market market, ConsolidatedBook book)
    {
        var now = market.Now.UnixMilliseconds;
        var any = false;
        if (book.TryGetBestBid(out var bid) && book.TryGetBestAsk(out var ask))
        {
            var scale = book.Composite.PriceScale;
            any |= _queue.Writer.TryWrite(
                PriceSnapshot.Of(_nbbo.Coin, PriceSnapshot.Aggregated, now, Amount(bid.Price, scale), Amount(ask.Price, scale)));
        }

        foreach (var member in book.Members)
        {
            if (member.IsLive && member.Bids.TryGetBest(out var best) && member.Asks.TryGetBest(out var lowest))
            {
                any |= _queue.Writer.TryWrite(Row(member, now, best, lowest));
            }
        }

        return any;
    }

    private static PriceSnapshot Row(OrderBook member, long now, in Level bid, in Level ask)
    {
        var (symbol, scale) = (member.Instrument.Symbol, member.Instrument.PriceScale);
        return PriceSnapshot.Of(symbol, DexOf(symbol), now, Amount(bid.Price, scale), Amount(ask.Price, scale));
    }

    private static decimal Amount(Price price, Scale scale) => scale.ToDecimal(price.Units);

    private async Task WriteAsync()
    {
        var rows = new List<PriceSnapshot>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var row))
            {
                rows.Add(row);
            }

            await StoreAsync(rows);
            rows.Clear();
        }
    }

    /// <summary>Rows that came together are committed together.</summary>
    private async Task StoreAsync(List<PriceSnapshot> rows)
    {
        try
        {
            var stored = await Task.WhenAll(rows.Select(row => _store.InsertAsync(row)));
            Stored += stored.Count(isNew => isNew);
            _isFailing = false;
        }
        catch (SnapshotStoreException exception)
        {
            // The market goes on without its history. Of a series of failures the first is told, all are counted.
            Failed += rows.Count;
            if (!_isFailing)
            {
                LogFailed(exception.Message);
            }

            _isFailing = true;
        }
    }

    [LoggerMessage(LogLevel.Error, "A price snapshot could not be stored: {Why}")]
    private partial void LogFailed(string why);
}
