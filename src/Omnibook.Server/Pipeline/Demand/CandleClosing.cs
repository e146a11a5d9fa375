using System.Runtime.InteropServices;
using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// Says that a candle is over where the venue does not: when its time has passed and no later candle has come, which would have told it.
/// It is said only of a stream that has stood since the candle's last change: after a break nobody knows what the candle became.
/// </summary>
internal sealed class CandleClosing(MarketLoop loop, InstrumentCatalog catalog, Func<Instrument, CandleInterval, Timestamp, bool> hasStoodSince) : IMarketListener
{
    /// <summary>For clocks that differ, and for the last change, which Hyperliquid and Lighter send up to a second after the trade.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(InstrumentId, CandleInterval), CandleUpdate> _open = [];
    private readonly List<CandleUpdate> _over = [];
    private Timestamp _nextEnd = new(long.MaxValue);

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var candle in changes.Candles)
        {
            Note(candle);
        }

        if (market.Now >= _nextEnd)
        {
            Close(market.Now);
        }
    }

    private static Timestamp EndOf(in CandleUpdate candle) => candle.Interval.EndOf(candle.Start) + Grace;

    private void Note(in CandleUpdate candle)
    {
        if (candle.IsClosed is not null)
        {
            _open.Remove((candle.Instrument, candle.Interval));
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_open, (candle.Instrument, candle.Interval), out _) = candle;
        _nextEnd = EndOf(candle) < _nextEnd ? EndOf(candle) : _nextEnd;
    }

    private void Close(Timestamp now)
    {
        _over.Clear();
        _nextEnd = new Timestamp(long.MaxValue);
        foreach (var candle in _open.Values)
        {
            if (EndOf(candle) is var end && end <= now)
            {
                _over.Add(candle);
            }
            else
            {
                _nextEnd = end < _nextEnd ? end : _nextEnd;
            }
        }

        foreach (var candle in _over)
        {
            _open.Remove((candle.Instrument, candle.Interval));
            if (hasStoodSince(catalog[candle.Instrument], candle.Interval, candle.Times.ReceivedAt))
            {
                Say(candle with { IsClosed = true, Times = candle.Times with { ReceivedAt = now } });
            }
        }
    }

    /// <summary>A queue that is full now is full of later events: then the next candle tells it.</summary>
    private void Say(in CandleUpdate closed)
    {
        var batch = loop.Rent();
        batch.On(closed);
        loop.TryEnqueue(batch);
    }
}
