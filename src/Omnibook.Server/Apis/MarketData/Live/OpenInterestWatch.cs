using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>
/// Looks for unusual changes of open interest, as long as somebody wants to know: asks each exchange that tells the past of open interest for the usual
/// symbols, once for all clients, and tells each step once.
/// </summary>
internal sealed class OpenInterestWatch(
    Exchanges exchanges, MarketQueries queries, MarketDataRules rules, FramePool frames, StreamCounters counters, TimeProvider time, ILogger<OpenInterestWatch> log)
    : BackgroundService
{
    /// <summary>How often it is looked; a step is told so much after its end at most.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private const int Steps = 60;
    private readonly Lock _gate = new();
    private readonly Dictionary<CandleInterval, Topic> _topics = [];
    private readonly Dictionary<(string Exchange, string Symbol, CandleInterval Step), Timestamp> _told = [];
    private readonly WakeSignal _wake = new(time);
    private readonly FrameWriter _writer = new(frames);

    /// <summary>The steps that some exchange tells.</summary>
    public IReadOnlyList<CandleInterval> Offered => [.. Watched().SelectMany(exchange => exchange.Has.OpenInterestHistory.Intersect(exchange.Has.Candles))
        .Distinct().OrderBy(step => step.Length)];

    /// <summary>Lets a client follow the changes of a step that are at least so unusual.</summary>
    public void Join(ClientConnection client, CandleInterval step, long leastScore)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(step, out var topic))
            {
                _topics.Add(step, topic = new Topic("marketdata.oi-vol", OutboxPolicy.DropOldest, counters));
            }

            client.Follow(topic, leastScore);
        }

        _wake.Now();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wake.WaitAsync(stoppingToken);
            if (Wanted() is { Count: > 0 } wanted)
            {
                await LookAsync(wanted, stoppingToken);
                _wake.After(Pace);
            }
        }
    }

    private List<(CandleInterval Step, Topic Topic)> Wanted()
    {
        lock (_gate)
        {
            return [.. _topics.Where(topic => topic.Value.Followers > 0).Select(topic => (topic.Key, topic.Value))];
        }
    }

    private IEnumerable<ServedExchange> Watched() =>
        exchanges.Served.Where(exchange => !exchange.Name.IsTest && Feature.OpenInterestHistory.IsOffered(exchange.Has));

    /// <summary>One after the other: nobody waits for it, and the budgets of the venues are for those who do.</summary>
    private async Task LookAsync(List<(CandleInterval Step, Topic Topic)> wanted, CancellationToken cancellationToken)
    {
        foreach (var exchange in Watched())
        {
            foreach (var symbol in rules.Symbols)
            {
                if (!Exchanges.TryResolve(exchange, symbol, out var asked, out _))
                {
                    continue;
                }

                foreach (var (step, topic) in wanted.Where(one => exchange.Has.OpenInterestHistory.Contains(one.Step) && exchange.Has.Candles.Contains(one.Step)))
                {
                    await LookAsync(asked, step, topic, cancellationToken);
                }
            }
        }
    }

    private async Task LookAsync(AskedInstrument asked, CandleInterval step, Topic topic, CancellationToken cancellationToken)
    {
        try
        {
            var openInterest = await queries.OpenInterestHistoryAsync(asked, step, new DataRange(Steps), cancellationToken);
            var candles = await queries.CandlesAsync(asked, step, new DataRange(Steps), cancellationToken);
            var closed = candles.List.Where(candle => step.EndOf(candle.Start) <= candles.AskedAt).ToList();
            if (OpenInterestSpike.Of(openInterest.List, closed) is { } spike && IsNew(asked, step, spike.At))
            {
                Publish(asked, step, topic, spike);
            }
        }
        catch (VenueRequestException refused)
        {
            log.LogDebug("{Exchange} tells no open interest of {Symbol}: {Why}", asked.ExchangeName, asked.Listing.Symbol, refused.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Looking at the open interest of {Exchange} {Symbol} failed in our own code.", asked.ExchangeName, asked.Listing.Symbol);
        }
    }

    private bool IsNew(AskedInstrument asked, CandleInterval step, Timestamp at)
    {
        var key = (asked.ExchangeName, asked.Listing.Symbol, step);
        var isNew = !_told.TryGetValue(key, out var last) || at > last;
        _told[key] = isNew ? at : last;
        return isNew;
    }

    /// <summary>
    /// <c>{"type":"oi_spike","exchange":"binance","symbol":"BTCUSDT","timeframe":"5m","z_oi":3.1,"z_vol":2.9,"confirmed":true,"timestamp":"2025-11-06T17:50:00Z"}</c>.
    /// </summary>
    private void Publish(AskedInstrument asked, CandleInterval step, Topic topic, in OpenInterestSpike spike)
    {
        var worth = Worth.Of((decimal)Math.Min(Math.Abs(spike.OpenInterestScore), 1e6));
        if (worth >= topic.LeastWorth)
        {
            _writer.Begin().Raw("{\"type\":\"oi_spike\",\"exchange\":"u8).Text(asked.ExchangeName)
                .Raw(",\"symbol\":"u8).Text(asked.Listing.Symbol)
                .Raw(",\"timeframe\":"u8).Text(step.Name)
                .Raw(",\"z_oi\":"u8).Decimal(Rounded(spike.OpenInterestScore))
                .Raw(",\"z_vol\":"u8).Decimal(Rounded(spike.VolumeScore))
                .Raw(spike.IsConfirmed ? ",\"confirmed\":true,\"timestamp\":"u8 : ",\"confirmed\":false,\"timestamp\":"u8).Moment(spike.At).Raw("}"u8);
            topic.Publish(_writer.Complete(worth), greets: false);
        }
    }

    private static decimal Rounded(double score) => (decimal)Math.Round(Math.Clamp(score, -1e6, 1e6), 2);
}
