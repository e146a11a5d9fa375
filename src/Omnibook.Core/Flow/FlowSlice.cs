using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>What was traded at one price within a slice. The quote amounts follow from it: price × quantity.</summary>
/// <param name="Price">The price, in units of the instrument's price scale.</param>
/// <param name="Bought">Base assets that takers bought, in units of the quantity scale.</param>
/// <param name="Sold">Base assets that takers sold.</param>
/// <param name="Buys">How many trades in which the taker bought.</param>
/// <param name="Sells">How many trades in which the taker sold.</param>
public readonly record struct SliceCell(long Price, Int128 Bought, Int128 Sold, int Buys, int Sells)
{
    /// <summary>The same with its quote amounts.</summary>
    public FlowVolume Volume => new(Bought, Sold, Price * Bought, Price * Sold, Buys, Sells);
}

/// <summary>The trades of one second, or later of one minute, added up price by price. The prices are exact, so that any tick can be made of them.</summary>
/// <param name="start">When it begins, in nanoseconds.</param>
/// <param name="length">How long it is, in nanoseconds.</param>
public sealed class FlowSlice(long start, long length)
{
    private SliceCell[] _cells = [];
    private int _count;
    private CandlePrices _prices;

    /// <summary>A slice as it was stored.</summary>
    /// <param name="start">When it begins, in nanoseconds.</param>
    /// <param name="length">How long it is, in nanoseconds.</param>
    /// <param name="prices">Its four prices.</param>
    /// <param name="cells">Everything in it by price, lowest first, each price once. They belong to the slice from now on.</param>
    public FlowSlice(long start, long length, in CandlePrices prices, SliceCell[] cells)
        : this(start, length)
    {
        (_prices, _cells, _count) = (prices, cells, cells.Length);
        foreach (ref readonly var cell in cells.AsSpan())
        {
            Volume += cell.Volume;
        }
    }

    /// <summary>When it begins.</summary>
    public long Start => start;

    /// <summary>When it is over.</summary>
    public long End => start + length;

    /// <summary>Its four prices.</summary>
    public ref readonly CandlePrices Prices => ref _prices;

    /// <summary>Everything in it.</summary>
    public FlowVolume Volume { get; private set; }

    /// <summary>Everything in it by price, lowest first.</summary>
    public ReadOnlySpan<SliceCell> Cells => _cells.AsSpan(0, _count);

    /// <summary>Whether somebody else reads it, on whatever thread: then it must not change any more.</summary>
    internal bool IsShared { get; set; }

    /// <summary>The same, to be changed.</summary>
    internal FlowSlice Copy() => new(start, length) { _cells = Cells.ToArray(), _count = _count, _prices = _prices, Volume = Volume };

    /// <summary>Takes a trade.</summary>
    internal void Add(in Trade trade, long at)
    {
        var isBuy = trade.TakerSide == TakerSide.Buy;
        var (price, quantity) = (trade.Price.Units, (Int128)trade.Quantity.Units);
        _prices.Add(price, at);
        Volume += FlowVolume.Of(trade);
        Add(isBuy ? new SliceCell(price, quantity, 0, 1, 0) : new SliceCell(price, 0, quantity, 0, 1));
    }

    /// <summary>Takes everything that another slice has, whose trades came later.</summary>
    internal void Add(FlowSlice other)
    {
        _prices.Add(other._prices);
        Volume += other.Volume;
        foreach (ref readonly var cell in other.Cells)
        {
            Add(cell);
        }
    }

    /// <summary>Lets go of room that is not needed any more.</summary>
    internal void Trim() => Array.Resize(ref _cells, _count);

    private void Add(in SliceCell added)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _cells[middle].Price < added.Price ? (middle + 1, high) : (low, middle);
        }

        if (low < _count && _cells[low].Price == added.Price)
        {
            ref var cell = ref _cells[low];
            cell = new SliceCell(cell.Price, cell.Bought + added.Bought, cell.Sold + added.Sold, cell.Buys + added.Buys, cell.Sells + added.Sells);
            return;
        }

        Insert(low, added);
    }

    private void Insert(int place, in SliceCell cell)
    {
        if (_count == _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(4, _count * 2));
        }

        Array.Copy(_cells, place, _cells, place + 1, _count - place);
        _cells[place] = cell;
        _count++;
    }
}
