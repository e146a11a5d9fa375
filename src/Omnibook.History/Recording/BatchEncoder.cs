using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;

namespace Omnibook.History.Recording;

/// <summary>
/// Writes events, each by what differs from the one before: times and prices are mostly near each other. What is before begins anew with
/// <see cref="Begin"/>, so that every record can be read by itself.
/// </summary>
internal sealed class BatchEncoder(ByteSink writer) : IMarketEvents
{
    /// <summary>Our clock counts hundreds of nanoseconds.</summary>
    public const long OurClock = 100;

    private long _receivedAt;
    private long _price;

    /// <summary>A record begins.</summary>
    public void Begin() => (_receivedAt, _price) = (0, 0);

    /// <summary>Writes all events of a batch.</summary>
    public void Write(EventBatch batch)
    {
        batch.DeliverTo(this);
        writer.Byte((int)EventKind.End);
    }

    /// <inheritdoc />
    public void On(in Trade trade)
    {
        Open(EventKind.Trade, trade.Instrument, trade.Times);
        writer.Signed(trade.TradeId);
        Price(trade.Price);
        writer.Signed(trade.Quantity.Units);
        writer.Byte((int)trade.TakerSide);
    }

    /// <inheritdoc />
    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Open(EventKind.Snapshot, snapshot.Instrument, snapshot.Times);
        writer.Signed(snapshot.Sequence);
        writer.Byte(snapshot.RestartsSequence ? 1 : 0);
        Levels(bids);
        Levels(asks);
    }

    /// <inheritdoc />
    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Open(EventKind.Update, update.Instrument, update.Times);
        writer.Signed(update.Last);
        writer.Signed(update.Last - update.First);
        Levels(bids);
        Levels(asks);
    }

    /// <inheritdoc />
    public void On(in TopOfBook top)
    {
        Open(EventKind.Top, top.Instrument, top.Times);
        writer.Signed(top.Sequence);
        Levels([top.Bid, top.Ask]);
    }

    /// <inheritdoc />
    public void On(in MarkPrice mark)
    {
        Open(EventKind.Mark, mark.Instrument, mark.Times);
        writer.Signed(mark.Mark.Units);
        writer.Signed(mark.Index.Units - mark.Mark.Units);
    }

    /// <inheritdoc />
    public void On(in Funding funding)
    {
        Open(EventKind.Funding, funding.Instrument, funding.Times);
        writer.Signed(funding.RateUnits);
        writer.Scaled(funding.NextAt.Nanoseconds, OurClock);
        writer.Signed(funding.Interval.Ticks);
    }

    /// <inheritdoc />
    public void On(in OpenInterest openInterest)
    {
        Open(EventKind.OpenInterest, openInterest.Instrument, openInterest.Times);
        writer.Signed(openInterest.Quantity.Units);
    }

    /// <inheritdoc />
    public void On(in Liquidation liquidation)
    {
        Open(EventKind.Liquidation, liquidation.Instrument, liquidation.Times);
        Price(liquidation.Price);
        writer.Signed(liquidation.Quantity.Units);
        writer.Byte((int)liquidation.OrderSide);
    }

    /// <inheritdoc />
    public void On(NewsItem news)
    {
        writer.Byte((int)EventKind.News);
        Times(news.Times);
        foreach (var text in (ReadOnlySpan<string>)[news.Venue.Key, news.Id, news.Source, news.Author, news.Title, news.EnglishTitle, news.Body, news.Url, news.Image])
        {
            writer.Text(text);
        }

        writer.Texts(news.Symbols);
        writer.Texts(news.Coins);
        writer.Byte(news.IsFromHistory ? 1 : 0);
    }

    /// <inheritdoc />
    public void On(in CandleUpdate candle)
    {
        Open(EventKind.Candle, candle.Instrument, candle.Times);
        writer.Text(candle.Interval.Name);
        writer.Scaled(candle.Start.Nanoseconds, OurClock);
        Price(candle.Open);
        Price(candle.High);
        Price(candle.Low);
        Price(candle.Close);
        writer.Text(Text(candle.BaseVolume));
        writer.Text(candle.QuoteVolume is { } quote ? Text(quote) : "");
        writer.Byte(candle.Trades is null ? 0 : 1);
        writer.Signed(candle.Trades ?? 0);
        writer.Byte(candle.IsClosed switch { null => 0, false => 1, true => 2 });
    }

    /// <inheritdoc />
    public void On(in VenueStatus status)
    {
        writer.Byte((int)EventKind.Status);
        writer.Number((ulong)status.Instrument.Index);
        writer.Byte((int)status.State);
        writer.Text(status.Reason);
        writer.Scaled(status.Until.Nanoseconds, OurClock);
        ReceivedAt(status.At);
    }

    /// <inheritdoc />
    public void On(in Tick tick)
    {
        writer.Byte((int)EventKind.Tick);
        ReceivedAt(tick.At);
    }

    /// <summary>Levels, by what each price differs from the one before.</summary>
    public void Levels(ReadOnlySpan<Level> levels)
    {
        var orders = 0;
        foreach (ref readonly var level in levels)
        {
            orders |= level.Orders;
        }

        // The lowest bit says whether numbers of orders follow.
        writer.Number(((ulong)levels.Length << 1) | (orders == 0 ? 0UL : 1UL));
        foreach (ref readonly var level in levels)
        {
            Price(level.Price);
            writer.Signed(level.Quantity.Units);
            if (orders != 0)
            {
                writer.Signed(level.Orders);
            }
        }
    }

    /// <summary>Both clocks.</summary>
    public void Times(EventTimes times)
    {
        ReceivedAt(times.ReceivedAt);
        writer.Byte(times.VenueTime.IsUnknown ? 0 : 1);
        if (!times.VenueTime.IsUnknown)
        {
            writer.Scaled(unchecked(times.ReceivedAt.Nanoseconds - times.VenueTime.Nanoseconds), OurClock);
        }
    }

    private void Open(EventKind kind, InstrumentId instrument, EventTimes times)
    {
        writer.Byte((int)kind);
        writer.Number((ulong)instrument.Index);
        Times(times);
    }

    private void ReceivedAt(Timestamp at)
    {
        writer.Scaled(at.Nanoseconds - _receivedAt, OurClock);
        _receivedAt = at.Nanoseconds;
    }

    private void Price(Price price)
    {
        writer.Signed(unchecked(price.Units - _price));
        _price = price.Units;
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
