using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>
/// The candles of one instrument: every change, and once that a candle is over. The market says that it is over where the venue does, or where
/// its time has passed; otherwise the candle after it does.
/// </summary>
internal sealed class CandleStream(
    MarketLease lease, Topic topic, StreamKey key, AskedInstrument asked, MarketFollowing following, MarketQueries queries, FramePool frames, ILogger log)
    : LiveStream(lease, topic)
{
    private readonly CandleInterval _interval = key.Interval!;
    private readonly Instrument _instrument = lease.Instrument;
    private readonly FrameWriter _writer = new(frames);
    private readonly Lock _gate = new();
    private CandleUpdate? _last;

    /// <inheritdoc />
    public override void On(in CandleUpdate candle)
    {
        if (candle.Interval != _interval)
        {
            return;
        }

        lock (_gate)
        {
            if (_last is { IsClosed: not true } unfinished && candle.Start > unfinished.Start)
            {
                Finish(unfinished, candle.Start);
            }

            _last = candle;
            Publish(ToCandle(candle), candle.IsClosed is true);
        }
    }

    /// <summary>Shows the candle of now to the first who come, before the venue streams a change of it: as it is known, or as the venue tells it.</summary>
    /// <param name="readKnown">Reads what the market knows; it may have stopped.</param>
    public async Task GreetAsync(Func<Task<CandleUpdate?>> readKnown)
    {
        try
        {
            if (await readKnown() is { } candle)
            {
                PublishUnlessStreaming(ToCandle(candle), candle.IsClosed is true);
            }
            else if (await TryAskAsync(new DataRange(1)) is { List: [.., var newest] } answer)
            {
                PublishUnlessStreaming(newest, _interval.EndOf(newest.Start) <= answer.AskedAt);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The market has stopped before {Symbol} could be shown.", key.Symbol);
        }
    }

    /// <summary>
    /// The next candle has opened, and nobody has said that this one is over. If nothing can have been missed it is what it was; after a break
    /// of the stream the venue is asked what it became.
    /// </summary>
    private void Finish(in CandleUpdate unfinished, Timestamp next)
    {
        if (next == _interval.EndOf(unfinished.Start) && following.HasStoodSince(_instrument, _interval, unfinished.Times.ReceivedAt))
        {
            Publish(ToCandle(unfinished), isClosed: true);
        }
        else
        {
            _ = FinishAsync(unfinished.Start);
        }
    }

    private async Task FinishAsync(Timestamp start)
    {
        if (await TryAskAsync(new DataRange(1, start, start)) is { List: [var candle] } && candle.Start == start)
        {
            lock (_gate)
            {
                Publish(candle, isClosed: true, greets: false);
            }
        }
    }

    private async Task<Answer<Candle>?> TryAskAsync(DataRange range)
    {
        try
        {
            return asked.Exchange.Has.Candles.Contains(_interval) ? await queries.CandlesAsync(asked, _interval, range, CancellationToken.None) : null;
        }
        catch (VenueRequestException refused)
        {
            log.LogInformation("{Exchange} tells no candle of {Symbol} {Interval}: {Why}", key.Exchange, key.Symbol, _interval, UpstreamErrors.Describe(refused));
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking {Exchange} for a candle of {Symbol} {Interval} failed in our own code.", key.Exchange, key.Symbol, _interval);
            return null;
        }
    }

    private void PublishUnlessStreaming(Candle candle, bool isClosed)
    {
        lock (_gate)
        {
            if (_last is null)
            {
                Publish(candle, isClosed);
            }
        }
    }

    private void Publish(Candle candle, bool isClosed, bool greets = true) =>
        Topic.Publish(EventWriter.Candle(_writer, key.Exchange, key.Echo, _interval, candle, isClosed), greets);

    private Candle ToCandle(in CandleUpdate update)
    {
        var scale = _instrument.PriceScale;
        return new Candle(
            update.Start,
            scale.ToDecimal(update.Open.Units),
            scale.ToDecimal(update.High.Units),
            scale.ToDecimal(update.Low.Units),
            scale.ToDecimal(update.Close.Units),
            update.BaseVolume,
            update.QuoteVolume,
            update.Trades);
    }
}
