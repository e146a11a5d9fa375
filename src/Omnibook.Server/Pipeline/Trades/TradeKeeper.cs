using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
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
    private readonly TradeHoles _holes;
    private readonly TradeNotes? _notes;
    private readonly Lock _gate = new();
    private readonly Dictionary<InstrumentId, TradeMark> _interrupted = [];

    /// <summary>How much of each instrument is still to be made good, where only the end of a connection tells that.</summary>
    private readonly Dictionary<InstrumentId, int> _owed = [];
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
    /// <param name="notes">Writes down what was missed; null for nobody.</param>
    public TradeKeeper(
        VenueId venue, VenueData data, VenueRest rest, MarketLoop loop, InstrumentCatalog catalog, TimeProvider time, ILogger log, TradeNotes? notes = null)
    {
        (_holes, _notes) = (new TradeHoles(notes?.Missing), notes);
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
        foreach (var (id, last) in followed)
        {
            Interrupt(_catalog[id], last);
        }
    }

    /// <inheritdoc />
    public async Task OnDoubtAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken)
    {
        foreach (var (id, last) in await _loop.ReadAsync(market => Look(market, instruments, isFirst: false), cancellationToken))
        {
            if (last is { } mark)
            {
                Owe(_catalog[id], mark with { At = mark.At + -Doubt });
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
            var last = isFirst ? GoOn(market, instrument)
                : market.LastTradeOf(instrument.Id) is { } trade ? TradeMark.Of(trade) : (TradeMark?)null;
            followed.Add((instrument.Id, _data.Capabilities.ConsecutiveTrades ? null : last));
        }

        return followed;
    }

    /// <summary>Begins to follow an instrument: where an earlier process ended, or with the next trade that comes.</summary>
    /// <returns>After which trade some may be missing; null when nothing can be.</returns>
    private TradeMark? GoOn(Market market, Instrument instrument)
    {
        _newest.Remove(instrument.Id);
        if (market.TakeEarlierTradesOf(instrument.Id) is not { } earlier)
        {
            return null;
        }

        var last = TradeMark.Of(earlier.Last);
        _newest[instrument.Id] = last;
        if (_data.Capabilities.ConsecutiveTrades)
        {
            AddLeft(instrument, earlier);
        }

        return earlier.Unsettled is { } owed ? new TradeMark(owed.Id, owed.VenueTime) : last;
    }

    /// <summary>What the earlier process had noticed and not yet fetched: the numbers that it left out.</summary>
    private void AddLeft(Instrument instrument, EarlierTrades earlier)
    {
        var seen = earlier.Seen.OrderBy(trade => trade.Id).ToArray();
        for (var i = 1; i < seen.Length; i++)
        {
            // A later number with an earlier time is from before the venue began to count anew.
            var (before, after) = (new TradeMark(seen[i - 1].Id, seen[i - 1].VenueTime), new TradeMark(seen[i].Id, seen[i].VenueTime));
            if (after.Id > before.Id + 1 && !(after.At < before.At) && !earlier.Holes.Contains(before.Id))
            {
                Add(new TradeGap(instrument, before, after));
            }
        }
    }

    /// <summary>A connection ended after a trade, or begins without one.</summary>
    private void Interrupt(Instrument instrument, TradeMark? last)
    {
        bool isNew;
        bool isOver;
        lock (_gate)
        {
            // While it was not made good, an earlier end of a connection is where the gap begins.
            isNew = last is { } before && _interrupted.TryAdd(instrument.Id, before);
            isOver = last is null && _interrupted.Remove(instrument.Id);
        }

        if (isNew)
        {
            Owe(instrument, last!.Value);
        }
        else if (isOver)
        {
            Settle(instrument);
        }
    }

    private void Owe(Instrument instrument, TradeMark after)
    {
        lock (_gate)
        {
            _owed[instrument.Id] = _owed.GetValueOrDefault(instrument.Id) + 1;
        }

        _notes?.Unsettled(instrument, after);
    }

    /// <summary>Something was made good, or never can be.</summary>
    private void Settle(Instrument instrument)
    {
        lock (_gate)
        {
            if (!_owed.Remove(instrument.Id, out var owed))
            {
                return;
            }

            if (owed > 1)
            {
                _owed[instrument.Id] = owed - 1;
                return;
            }
        }

        _notes?.Settled(instrument);
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
            Settle(gap.Instrument);
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

        Settle(gap.Instrument);
    }

    [LoggerMessage(LogLevel.Warning, "Trades of {Instrument} after {Before} and before {After} are missing: {Why}")]
    private partial void LogHole(string instrument, long before, long? after, string why);

    [LoggerMessage(LogLevel.Error, "Fetching missed trades of {Instrument} failed in our own code.")]
    private partial void LogFault(Exception fault, string instrument);

    [LoggerMessage(LogLevel.Debug, "The trades of {Venue} are no longer kept.")]
    private partial void LogEnded(string venue);
}
