using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;

namespace Omnibook.History.Journal;

/// <summary>
/// Puts events into the bytes of a record, each told against those before it in the same record: a trade of a busy market takes six to nine bytes.
/// Allocates nothing once its arrays have grown. Not thread-safe.
/// </summary>
/// <remarks>The decoder reads the same fields in the same order; both are laid out alike so that they can be compared.</remarks>
internal sealed class JournalEncoder : EventObserver, IJournalEvents
{
    private readonly InstrumentCatalog _catalog;
    private readonly ByteSink _sink = new();
    private readonly JournalState _state = new();
    private Steps[] _steps = [];

    /// <summary>An encoder of events of a catalog's instruments.</summary>
    public JournalEncoder(InstrumentCatalog catalog)
    {
        _catalog = catalog;
        _state.Clear();
    }

    /// <summary>How many events the record holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public int Length => _sink.Length;

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Written => _sink.Written;

    /// <summary>Begins another record.</summary>
    public void Clear()
    {
        Count = 0;
        _sink.Clear();
        _state.Clear();
    }

    /// <inheritdoc />
    public override void On(in Trade trade)
    {
        ref var known = ref _state.Of(trade.Instrument.Index);
        var steps = StepsOf(trade.Instrument);
        var (number, price) = (trade.TradeId - known.TradeId, trade.Price.Units - known.Price);
        Begin(
            EventTag.Trade
            | (trade.TakerSide == TakerSide.Sell ? EventTag.Sell : 0)
            | (number != 1 ? EventTag.OtherNumber : 0)
            | (price != 0 ? EventTag.OtherPrice : 0),
            trade.Instrument,
            trade.Times);
        if (number != 1)
        {
            _sink.Signed(number);
        }

        if (price != 0)
        {
            _sink.Scaled(price, steps.Tick);
        }

        _sink.Scaled(trade.Quantity.Units, steps.Lot);
        (known.TradeId, known.Price) = (trade.TradeId, trade.Price.Units);
    }

    /// <inheritdoc />
    public override void On(in MarkPrice mark)
    {
        Begin(EventTag.Mark, mark.Instrument, mark.Times);
        _sink.Signed(mark.Mark.Units);
        _sink.Signed(mark.Index.Units == 0 ? 0 : mark.Index.Units - mark.Mark.Units);
        _sink.Byte(mark.Index.Units == 0 ? 0 : 1);
    }

    /// <inheritdoc />
    public override void On(in Funding funding)
    {
        Begin(EventTag.Funding, funding.Instrument, funding.Times);
        _sink.Signed(funding.RateUnits);
        _sink.Scaled(funding.NextAt.Nanoseconds, EventTag.VenueTimeUnit);
        _sink.Scaled(funding.Interval.Ticks, TimeSpan.TicksPerMinute);
    }

    /// <inheritdoc />
    public override void On(in OpenInterest openInterest)
    {
        Begin(EventTag.OpenInterest, openInterest.Instrument, openInterest.Times);
        _sink.Scaled(openInterest.Quantity.Units, StepsOf(openInterest.Instrument).Lot);
    }

    /// <inheritdoc />
    public override void On(in Liquidation liquidation)
    {
        var steps = StepsOf(liquidation.Instrument);
        Begin(EventTag.Liquidation | (liquidation.OrderSide == TakerSide.Sell ? EventTag.Sell : 0), liquidation.Instrument, liquidation.Times);
        _sink.Scaled(liquidation.Price.Units, steps.Tick);
        _sink.Scaled(liquidation.Quantity.Units, steps.Lot);
    }

    /// <inheritdoc />
    public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var steps = StepsOf(snapshot.Instrument);
        Begin(EventTag.Book, snapshot.Instrument, snapshot.Times);
        _sink.Signed(snapshot.Sequence);
        Levels(bids, steps);
        Levels(asks, steps);
    }

    /// <inheritdoc />
    public override void On(NewsItem news)
    {
        Begin(EventTag.News, news.Times);
        _sink.Byte(news.IsFromHistory ? 1 : 0);
        foreach (var text in (ReadOnlySpan<string>)[news.Venue.Key, news.Id, news.Source, news.Author, news.Title, news.EnglishTitle, news.Body, news.Url, news.Image])
        {
            _sink.Text(text);
        }

        _sink.Texts(news.Symbols);
        _sink.Texts(news.Coins);
    }

    /// <inheritdoc />
    public void On(MissingTrades missing)
    {
        Begin(EventTag.Other, missing.Instrument, new EventTimes(missing.BeforeAt, missing.At));
        _sink.Byte(EventTag.MissingTrades);
        _sink.Signed(missing.BeforeId);
        _sink.Byte(missing.AfterId is null ? 0 : 1);
        _sink.Signed(missing.AfterId ?? 0);
        _sink.Signed(missing.AfterAt.Nanoseconds);
        _sink.Text(missing.Why);
    }

    /// <inheritdoc />
    public void OnUnfollowed(InstrumentId instrument, Timestamp at)
    {
        Begin(EventTag.Other, instrument, new EventTimes(default, at));
        _sink.Byte(EventTag.Unfollowed);
    }

    /// <inheritdoc />
    public void OnUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at)
    {
        Begin(EventTag.Other, instrument, new EventTimes(last.VenueTime, at));
        _sink.Byte(EventTag.Unsettled);
        _sink.Signed(last.Id);
    }

    /// <inheritdoc />
    public void OnSettled(InstrumentId instrument, Timestamp at)
    {
        Begin(EventTag.Other, instrument, new EventTimes(default, at));
        _sink.Byte(EventTag.Settled);
    }

    private void Levels(ReadOnlySpan<Level> levels, Steps steps)
    {
        _sink.Number((ulong)levels.Length);
        var price = 0L;
        foreach (ref readonly var level in levels)
        {
            _sink.Scaled(level.Price.Units - price, steps.Tick);
            _sink.Scaled(level.Quantity.Units, steps.Lot);
            price = level.Price.Units;
        }
    }

    private void Begin(int tag, InstrumentId instrument, EventTimes times)
    {
        var isOther = instrument.Index != _state.Instrument;
        Begin(tag | (isOther ? EventTag.OtherInstrument : 0), times);
        if (isOther)
        {
            _sink.Number((ulong)instrument.Index);
            _state.Instrument = instrument.Index;
        }
    }

    private void Begin(int tag, EventTimes times)
    {
        var before = _state.Times;
        Count++;
        if (times == before)
        {
            _sink.Byte(tag);
            return;
        }

        _sink.Byte(tag | EventTag.OtherTimes);
        _sink.Scaled(times.VenueTime.Nanoseconds - before.VenueTime.Nanoseconds, EventTag.VenueTimeUnit);
        _sink.Scaled(times.ReceivedAt.Nanoseconds - before.ReceivedAt.Nanoseconds, EventTag.ReceivedAtUnit);
        _state.Times = times;
    }

    private Steps StepsOf(InstrumentId instrument)
    {
        if (instrument.Index >= _steps.Length)
        {
            _steps = [.. _catalog.Instruments.Select(known => Steps.Of(known.Listing))];
        }

        return _steps[instrument.Index];
    }
}
