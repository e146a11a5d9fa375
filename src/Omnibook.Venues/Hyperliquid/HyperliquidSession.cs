using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Candles;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>The translation of one socket. Frames are <c>{"channel":…,"data":…}</c>, and once, perhaps, a greeting in plain text.</summary>
internal sealed class HyperliquidSession : IVenueSession
{
    private static readonly FrameOutcome OfUnknownCoin = new(FrameKind.Unknown, -1, "data of a coin that is not subscribed");

    private readonly IReadOnlyList<StreamPlan> _plan;
    private readonly SymbolTable _symbols;
    private readonly ControlFrames _control;
    private readonly Dictionary<(Channel, InstrumentId, CandleInterval?), int> _streams = [];
    private readonly BookRefresh _refresh;
    private readonly FrozenBooks _frozen;
    private readonly HashSet<InstrumentId> _empty = [];
    private readonly List<Trade> _trades = [];
    private readonly CandleSequence _candles = new();
    private readonly bool _hasCandles;
    private long _generalBooks;

    public HyperliquidSession(ConnectionPlan plan, Func<string, Instrument?>? unknown)
    {
        _plan = plan.Streams;
        _symbols = new SymbolTable(plan.Streams.Select(stream => stream.Instrument), unknown);
        _control = new ControlFrames(plan.Streams);
        _refresh = new BookRefresh(plan.Streams);
        _frozen = new FrozenBooks(plan.Streams.Count);
        _hasCandles = plan.Streams.Any(stream => stream.Channel == Channel.Candles);
        Opening = [.. plan.Streams.Select(stream => Subscription.Of(stream).Frame("subscribe"))];
        for (var i = 0; i < plan.Streams.Count; i++)
        {
            _streams.TryAdd((plan.Streams[i].Channel, plan.Streams[i].Instrument.Id, plan.Streams[i].Interval), i);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    /// <inheritdoc />
    public SessionOddities Oddities => new(0, 0, _generalBooks);

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream)
    {
        var subscription = Subscription.Of(_plan[stream]);
        return [subscription.Frame("unsubscribe"), subscription.Frame("subscribe")];
    }

    /// <inheritdoc />
    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        // The venue's own client still expects this greeting, so it is not taken for a broken frame.
        if (frame.SequenceEqual("Websocket connection established."u8))
        {
            return new FrameOutcome(FrameKind.Heartbeat);
        }

        var quick = new QuickBookReader(frame, batch);
        if (quick.TryRead(_symbols))
        {
            return Book(quick.Instrument!, quick.Time, receivedAt, batch);
        }

        try
        {
            return TranslateEnvelope(frame, receivedAt, batch);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // The reader throws the second for texts that are no Unicode.
            batch.CancelBook();
            return FrameOutcome.Malformed(broken.Message);
        }
    }

    private FrameOutcome TranslateEnvelope(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        var reader = new Utf8JsonReader(frame);
        var data = default(Utf8JsonReader);
        ReadOnlySpan<byte> channel = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return FrameOutcome.Malformed("not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
            {
                channel = FrameJson.NextText(ref reader);
            }
            else if (!reader.ValueTextEquals("data"u8))
            {
                reader.Skip();
            }
            else if (!channel.IsEmpty)
            {
                reader.Read();
                return TranslateData(channel, ref reader, receivedAt, batch);
            }
            else
            {
                reader.Read();
                data = reader;
                reader.Skip();
            }
        }

        FrameJson.Finish(ref reader);
        if (channel.IsEmpty && data.TokenType == JsonTokenType.None)
        {
            return TranslateBare(frame, receivedAt, batch);
        }

        return data.TokenType == JsonTokenType.None
            ? WithoutData(channel)
            : TranslateData(channel, ref data, receivedAt, batch);
    }

    /// <summary>Captures hold books as REST answers them, without an envelope: <c>{"coin":"BTC","time":…,"levels":[[…],[…]]}</c>.</summary>
    private FrameOutcome TranslateBare(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var outcome = Book(ref reader, receivedAt, batch);
        if (outcome.Kind != FrameKind.Malformed)
        {
            return outcome;
        }

        batch.CancelBook();
        return WithoutData(default);
    }

    private static FrameOutcome WithoutData(ReadOnlySpan<byte> channel) =>
        new(channel.SequenceEqual("pong"u8) ? FrameKind.Heartbeat : FrameKind.Unknown);

    private FrameOutcome TranslateData(
        ReadOnlySpan<byte> channel, ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        if (channel.SequenceEqual("l2Book"u8))
        {
            return Book(ref reader, receivedAt, batch);
        }

        if (channel.SequenceEqual("trades"u8))
        {
            return Trades(ref reader, receivedAt, batch);
        }

        if (channel.SequenceEqual("bbo"u8))
        {
            return Top(ref reader, receivedAt, batch);
        }

        if (channel.SequenceEqual("activeAssetCtx"u8))
        {
            return AssetContext(ref reader, receivedAt, batch);
        }

        if (channel.SequenceEqual("candle"u8) && _hasCandles)
        {
            return Candle(ref reader, receivedAt, batch);
        }

        if (channel.SequenceEqual("subscriptionResponse"u8))
        {
            return _control.Answer(ref reader);
        }

        if (channel.SequenceEqual("error"u8))
        {
            return Error(ref reader, receivedAt);
        }

        if (channel.SequenceEqual("post"u8))
        {
            return Post(ref reader, receivedAt, batch);
        }

        FrameJson.Finish(ref reader);
        return WithoutData(channel);
    }

    private FrameOutcome Book(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        var book = new BookReader(_symbols, batch);
        var reading = book.Read(ref reader);
        if (reading == FrameReading.Malformed)
        {
            return FrameOutcome.Malformed("l2Book without coin, time or readable levels");
        }

        FrameJson.Finish(ref reader);
        if (reading == FrameReading.UnknownCoin)
        {
            return OfUnknownCoin;
        }

        _generalBooks++;
        return Book(book.Instrument!, book.Time, receivedAt, batch);
    }

    private FrameOutcome Book(Instrument instrument, long time, Timestamp receivedAt, EventBatch batch)
    {
        var stream = StreamOf(Channel.Book, instrument.Id);
        _refresh.Came(stream, receivedAt);
        return _frozen.Judge(stream, time, receivedAt) switch
        {
            BookProgress.Frozen => Withhold(batch),
            BookProgress.None => EndBook(instrument, batch, time, receivedAt, -1),
            _ => EndBook(instrument, batch, time, receivedAt, stream),
        };
    }

    /// <summary>A delisted coin is still answered, with <c>"levels":[[],[]]</c>: that is no book to be shown as live.</summary>
    private FrameOutcome EndBook(Instrument instrument, EventBatch batch, long time, Timestamp receivedAt, int stream)
    {
        if (batch.OpenLevels == 0)
        {
            batch.CancelBook();
            _empty.Add(instrument.Id);
            batch.On(new VenueStatus(instrument.Id, BookState.Delisted, StatusReasons.EmptyBook, default, receivedAt));
            return FrameOutcome.Data(stream);
        }

        if (_empty.Count > 0 && _empty.Remove(instrument.Id))
        {
            batch.On(new VenueStatus(instrument.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot, default, receivedAt));
        }

        batch.EndBook(time, time, FrameJson.Times(time, receivedAt));
        return FrameOutcome.Data(stream);
    }

    private static FrameOutcome Withhold(EventBatch batch)
    {
        batch.CancelBook();
        return new FrameOutcome(FrameKind.Heartbeat);
    }

    private FrameOutcome Post(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        var post = default(PostReader);
        if (post.Find(ref reader))
        {
            var book = post.Book;
            return Book(ref book, receivedAt, batch);
        }

        _refresh.Refused(receivedAt);
        return new FrameOutcome(FrameKind.Unknown, -1, post.Refusal ?? "an answer without a book");
    }

    private FrameOutcome Error(ref Utf8JsonReader reader, Timestamp receivedAt)
    {
        var outcome = _control.Error(ref reader);
        if (outcome.Kind == FrameKind.Unknown && outcome.Detail?.Contains("post", StringComparison.Ordinal) == true)
        {
            _refresh.Refused(receivedAt);
        }

        return outcome;
    }

    private FrameOutcome Trades(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        _trades.Clear();
        var reading = TradeReader.Read(ref reader, _symbols, receivedAt, _trades);
        if (reading == FrameReading.Malformed)
        {
            return FrameOutcome.Malformed("trades without a readable coin, px, sz, side, time or tid");
        }

        FrameJson.Finish(ref reader);
        if (reading == FrameReading.UnknownCoin)
        {
            return OfUnknownCoin;
        }

        foreach (var trade in _trades)
        {
            batch.On(trade);
        }

        return FrameOutcome.Data(_trades.Count == 0 ? -1 : StreamOf(Channel.Trades, _trades[0].Instrument));
    }

    private FrameOutcome Top(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        var top = new TopReader(_symbols);
        var reading = top.Read(ref reader);
        if (reading == FrameReading.Malformed)
        {
            return FrameOutcome.Malformed("bbo without coin, time or readable sides");
        }

        FrameJson.Finish(ref reader);
        if (reading == FrameReading.UnknownCoin)
        {
            return OfUnknownCoin;
        }

        var id = top.Instrument!.Id;
        batch.On(new TopOfBook(id, top.Time, top.Bid, top.Ask, FrameJson.Times(top.Time, receivedAt)));
        return FrameOutcome.Data(StreamOf(Channel.TopOfBook, id)) with
        {
            Reply = _refresh.Moved(StreamOf(Channel.Book, id), receivedAt),
        };
    }

    private FrameOutcome AssetContext(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        var context = new AssetContextReader(_symbols);
        var reading = context.Read(ref reader);
        if (reading == FrameReading.Malformed)
        {
            return FrameOutcome.Malformed("activeAssetCtx without coin or readable amounts");
        }

        FrameJson.Finish(ref reader);
        if (reading == FrameReading.UnknownCoin)
        {
            return OfUnknownCoin;
        }

        context.AddTo(batch, receivedAt);
        return FrameOutcome.Data(StreamOf(Channel.Derived, context.Instrument!.Id));
    }

    private FrameOutcome Candle(ref Utf8JsonReader reader, Timestamp receivedAt, EventBatch batch)
    {
        var reading = CandleReader.Read(ref reader, _symbols, receivedAt, out var candle);
        if (reading == FrameReading.Malformed)
        {
            return FrameOutcome.Malformed("candle without a readable coin, interval, time or amounts");
        }

        FrameJson.Finish(ref reader);
        if (reading == FrameReading.UnknownCoin)
        {
            return OfUnknownCoin;
        }

        var stream = StreamOf(Channel.Candles, candle.Instrument, candle.Interval);
        if (stream < 0)
        {
            return OfUnknownCoin;
        }

        _candles.AddTo(batch, candle);
        return FrameOutcome.Data(stream);
    }

    private int StreamOf(Channel channel, InstrumentId instrument, CandleInterval? interval = null) =>
        _streams.GetValueOrDefault((channel, instrument, interval), -1);
}
