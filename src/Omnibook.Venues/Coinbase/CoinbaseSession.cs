using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The translation of one connection. Every frame is counted, whatever it is: only so it is known that no change of any book is missing.
/// Books whose layout is the usual one take a quick way; whatever else comes is read by the general parser.
/// </summary>
internal sealed class CoinbaseSession : IVenueSession
{
    // Numbers begin at zero on each connection. Raised by this for each, those of a later connection are above those of an earlier one,
    // so that a book goes over from one to the other by its number alone.
    private const long NumbersPerConnection = 1_000_000_000_000;

    private readonly CoinbaseProducts _products;
    private readonly CoinbaseControl _control;
    private readonly CoinbaseContinuity _continuity = new();
    private readonly CoinbaseTrades _trades = new();
    private readonly CoinbaseTickers _tickers = new();
    private readonly CoinbaseCandles _candles;
    private readonly LevelBuffer _bids = new();
    private readonly LevelBuffer _asks = new();
    private readonly long _firstNumber;
    private long _unknownTimes;
    private long _generalFrames;

    /// <param name="plan">What is subscribed.</param>
    /// <param name="connection">How many connections there were before.</param>
    /// <param name="tapes">The trades that were told before.</param>
    /// <param name="unknown">Asked for products that are not in the plan.</param>
    public CoinbaseSession(ConnectionPlan plan, int connection, CoinbaseTapes tapes, Func<string, Instrument?>? unknown)
    {
        _firstNumber = connection * NumbersPerConnection;
        _products = new CoinbaseProducts(plan, tapes, unknown);
        _control = new CoinbaseControl(plan, _products);
        _candles = new CoinbaseCandles(plan.Streams.Any(stream => stream.Channel == Channel.Candles));
    }

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening => _control.Opening;

    /// <inheritdoc />
    public SessionOddities Oddities => new(_unknownTimes, 0, _generalFrames);

    /// <summary>Whether a frame can have this number.</summary>
    public static bool IsNumber(long number) => number is >= 0 and < NumbersPerConnection;

    /// <inheritdoc />
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => _control.Resubscribe(stream);

    /// <inheritdoc />
    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        _control.Now = receivedAt;
        if (CoinbaseQuickBook.TryRead(frame, _products, _bids, _asks, out var quick))
        {
            return Take(quick.Number, receivedAt, batch)
                ? Book(quick.Product!, quick.IsSnapshot, quick.Number, Times(quick.SentAt, receivedAt), batch)
                : Old(quick.Number);
        }

        try
        {
            var outcome = TranslateGeneral(frame, receivedAt, batch);
            return outcome.Kind == FrameKind.Malformed ? Break(outcome) : outcome;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            // The reader throws the second for texts that are no Unicode, and the rare frames for shapes that they do not have.
            return Break(FrameOutcome.Malformed(broken.Message));
        }
    }

    private static FrameOutcome Old(long number) => new(FrameKind.Unknown, -1, $"sequence_num {number} came before");

    private FrameOutcome TranslateGeneral(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!CoinbaseEnvelope.TryRead(frame, out var envelope))
        {
            return FrameOutcome.Malformed("not an object, or its sequence_num cannot be read");
        }

        if (envelope.IsError)
        {
            return _control.OnError(envelope.Message ?? "an error without words");
        }

        if (envelope.Number < 0 || envelope.Channel.IsEmpty)
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        _generalFrames++;
        return envelope.Channel switch
        {
            var name when name.SequenceEqual("l2_data"u8) => Books(ref envelope, receivedAt, batch),
            var name when name.SequenceEqual("market_trades"u8) => Trades(ref envelope, receivedAt, batch),
            var name when name.SequenceEqual("ticker"u8) => Tickers(ref envelope, receivedAt, batch),
            var name when name.SequenceEqual("candles"u8) && _candles.ArePlanned => Candles(ref envelope, receivedAt, batch),
            var name when name.SequenceEqual("heartbeats"u8) => Heartbeat(ref envelope, receivedAt, batch),
            var name when name.SequenceEqual("subscriptions"u8) => Subscriptions(envelope, frame, receivedAt, batch),
            var name when name.SequenceEqual("status"u8) => Status(envelope, frame, receivedAt, batch),
            _ => Take(envelope.Number, receivedAt, batch) ? new FrameOutcome(FrameKind.Unknown) : Old(envelope.Number),
        };
    }

    /// <summary>Counts a frame that was found good. False when it is an old one, of which nothing is to be taken.</summary>
    private bool Take(long number, Timestamp receivedAt, EventBatch batch)
    {
        var order = _continuity.Take(number);
        if (order == FrameOrder.Hole)
        {
            OnHole(receivedAt, batch);
        }

        return order != FrameOrder.Old;
    }

    private void OnHole(Timestamp receivedAt, EventBatch batch)
    {
        CoinbaseStatements.Hole(_products, receivedAt, batch);
        _candles.Forget();
        _control.OnBroken();
    }

    /// <summary>The feed takes every book of the connection for broken. The frame's number is lost with it.</summary>
    private FrameOutcome Break(FrameOutcome malformed)
    {
        _continuity.Forget();
        _control.OnBroken();
        foreach (var product in _products.All)
        {
            product.LastBook = -1;
        }

        return malformed;
    }

    private FrameOutcome Book(CoinbaseProduct product, bool isSnapshot, long number, EventTimes times, EventBatch batch)
    {
        product.AddBook(_firstNumber + number, isSnapshot, _bids, _asks, times, batch);
        return FrameOutcome.Data(product.StreamOf(Channel.Book));
    }

    /// <summary>A frame may hold several events. They are read twice, so that a frame with one bad event leaves nothing.</summary>
    private FrameOutcome Books(ref CoinbaseEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        if (!envelope.HasEvents || !TryBooks(envelope.Events, 0, default, null, out _))
        {
            return FrameOutcome.Malformed("l2_data whose events cannot be read");
        }

        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        TryBooks(envelope.Events, envelope.Number, Times(envelope.SentAt, receivedAt), batch, out var outcome);
        return outcome;
    }

    private bool TryBooks(Utf8JsonReader reader, long number, EventTimes times, EventBatch? batch, out FrameOutcome outcome)
    {
        outcome = new FrameOutcome(FrameKind.Unknown);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var book = default(CoinbaseBookReader);
            if (!book.TryRead(ref reader))
            {
                return false;
            }

            if (!_products.TryFindOrLearn(book.Product, out var product))
            {
                continue;
            }

            if (!book.TryReadLevels(product.Instrument, _bids, _asks))
            {
                return false;
            }

            if (batch is not null)
            {
                var told = Book(product, book.IsSnapshot, number, times, batch);
                outcome = outcome.Kind == FrameKind.Data ? outcome : told;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private FrameOutcome Trades(ref CoinbaseEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _trades.Clear();
        var events = new CoinbaseEvents(envelope);
        while (events.TryNext())
        {
            if (!_trades.TryRead(ref events.Reader, _products, receivedAt))
            {
                return FrameOutcome.Malformed("a trade without a readable trade_id, price, size or side");
            }
        }

        if (!events.IsWhole)
        {
            return FrameOutcome.Malformed("market_trades whose events cannot be read");
        }

        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        var stream = _trades.Stream;
        _unknownTimes += _trades.AddTo(batch);
        return FrameOutcome.Data(stream);
    }

    private FrameOutcome Tickers(ref CoinbaseEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _tickers.Clear();
        var events = new CoinbaseEvents(envelope);
        while (events.TryNext())
        {
            if (!_tickers.TryRead(ref events.Reader, _products))
            {
                return FrameOutcome.Malformed("a ticker whose best prices cannot be read");
            }
        }

        if (!events.IsWhole)
        {
            return FrameOutcome.Malformed("ticker whose events cannot be read");
        }

        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        _tickers.AddTo(batch, Times(envelope.SentAt, receivedAt));
        return FrameOutcome.Data(_tickers.Stream);
    }

    private FrameOutcome Candles(ref CoinbaseEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        _candles.Clear();
        var times = Times(envelope.SentAt, receivedAt);
        var events = new CoinbaseEvents(envelope);
        while (events.TryNext())
        {
            if (!_candles.TryRead(ref events.Reader, _products, times))
            {
                return FrameOutcome.Malformed("a candle whose time or amounts cannot be read");
            }
        }

        if (!events.IsWhole)
        {
            return FrameOutcome.Malformed("candles whose events cannot be read");
        }

        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        _candles.AddTo(batch);
        return FrameOutcome.Data(_candles.Stream);
    }

    /// <summary><code>{"channel":"heartbeats",…,"sequence_num":1,"events":[{"current_time":"2024-10-04 07:04:40.820713045 +0000 UTC m=+66987.628148662","heartbeat_counter":66987}]}</code></summary>
    private FrameOutcome Heartbeat(ref CoinbaseEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var counter = -1L;
        var events = new CoinbaseEvents(envelope);
        while (events.TryNext())
        {
            if (!TryCounter(ref events.Reader, ref counter))
            {
                return FrameOutcome.Malformed("a heartbeat whose heartbeat_counter cannot be read");
            }
        }

        if (!events.IsWhole)
        {
            return FrameOutcome.Malformed("heartbeats whose events cannot be read");
        }

        var order = _continuity.Take(envelope.Number);
        if (order == FrameOrder.Old)
        {
            return Old(envelope.Number);
        }

        // A frame that was lost before it got its number shows only here.
        var isWhole = counter < 0 || _continuity.TakeHeartbeat(counter);
        if (order == FrameOrder.Hole || !isWhole)
        {
            OnHole(receivedAt, batch);
        }

        return new FrameOutcome(FrameKind.Heartbeat);
    }

    private static bool TryCounter(ref Utf8JsonReader reader, ref long counter)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCounter = reader.ValueTextEquals("heartbeat_counter"u8);
            reader.Read();
            if (isCounter && (!JsonRead.TryInteger(reader, out counter) || counter < 0))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    private FrameOutcome Subscriptions(in CoinbaseEnvelope envelope, ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!envelope.HasEvents)
        {
            return FrameOutcome.Malformed("subscriptions without events");
        }

        var books = CoinbaseStatements.ReadBooks(frame);
        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        CoinbaseStatements.Suspend(books, _products, receivedAt, batch);
        _control.OnAnswered();
        return new FrameOutcome(FrameKind.Acknowledged);
    }

    private FrameOutcome Status(in CoinbaseEnvelope envelope, ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!envelope.HasEvents)
        {
            return FrameOutcome.Malformed("status without events");
        }

        var rows = CoinbaseStatements.ReadStatus(frame);
        if (!Take(envelope.Number, receivedAt, batch))
        {
            return Old(envelope.Number);
        }

        var back = CoinbaseStatements.Tell(rows, _products, receivedAt, batch);
        return new FrameOutcome(FrameKind.Heartbeat, Reply: back < 0 ? null : _control.Resubscribe(back));
    }

    private EventTimes Times(ReadOnlySpan<byte> sentAt, Timestamp receivedAt)
    {
        var at = CoinbaseTimes.Read(sentAt);
        _unknownTimes += at.IsUnknown ? 1 : 0;
        return new EventTimes(at, receivedAt);
    }
}
