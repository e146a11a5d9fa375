using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Puts slices together out of what several partitions have of them.</summary>
/// <param name="length">How long a slice is, in nanoseconds.</param>
internal sealed class SliceAssembly(long length)
{
    private readonly SortedDictionary<long, Parts> _slices = [];

    /// <summary>Takes the prices of a slice.</summary>
    public void Add(long slice, in Bar bar)
    {
        var parts = Of(slice);
        parts.Bar = parts.HasBar ? parts.Bar.With(bar) : bar;
        parts.HasBar = true;
    }

    /// <summary>Takes what was traded at a price of a slice.</summary>
    public void Add(long slice, in StoredCell cell)
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
            var known = cells[place];
            cells[place] = new StoredCell(known.Price, known.Bought + cell.Bought, known.Sold + cell.Sold, known.Buys + cell.Buys, known.Sells + cell.Sells);
        }
    }

    /// <summary>The slices, oldest first.</summary>
    public List<StoredSlice> Build() =>
        [.. _slices.Select(slice => Build(slice.Key, slice.Value.Bar, slice.Value.Cells))];

    private StoredSlice Build(long slice, in Bar bar, List<StoredCell> cells) => new(
        new Timestamp(slice * length), new Timestamp(bar.FirstAt), new Timestamp(bar.LastAt),
        new Price(bar.Open), new Price(bar.High), new Price(bar.Low), new Price(bar.Close), cells);

    private Parts Of(long slice)
    {
        if (!_slices.TryGetValue(slice, out var parts))
        {
            _slices.Add(slice, parts = new Parts());
        }

        return parts;
    }

    /// <summary>The four prices of a slice; moments in nanoseconds.</summary>
    internal readonly record struct Bar(long FirstAt, long LastAt, long Open, long High, long Low, long Close)
    {
        /// <summary>Together with one whose trades came later.</summary>
        public Bar With(in Bar later)
        {
            var (opensLater, closesLater) = (later.FirstAt < FirstAt, later.LastAt >= LastAt);
            return new Bar(
                Math.Min(FirstAt, later.FirstAt), Math.Max(LastAt, later.LastAt),
                opensLater ? later.Open : Open, Math.Max(High, later.High), Math.Min(Low, later.Low), closesLater ? later.Close : Close);
        }
    }

    private sealed class Parts
    {
        public bool HasBar { get; set; }

        public Bar Bar { get; set; }

        public List<StoredCell> Cells { get; } = [];
    }

    private sealed class ByPrice : IComparer<StoredCell>
    {
        public static ByPrice Instance { get; } = new();

        public int Compare(StoredCell left, StoredCell right) => left.Price.CompareTo(right.Price);
    }
}
