using System.Globalization;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;

namespace Omnibook.History.Recording;

/// <summary>Reads what a <see cref="BatchEncoder"/> wrote.</summary>
internal sealed class BatchDecoder
{
    private readonly List<Level> _levels = [];
    private long _receivedAt;
    private long _price;

    /// <summary>The time of the event that was read last, by our clock; kept over records.</summary>
    public Timestamp At { get; private set; }

    /// <summary>A record begins.</summary>
    public void Begin() => (_receivedAt, _price) = (0, 0);

    /// <summary>Reads the events of a batch.</summary>
    /// <exception cref="InvalidDataException">That is no batch.</exception>
    public void Read(ref ByteSource reader, IMarketEvents events)
    {
        while ((EventKind)reader.Byte() is var kind and not EventKind.End)
        {
            Read(kind, ref reader, events);
        }
    }

    /// <summary>Reads levels.</summary>
    public Level[] Levels(ref ByteSource reader)
    {
        _levels.Clear();
        var head = reader.Number();
        var hasOrders = (head & 1) == 1;
        for (var i = head >> 1; i > 0; i--)
        {
            _levels.Add(new Level(Price(ref reader), new Quantity(reader.Signed()), hasOrders ? (int)reader.Signed() : 0));
        }

        return [.. _levels];
    }

    /// <summary>Reads both clocks.</summary>
    public EventTimes Times(ref ByteSource reader)
    {
        var received = ReceivedAt(ref reader);
        return new EventTimes(reader.Byte() == 0 ? default : new Timestamp(received.Nanoseconds - reader.Scaled(BatchEncoder.OurClock)), received);
    }

    private void Read(EventKind kind, ref ByteSource reader, IMarketEvents events)
    {
        switch (kind)
        {
            case EventKind.Tick: events.On(new Tick(ReceivedAt(ref reader))); break;
            case EventKind.Status: events.On(Status(ref reader)); break;
            case EventKind.News: events.On(News(ref reader)); break;
            case > EventKind.End and < EventKind.News or EventKind.Candle:
                var id = new InstrumentId((int)reader.Number());
                ReadOfInstrument(kind, id, Times(ref reader), ref reader, events);
                break;
            default: throw new InvalidDataException($"There are no events of kind {kind}.");
        }
    }

    private void ReadOfInstrument(EventKind kind, InstrumentId id, EventTimes times, ref ByteSource reader, IMarketEvents events)
    {
        switch (kind)
        {
            case EventKind.Trade:
                events.On(new Trade(id, reader.Signed(), Price(ref reader), new Quantity(reader.Signed()), (TakerSide)reader.Byte(), times));
                break;
            case EventKind.Snapshot:
                var snapshot = new BookSnapshot(id, reader.Signed(), times, reader.Byte() == 1);
                events.On(snapshot, Levels(ref reader), Levels(ref reader));
                break;
            case EventKind.Update:
                var last = reader.Signed();
                var update = new BookUpdate(id, last - reader.Signed(), last, times);
                events.On(update, Levels(ref reader), Levels(ref reader));
                break;
            case EventKind.Top:
                var sequence = reader.Signed();
                var top = Levels(ref reader);
                events.On(top.Length == 2 ? new TopOfBook(id, sequence, top[0], top[1], times) : throw new InvalidDataException("A top has two levels."));
                break;
            case EventKind.Mark:
                var mark = reader.Signed();
                events.On(new MarkPrice(id, new Price(mark), new Price(mark + reader.Signed()), times));
                break;
            case EventKind.Funding:
                events.On(new Funding(id, reader.Signed(), new Timestamp(reader.Scaled(BatchEncoder.OurClock)), TimeSpan.FromTicks(reader.Signed()), times));
                break;
            case EventKind.OpenInterest: events.On(new OpenInterest(id, new Quantity(reader.Signed()), times)); break;
            case EventKind.Liquidation:
                var (price, quantity) = (Price(ref reader), new Quantity(reader.Signed()));
                events.On(new Liquidation(id, (TakerSide)reader.Byte(), price, quantity, times));
                break;
            default: events.On(Candle(id, times, ref reader)); break;
        }
    }

    private VenueStatus Status(ref ByteSource reader)
    {
        var (id, state, reason) = (new InstrumentId((int)reader.Number()), (BookState)reader.Byte(), reader.Text());
        var until = new Timestamp(reader.Scaled(BatchEncoder.OurClock));
        return new VenueStatus(id, state, reason, until, ReceivedAt(ref reader));
    }

    private NewsItem News(ref ByteSource reader) => new()
    {
        Times = Times(ref reader),
        Venue = new VenueId(reader.Text()),
        Id = reader.Text(),
        Source = reader.Text(),
        Author = reader.Text(),
        Title = reader.Text(),
        EnglishTitle = reader.Text(),
        Body = reader.Text(),
        Url = reader.Text(),
        Image = reader.Text(),
        Symbols = reader.Texts(),
        Coins = reader.Texts(),
        IsFromHistory = reader.Byte() == 1,
    };

    private CandleUpdate Candle(InstrumentId id, EventTimes times, ref ByteSource reader)
    {
        var interval = CandleInterval.TryParse(reader.Text(), out var known) ? known : throw new InvalidDataException("There is no such interval.");
        var start = new Timestamp(reader.Scaled(BatchEncoder.OurClock));
        var (open, high, low, close) = (Price(ref reader), Price(ref reader), Price(ref reader), Price(ref reader));
        var (volume, quote, hasTrades, trades) = (Decimal(reader.Text()), reader.Text(), reader.Byte() == 1, reader.Signed());
        bool? isClosed = reader.Byte() switch { 0 => null, 1 => false, _ => true };
        return new CandleUpdate(id, interval, start, open, high, low, close, volume, quote.Length > 0 ? Decimal(quote) : null, hasTrades ? trades : null, isClosed, times);
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private Timestamp ReceivedAt(ref ByteSource reader)
    {
        _receivedAt += reader.Scaled(BatchEncoder.OurClock);
        return At = new Timestamp(_receivedAt);
    }

    private Price Price(ref ByteSource reader) => new(_price = unchecked(_price + reader.Signed()));
}
