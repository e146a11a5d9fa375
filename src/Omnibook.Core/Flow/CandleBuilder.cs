using System.Runtime.InteropServices;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>Puts one candle together, of trades and of slices.</summary>
/// <param name="start">When it begins.</param>
/// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
internal sealed class CandleBuilder(Timestamp start, long tick)
{
    private readonly Dictionary<long, FlowVolume> _cells = [];
    private CandlePrices _prices;
    private FlowVolume _volume;

    /// <summary>When the candle begins.</summary>
    public Timestamp Start => start;

    /// <summary>What was traded so far.</summary>
    public FlowVolume Volume => _volume;

    /// <summary>Takes a trade.</summary>
    public void Add(in Trade trade)
    {
        _prices.Add(trade.Price.Units, TradeFlow.TimeOf(trade).Nanoseconds);
        var volume = FlowVolume.Of(trade);
        _volume += volume;
        Add(trade.Price.Units, volume);
    }

    /// <summary>Takes a slice.</summary>
    public void Add(FlowSlice slice)
    {
        _prices.Add(slice.Prices);
        _volume += slice.Volume;
        if (tick == 0)
        {
            return;
        }

        foreach (ref readonly var cell in slice.Cells)
        {
            Add(cell.Price, cell.Volume);
        }
    }

    /// <summary>Takes what is known of the same candle from before everything that is added afterwards.</summary>
    public void Add(FlowCandle earlier)
    {
        _prices.Add(new CandlePrices(
            earlier.Open.Units, earlier.High.Units, earlier.Low.Units, earlier.Close.Units, start.Nanoseconds, start.Nanoseconds));
        _volume += earlier.Volume;
        foreach (var cell in earlier.Cells)
        {
            Add(cell.Price.Units, cell.Volume);
        }
    }

    /// <summary>The candle as it is now.</summary>
    public FlowCandle Build(bool isPartial, bool isClosed)
    {
        var cells = new FlowCell[_cells.Count];
        var count = 0;
        foreach (var (price, volume) in _cells)
        {
            cells[count++] = new FlowCell(new Price(price), volume);
        }

        Array.Sort(cells, static (left, right) => left.Price.CompareTo(right.Price));
        return new FlowCandle(
            start, new Price(_prices.Open), new Price(_prices.High), new Price(_prices.Low), new Price(_prices.Close), _volume, cells, isPartial, isClosed);
    }

    private void Add(long price, in FlowVolume volume)
    {
        if (tick == 0)
        {
            return;
        }

        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, Grid.Floor(price, tick), out _);
        cell += volume;
    }
}
