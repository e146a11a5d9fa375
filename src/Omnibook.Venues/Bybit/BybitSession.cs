using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The translation of one public linear socket. Books whose layout is the usual one take a quick way; whatever else comes is read by
/// the general parser. The first data of a topic may come before the acknowledgement (JKorf/Bybit.Net#200), and is taken.
/// </summary>
internal sealed class BybitSession : IVenueSession
{
    private readonly BybitRoutes _routes;
    private readonly BybitSubscriptions _subscriptions;
    private readonly BybitOptions _options;
    private readonly List<Trade> _trades = [];
    private readonly List<Liquidation> _liquidations = [];
    private readonly List<CandleUpdate> _candles = [];
    private long _unknownTimes;
    private long _generalFrames;

    public BybitSession(ConnectionPlan plan, BybitOptions options, Func<string, Instrument?>? unknown)
    {
        _routes = new BybitRoutes(plan, unknown);
        _subscriptions = new BybitSubscriptions(plan.Streams);
        _options = options;
    }

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening => _subscriptions.Opening;

    /// <inheritdoc />
    public SessionOddities Oddities => new(_unknownTimes, 0, _generalFrames);

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => _subscriptions.Resubscribe(stream);

    /// <inheritdoc />
    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (BybitQuickBook.TryRead(frame, _routes, batch, out var quick))
        {
            return Book(quick.Route!, quick.IsSnapshot, quick.Book, Times(quick.EngineAt, quick.SentAt, receivedAt), batch);
        }

        try
        {
            return TranslateGeneral(frame, receivedAt, batch);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The reader throws the second for texts that are no Unicode.
            batch.CancelBook();
            return FrameOutcome.Malformed(broken.Message);
        }
    }

    private FrameOutcome TranslateGeneral(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!BybitEnvelope.TryRead(frame, out var envelope))
        {
            return FrameOutcome.Malformed("not an object, or topic, type, ts or cts cannot be read");
        }

        if (envelope.Topic.IsEmpty)
        {
            return BybitControl.Translate(frame, _subscriptions);
        }

        if (!_routes.TryFindOrLearn(envelope.Topic, out var route))
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        if (!envelope.HasData || !(envelope.IsSnapshot || envelope.IsDelta))
        {
            return FrameOutcome.Malformed("a topic without data, or of an unknown type");
        }

        _generalFrames++;
        return route.Channel switch
        {
            Channel.Book or Channel.TopOfBook => GeneralBook(route, ref envelope, receivedAt, batch),
            Channel.Trades => Trades(route, ref envelope, receivedAt, batch),
            Channel.Liquidations => Liquidations(route, ref envelope, receivedAt, batch),
            Channel.Candles => Candles(route, ref envelope, receivedAt, batch),
            _ => Ticker(route, ref envelope, receivedAt, batch),
        };
    }

    private FrameOutcome GeneralBook(BybitRoute route, ref BybitEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        BybitBooks.Begin(route, envelope.IsSnapshot, batch);
        if (BybitBookReader.Read(ref envelope.Data, route.Instrument, batch, out var book) is { } wrong)
        {
            batch.CancelBook();
            return FrameOutcome.Malformed(wrong);
        }

        return Book(route, envelope.IsSnapshot, book, Times(envelope.EngineAt, envelope.SentAt, receivedAt), batch);
    }

    private FrameOutcome Book(BybitRoute route, bool isSnapshot, in BybitBook book, EventTimes times, EventBatch batch)
    {
        if (route.Channel == Channel.TopOfBook)
        {
            batch.CancelBook();
            if (!isSnapshot)
            {
                // Depth 1 has been sent as snapshots alone since 2025-03-20.
                return new FrameOutcome(FrameKind.Unknown, route.Stream, "a change of orderbook.1");
            }

            batch.On(new TopOfBook(route.Instrument.Id, 0, book.BestBid, book.BestAsk, times));
        }
        else if (isSnapshot)
        {
            BybitBooks.EndSnapshot(route, book, times, batch);
        }
        else
        {
            BybitBooks.EndUpdate(route, book, times, _options.UpdatesAreConsecutive, batch);
        }

        return FrameOutcome.Data(route.Stream);
    }

    private FrameOutcome Trades(BybitRoute route, ref BybitEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _trades.Clear();
        if (!BybitTradeReader.TryRead(ref envelope.Data, route.Instrument, receivedAt, _trades))
        {
            return FrameOutcome.Malformed("publicTrade without a readable p, v, S or i");
        }

        foreach (var trade in _trades)
        {
            _unknownTimes += trade.Times.VenueTime.IsUnknown ? 1 : 0;
            batch.On(trade);
        }

        return FrameOutcome.Data(route.Stream);
    }

    private FrameOutcome Liquidations(BybitRoute route, ref BybitEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _liquidations.Clear();
        if (!BybitLiquidationReader.TryRead(ref envelope.Data, route.Instrument, receivedAt, _liquidations))
        {
            return FrameOutcome.Malformed("allLiquidation without a readable p, v or S");
        }

        foreach (var liquidation in _liquidations)
        {
            _unknownTimes += liquidation.Times.VenueTime.IsUnknown ? 1 : 0;
            batch.On(liquidation);
        }

        return FrameOutcome.Data(route.Stream);
    }

    private FrameOutcome Candles(BybitRoute route, ref BybitEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _candles.Clear();
        if (!BybitCandleReader.TryRead(ref envelope.Data, route, Times(0, envelope.SentAt, receivedAt), _candles))
        {
            return FrameOutcome.Malformed("kline whose times or amounts cannot be read");
        }

        foreach (var candle in _candles)
        {
            batch.On(candle);
        }

        return FrameOutcome.Data(route.Stream);
    }

    private FrameOutcome Ticker(BybitRoute route, ref BybitEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var ticker = envelope.IsSnapshot ? default : route.Ticker;
        if (!BybitTickerReader.TryRead(ref envelope.Data, route.Instrument, ref ticker))
        {
            return FrameOutcome.Malformed("tickers whose prices, rate, times or open interest cannot be read");
        }

        route.Ticker = ticker;
        ticker.AddTo(batch, route.Instrument.Id, Times(0, envelope.SentAt, receivedAt));
        return FrameOutcome.Data(route.Stream);
    }

    /// <summary>The matching engine's clock, which trades carry too; where a frame has none, the sender's.</summary>
    private EventTimes Times(long engineAt, long sentAt, Timestamp receivedAt)
    {
        if (!VenueTimes.TryFromMilliseconds(engineAt != 0 ? engineAt : sentAt, out var at))
        {
            _unknownTimes++;
        }

        return new EventTimes(at, receivedAt);
    }
}
