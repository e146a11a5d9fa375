using Omnibook.Core;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>
/// Pushes every trade of the aggregate's members to <c>/ws/trades</c>, once, and repeats the newest one every minute.
/// The market leaves duplicates out; trades of the same millisecond, or older than another dex's, are trades like any other.
/// </summary>
internal sealed class TradeStream : IMarketListener, IHostedService, IDisposable
{
    private readonly MarketLoop _loop;
    private readonly NbboRules _rules;
    private readonly TimeProvider _time;
    private readonly FrameWriter _writer;
    private readonly Lock _gate = new();
    private Frame? _newest;
    private long _newestTime = long.MinValue;
    private ITimer? _repeat;

    /// <summary>Creates the stream; it listens once it is started.</summary>
    public TradeStream(MarketLoop loop, FramePool frames, StreamCounters counters, NbboRules rules, TimeProvider time)
    {
        (_loop, _rules, _time, _writer) = (loop, rules, time, new FrameWriter(frames));
        Topic = new Topic("nbbo.trades", OutboxPolicy.DropOldest, counters);
    }

    /// <summary>What <c>/ws/trades</c> follows.</summary>
    public Topic Topic { get; }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop.Subscribe(this);
        _repeat = _time.CreateTimer(_ => Repeat(), null, _rules.TradeRepeat, _rules.TradeRepeat);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _repeat?.Dispose();

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        if (!market.TryGetConsolidated(_rules.Composite, out var composite))
        {
            return;
        }

        var trades = changes.Trades;
        for (var i = 0; i < trades.Count; i++)
        {
            var trade = trades[i];
            foreach (var member in composite.Composite.Members)
            {
                if (member.Id == trade.Instrument)
                {
                    Publish(TradeWriter.Render(_writer, trade, member), TradeWriter.TimeOf(trade));
                }
            }
        }
    }

    private void Publish(Frame frame, long time)
    {
        lock (_gate)
        {
            var isNewest = time >= _newestTime;
            if (isNewest)
            {
                _newest?.Release();
                (_newest, _newestTime) = (frame.Share(), time);
            }

            Topic.Publish(frame, greets: isNewest);
        }
    }

    private void Repeat()
    {
        lock (_gate)
        {
            if (_newest is not null)
            {
                Topic.Publish(_newest.Share());
            }
        }
    }
}
