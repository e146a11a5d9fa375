using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Data;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline.Trades;

/// <summary>
/// Keeps the trades of one venue whole: notices that some were missed, has them fetched, and records what cannot be had.
/// </summary>
/// <remarks>
/// Where the venue's numbers leave none out, a number that does not follow the one before tells of a gap, whatever the reason. Elsewhere every connection
/// that ended may have cost trades, and what came before it is compared with what the venue remembers.
/// </remarks>
internal sealed partial class TradeKeeper : IMarketListener, ITradeStreams, IAsyncDisposable
{
    /// <summary>Gaps that may wait; one more is a hole at once.</summary>
    private const int MostWaiting = 1024;

    /// <summary>What the venue just told on the socket may take as long to show over REST.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>Before the newest trade that was told when a frame could not be read: older ones had all come.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    private readonly MarketLoop _loop;
    private readonly InstrumentCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly VenueId _venue;
    private readonly VenueData _data;
    private readonly TradeFiller _filler;
    private readonly TradeHoles _holes = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<InstrumentId, TradeMark> _interrupted = [];
    private readonly Channel<(TradeGap Gap, long FoundAt)> _gaps =
        System.Threading.Channels.Channel.CreateBounded<(TradeGap, long)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    /// <summary>The newest trade of each instrument. Of the market loop's thread alone.</summary>
    private readonly Dictionary<InstrumentId, TradeMark> _newest = [];

    /// <summary>Begins to keep the trades of a venue.</summary>
    /// <param name="venue">Its key.</param>
    /// <param name="data">What it answers.</param>
    /// <param name="rest">Its host.</param>
    /// <param name="loop">Takes what was fetched.</param>
    /// <param name="catalog">Knows the instruments.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="log">Takes what happens.</param>
    public TradeKeeper(VenueId venue, VenueData data, VenueRest rest, MarketLoop loop, InstrumentCatalog catalog, TimeProvider time, ILogger log)
    {
        (_venue, _data, _loop, _catalog, _time, _log) = (venue, data, loop, catalog, time, log);
        _filler = new TradeFiller(data, rest, loop, time, _holes);
        _running = Task.Run(FillAsync);
        if (data.Capabilities.ConsecutiveTrades)
        {
            loop.Subscribe(this);
        }
    }

    /// <summary>What was missed, fetched and lost so far.</summary>
    public TradeHoleReport Report => _holes.Report;

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        for (var i = 0; i < changes.Trades.Count; i++)
        {
            var trade = changes.Trades[i];
            if (_catalog[trade.Instrument].Venue == _venue)
            {
                Follow(TradeMark.Of(trade), trade.Instrument);
            }
        }
    }

    /// <inheritdoc />
    public async Task OnOpeningAsync(IReadOnlyList<Instrument> instruments, bool isFirst, CancellationToken cancellationToken)
    {
        var followed = await _loop.ReadAsync(market => Look(market, instruments, isFirst), cancellationToken);
        lock (_gate)
        {
            foreach (var (id, last) in followed)
            {
                // While it was not made good, an earlier end of a connection is where the gap begins.
                if (last is { } before)
                {
                    _interrupted.TryAdd(id, before);
                }
                else
                {
                    _interrupted.Remove(id);
                }
            }
        }
    }

    /// <inheritdoc />
    public async Task OnDoubtAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken)
    {
        foreach (var (id, last) in await _loop.ReadAsync(market => Look(market, instruments, isFirst: false), cancellationToken))
        {
            if (last is { } mark)
            {
                Add(new TradeGap(_catalog[id], mark with { At = mark.At + -Doubt }, After: null) { IsDoubt = true });
            }
        }
    }

    /// <inheritdoc />
    public void OnSubscribed(Instrument instrument)
    {
        TradeMark before;
        lock (_gate)
        {
            if (!_interrupted.Remove(instrument.Id, out before))
            {
                return;
            }
        }

        Add(new TradeGap(instrument, before, After: null));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    /// <summary>On the loop's thread: up to which trade each instrument was followed; null where nothing can be missing.</summary>
    private List<(InstrumentId Id, TradeMark? Last)> Look(Market market, IReadOnlyList<Instrument> instruments, bool isFirst)
    {
        var followed = new List<(InstrumentId, TradeMark?)>(instruments.Count);
        foreach (var instrument in instruments)
        {
            if (isFirst)
            {
                _newest.Remove(instrument.Id);
            }

            var last = isFirst || _data.Capabilities.ConsecutiveTrades ? null : market.LastTradeOf(instrument.Id);
            followed.Add((instrument.Id, last is { } trade ? TradeMark.Of(trade) : null));
        }

        return followed;
    }

    private void Follow(TradeMark trade, InstrumentId id)
    {
        if (!_newest.TryGetValue(id, out var newest))
        {
            _newest[id] = trade;
            return;
        }

        if (trade.Id > newest.Id + 1)
        {
            Add(new TradeGap(_catalog[id], newest, trade));
        }

        // A lower number with a later time: the venue counts anew. With an earlier one it was missed and fetched.
        if (trade.Id > newest.Id || trade.At > newest.At)
        {
            _newest[id] = trade;
        }
    }

    private void Add(TradeGap gap)
    {
        _holes.AddGap();
        if (!_gaps.Writer.TryWrite((gap, _time.GetTimestamp())))
        {
            _holes.Add(new TradeHole(gap, $"{MostWaiting} other gaps waited already.", _time.GetUtcNow()));
        }
    }

    private async Task FillAsync()
    {
        try
        {
            await foreach (var (gap, foundAt) in _gaps.Reader.ReadAllAsync(_ending.Token))
            {
                if (Settling - _time.GetElapsedTime(foundAt) is var wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, _ending.Token);
                }

                await FillAsync(gap);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            LogEnded(_venue.Key);
        }
    }

    private async Task FillAsync(TradeGap gap)
    {
        try
        {
            if (await _filler.FillAsync(gap, _ending.Token) is { } hole)
            {
                _holes.Add(hole);
                LogHole(gap.Instrument.ToString(), hole.Gap.Before.Id, hole.Gap.After?.Id, hole.Why);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, gap.Instrument.ToString());
            _holes.Add(new TradeHole(gap, $"our own code failed: {fault.Message}", _time.GetUtcNow()));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trades of {Instrument} after {Before} and before {After} are missing: {Why}")]
    private partial void LogHole(string instrument, long before, long? after, string why);

    [LoggerMessage(LogLevel.Error, "Fetching missed trades of {Instrument} failed in our own code.")]
    private partial void LogFault(Exception fault, string instrument);

    [LoggerMessage(LogLevel.Debug, "The trades of {Venue} are no longer kept.")]
    private partial void LogEnded(string venue);
}
