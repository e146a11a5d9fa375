using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;

namespace Omnibook.History.Journal;

/// <summary>Gives the events of a record, as they were put into it.</summary>
internal sealed class JournalDecoder
{
    private readonly JournalState _state = new();
    private Level[] _levels = new Level[256];

    /// <summary>The instruments that the numbers of a record stand for; null where none is known.</summary>
    public ListedInstrument?[] Instruments { get; set; } = [];

    /// <summary>How many events of the record were given.</summary>
    public int Given { get; private set; }

    /// <summary>Gives every event of a record, in order.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="skip">So many events at its beginning are left out.</param>
    /// <param name="events">Takes them.</param>
    /// <exception cref="InvalidDataException">The rest of the record cannot be understood.</exception>
    public void Decode(ReadOnlySpan<byte> record, int skip, IJournalEvents events)
    {
        var source = new ByteSource(record);
        _state.Clear();
        for (Given = 0; source.HasMore; Given++)
        {
            DecodeNext(ref source, Given < skip ? JournalSilence.Instance : events);
        }
    }

    private void DecodeNext(ref ByteSource source, IJournalEvents events)
    {
        int tag = source.Byte();
        var times = Times(ref source, tag);
        var kind = tag & EventTag.KindMask;
        if (kind == EventTag.News)
        {
            events.On(News(ref source, times));
            return;
        }

        var instrument = InstrumentOf(ref source, tag);
        switch (kind)
        {
            case EventTag.Trade: Trade(ref source, tag, times, instrument, events); break;
            case EventTag.Mark: Mark(ref source, times, instrument, events); break;
            case EventTag.Funding: Funding(ref source, times, instrument, events); break;
            case EventTag.OpenInterest: events.On(new OpenInterest(instrument.Id, instrument.Quantity(source.Scaled(instrument.Steps.Lot)), times)); break;
            case EventTag.Liquidation: Liquidation(ref source, tag, times, instrument, events); break;
            case EventTag.Book: Book(ref source, times, instrument, events); break;
            default: Other(ref source, times, instrument, events); break;
        }
    }

    private EventTimes Times(ref ByteSource source, int tag)
    {
        if ((tag & EventTag.OtherTimes) != 0)
        {
            var before = _state.Times;
            var venueTime = before.VenueTime.Nanoseconds + source.Scaled(EventTag.VenueTimeUnit);
            _state.Times = new EventTimes(new(venueTime), new(before.ReceivedAt.Nanoseconds + source.Scaled(EventTag.ReceivedAtUnit)));
        }

        return _state.Times;
    }

    private ListedInstrument InstrumentOf(ref ByteSource source, int tag)
    {
        if ((tag & EventTag.OtherInstrument) != 0)
        {
            var number = source.Number();
            _state.Instrument = number < (ulong)Instruments.Length ? (int)number : throw Unknown(number);
        }

        var index = _state.Instrument;
        return index >= 0 && Instruments[index] is { } known ? known : throw Unknown((ulong)index);
    }

    private void Trade(ref ByteSource source, int tag, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        ref var known = ref _state.Of(_state.Instrument);
        known.TradeId += (tag & EventTag.OtherNumber) != 0 ? source.Signed() : 1;
        known.Price += (tag & EventTag.OtherPrice) != 0 ? source.Scaled(instrument.Steps.Tick) : 0;
        var quantity = source.Scaled(instrument.Steps.Lot);
        events.On(new Trade(instrument.Id, known.TradeId, instrument.Price(known.Price), instrument.Quantity(quantity), Side(tag), times));
    }

    private static void Mark(ref ByteSource source, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        var mark = source.Signed();
        var difference = source.Signed();
        var hasIndex = source.Byte() != 0;
        events.On(new MarkPrice(instrument.Id, new Price(mark), new Price(hasIndex ? mark + difference : 0), times));
    }

    private static void Funding(ref ByteSource source, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        var rate = source.Signed();
        var nextAt = new Timestamp(source.Scaled(EventTag.VenueTimeUnit));
        events.On(new Funding(instrument.Id, rate, nextAt, new TimeSpan(source.Scaled(TimeSpan.TicksPerMinute)), times));
    }

    private static void Liquidation(ref ByteSource source, int tag, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        var price = instrument.Price(source.Scaled(instrument.Steps.Tick));
        events.On(new Liquidation(instrument.Id, Side(tag), price, instrument.Quantity(source.Scaled(instrument.Steps.Lot)), times));
    }

    private void Book(ref ByteSource source, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        var sequence = source.Signed();
        var bids = Levels(ref source, instrument, 0);
        var all = Levels(ref source, instrument, bids);
        events.On(new BookSnapshot(instrument.Id, sequence, times), _levels.AsSpan(0, bids), _levels.AsSpan(bids, all - bids));
    }

    private int Levels(ref ByteSource source, ListedInstrument instrument, int at)
    {
        var end = at + source.Count();
        if (end > _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(end, _levels.Length * 2));
        }

        for (var price = 0L; at < end; at++)
        {
            price += source.Scaled(instrument.Steps.Tick);
            _levels[at] = new Level(instrument.Price(price), instrument.Quantity(source.Scaled(instrument.Steps.Lot)));
        }

        return end;
    }

    private static NewsItem News(ref ByteSource source, EventTimes times) => new()
    {
        IsFromHistory = source.Byte() != 0,
        Venue = new VenueId(source.Text()),
        Id = source.Text(),
        Source = source.Text(),
        Author = source.Text(),
        Title = source.Text(),
        EnglishTitle = source.Text(),
        Body = source.Text(),
        Url = source.Text(),
        Image = source.Text(),
        Symbols = source.Texts(),
        Coins = source.Texts(),
        Times = times,
    };

    private static void Other(ref ByteSource source, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        switch (source.Byte())
        {
            case EventTag.Unfollowed: events.OnUnfollowed(instrument.Id, times.ReceivedAt); break;
            case EventTag.Unsettled: events.OnUnsettled(instrument.Id, new SeenTrade(source.Signed(), times.VenueTime), times.ReceivedAt); break;
            case EventTag.Settled: events.OnSettled(instrument.Id, times.ReceivedAt); break;
            case EventTag.MissingTrades: Missing(ref source, times, instrument, events); break;
            case var unknown: throw new InvalidDataException($"There is no kind {unknown} of rare events.");
        }
    }

    private static void Missing(ref ByteSource source, EventTimes times, ListedInstrument instrument, IJournalEvents events)
    {
        var beforeId = source.Signed();
        var hasAfter = source.Byte() != 0;
        var afterId = source.Signed();
        var afterAt = new Timestamp(source.Signed());
        events.On(new MissingTrades(instrument.Id, beforeId, times.VenueTime, hasAfter ? afterId : null, afterAt, source.Text(), times.ReceivedAt));
    }

    private static TakerSide Side(int tag) => (tag & EventTag.Sell) != 0 ? TakerSide.Sell : TakerSide.Buy;

    private static InvalidDataException Unknown(ulong number) => new($"Instrument {number} of the record was never named: the head of its file is lost.");

    private sealed class JournalSilence : JournalObserver
    {
        public static JournalSilence Instance { get; } = new();
    }
}
