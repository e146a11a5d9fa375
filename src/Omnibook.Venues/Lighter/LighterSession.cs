using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Candles;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The translation of one socket. The first frame of each subscription (<c>subscribed/…</c>) is its acknowledgement and its snapshot in
/// one. Books whose layout is the usual one take a quick way; whatever else comes is read by the general parser.
/// </summary>
internal sealed class LighterSession : IVenueSession
{
    private readonly LighterMarkets _markets;
    private readonly LighterControl _control;
    private readonly LighterTrades _trades = new();
    private readonly List<CandleUpdate> _candles = [];
    private readonly CandleSequence _sequence = new();
    private long _unknownTimes;
    private long _generalFrames;

    public LighterSession(ConnectionPlan plan, LighterTapes tapes, Func<string, Instrument?>? unknown)
    {
        _markets = new LighterMarkets(plan, tapes, unknown);
        _control = new LighterControl(plan.Streams);
        Opening = [.. plan.Streams.Select(LighterChannels.Subscribe)];
    }

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    /// <inheritdoc />
    public SessionOddities Oddities => new(_unknownTimes, 0, _generalFrames);

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => _control.Resubscribe(stream);

    /// <inheritdoc />
    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (LighterQuickBook.TryRead(frame, _markets, batch, out var quick))
        {
            return Book(quick.Market!, quick.IsSnapshot, quick.Book, Times(quick.ChangedAt, quick.SentAt, receivedAt), batch);
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
        if (!LighterEnvelope.TryRead(frame, out var envelope))
        {
            return FrameOutcome.Malformed("not an object, or type, channel, timestamp or last_updated_at cannot be read");
        }

        if (!LighterChannels.TrySplit(envelope.Channel, out var channel, out var number)
            || !(envelope.IsSubscribed || envelope.Type.StartsWith("update/"u8)))
        {
            return _control.Translate(envelope, frame);
        }

        _generalFrames++;
        if (channel == Channel.Derived && number.SequenceEqual("all"u8))
        {
            return AllStats(ref envelope, receivedAt, batch);
        }

        if (channel == Channel.Candles)
        {
            return Candles(number, ref envelope, receivedAt, batch);
        }

        if (!_markets.TryFindOrLearn(number, out var market))
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        return channel switch
        {
            Channel.Book => GeneralBook(market, ref envelope, receivedAt, batch),
            Channel.Trades => Trades(market, ref envelope, receivedAt, batch),
            Channel.TopOfBook => Ticker(market, ref envelope, receivedAt, batch),
            _ => Stats(market, ref envelope, receivedAt, batch),
        };
    }

    private FrameOutcome GeneralBook(LighterMarket market, ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        if (!envelope.HasContent)
        {
            return FrameOutcome.Malformed("a book without order_book");
        }

        if (envelope.IsSubscribed)
        {
            batch.BeginSnapshot(market.Instrument.Id);
        }
        else
        {
            batch.BeginUpdate(market.Instrument.Id);
        }

        if (LighterBookReader.Read(ref envelope.Content, market.Instrument, batch, out var book) is { } wrong)
        {
            batch.CancelBook();
            return FrameOutcome.Malformed(wrong);
        }

        return Book(market, envelope.IsSubscribed, book, Times(envelope.ChangedAt, envelope.SentAt, receivedAt), batch);
    }

    private static FrameOutcome Book(LighterMarket market, bool isSnapshot, in LighterBook book, EventTimes times, EventBatch batch)
    {
        if (isSnapshot)
        {
            book.EndSnapshot(market, times, batch);
        }
        else
        {
            book.EndUpdate(times, batch);
        }

        return FrameOutcome.Data(market.StreamOf(Channel.Book));
    }

    private FrameOutcome Trades(LighterMarket market, ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _trades.Clear();
        if ((envelope.HasTrades && !_trades.TryRead(ref envelope.Trades, market.Instrument, receivedAt))
            || (envelope.HasLiquidations && !_trades.TryRead(ref envelope.Liquidations, market.Instrument, receivedAt)))
        {
            return FrameOutcome.Malformed("a trade without a readable trade_id, price, size or is_maker_ask");
        }

        _unknownTimes += _trades.AddTo(batch, market.Tape, envelope.IsSubscribed);
        return FrameOutcome.Data(market.StreamOf(Channel.Trades));
    }

    private FrameOutcome Ticker(LighterMarket market, ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        if (envelope.HasContent)
        {
            if (!LighterTickerReader.TryRead(ref envelope.Content, market.Instrument, out var bid, out var ask, out var isWhole))
            {
                return FrameOutcome.Malformed("a ticker whose sides cannot be read");
            }

            if (isWhole)
            {
                // It bears a nonce, but no page says that a book of the same nonce has this top; so the two are not compared.
                batch.On(new TopOfBook(market.Instrument.Id, 0, bid, ask, Times(envelope.ChangedAt, envelope.SentAt, receivedAt)));
            }
        }

        return FrameOutcome.Data(market.StreamOf(Channel.TopOfBook));
    }

    private FrameOutcome Candles(ReadOnlySpan<byte> name, ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        if (!LighterChannels.TrySplitCandles(name, out var number, out var interval)
            || !_markets.TryFindKnown(number, out var market) || market.StreamOf(interval) < 0)
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        _candles.Clear();
        if (envelope.HasContent
            && !LighterCandleReader.TryRead(ref envelope.Content, market.Instrument, interval, Times(0, envelope.SentAt, receivedAt), _candles))
        {
            return FrameOutcome.Malformed("a candle whose time or amounts cannot be read");
        }

        _sequence.AddTo(batch, _candles);
        return FrameOutcome.Data(market.StreamOf(interval));
    }

    private FrameOutcome Stats(LighterMarket market, ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var stats = new LighterStatsReader(market.Instrument);
        if (!envelope.HasContent || !envelope.Content.Read() || !stats.TryRead(ref envelope.Content))
        {
            return FrameOutcome.Malformed("market_stats whose prices, rate or time cannot be read");
        }

        stats.AddTo(batch, Times(0, envelope.SentAt, receivedAt));
        return FrameOutcome.Data(market.StreamOf(Channel.Derived));
    }

    /// <summary>
    /// The stats of many markets, by their numbers: <c>{"0":{"symbol":"ETH",…},"1":{…}}</c>. Those that nobody follows are passed over.
    /// They are read twice, so that a frame with one bad market leaves nothing.
    /// </summary>
    private FrameOutcome AllStats(ref LighterEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var times = Times(0, envelope.SentAt, receivedAt);
        return envelope.HasContent && TryAllStats(envelope.Content, times, null) && TryAllStats(envelope.Content, times, batch)
            ? FrameOutcome.Data(-1)
            : FrameOutcome.Malformed("market_stats whose prices, rate or time cannot be read");
    }

    private bool TryAllStats(Utf8JsonReader reader, EventTimes times, EventBatch? batch)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!_markets.TryFindKnown(reader.ValueSpan, out var market))
            {
                reader.Skip();
                continue;
            }

            var stats = new LighterStatsReader(market.Instrument);
            if (!reader.Read() || !stats.TryRead(ref reader))
            {
                return false;
            }

            if (batch is not null)
            {
                stats.AddTo(batch, times);
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private EventTimes Times(long changedAt, long sentAt, Timestamp receivedAt)
    {
        var at = LighterTimes.Of(changedAt, sentAt);
        _unknownTimes += at.IsUnknown ? 1 : 0;
        return new EventTimes(at, receivedAt);
    }
}
