using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Puts candles together out of what several partitions have of them. Mostly each has its own, in order.</summary>
/// <param name="length">How long a candle is, in nanoseconds.</param>
internal sealed class CandleAssembly(long length)
{
    private readonly SortedDictionary<long, Parts> _candles = [];
    private (long Slice, Parts? Parts) _latest;

    /// <summary>Takes the prices of a candle, and everything in it.</summary>
    public void Add(long slice, in PriceBar bar, in FlowVolume volume)
    {
        var parts = Of(slice);
        parts.Bar = parts.Bar is { } known ? known.With(bar) : bar;
        parts.Volume += volume;
    }

    /// <summary>Takes what was traded in a bucket of a candle.</summary>
    public void Add(long slice, in FlowCell cell)
    {
        var cells = Of(slice).Cells;
        if (cells.Count == 0 || cells[^1].Price < cell.Price)
        {
            cells.Add(cell);
            return;
        }

        var place = cells.BinarySearch(cell, ByPrice.Instance);
        if (place < 0)
        {
            cells.Insert(~place, cell);
        }
        else
        {
            cells[place] = cell with { Volume = cells[place].Volume + cell.Volume };
        }
    }

    /// <summary>The candles, oldest first.</summary>
    public List<StoredCandle> Build() => [.. _candles.Select(candle => Build(candle.Key, candle.Value, candle.Value.Bar!.Value))];

    private StoredCandle Build(long slice, Parts parts, in PriceBar bar) => new(
        new Timestamp(slice * length), new Timestamp(bar.FirstAt), new Timestamp(bar.LastAt),
        new Price(bar.Open), new Price(bar.High), new Price(bar.Low), new Price(bar.Close), parts.Volume, parts.Cells);

    private Parts Of(long slice)
    {
        if (_latest.Parts is { } latest && _latest.Slice == slice)
        {
            return latest;
        }

        if (!_candles.TryGetValue(slice, out var parts))
        {
            _candles.Add(slice, parts = new Parts());
        }

        _latest = (slice, parts);
        return parts;
    }

    private sealed class Parts
    {
        public PriceBar? Bar { get; set; }

        public FlowVolume Volume { get; set; }

        public List<FlowCell> Cells { get; } = [];
    }

    private sealed class ByPrice : IComparer<FlowCell>
    {
        public static ByPrice Instance { get; } = new();

        public int Compare(FlowCell left, FlowCell right) => left.Price.CompareTo(right.Price);
    }
}
