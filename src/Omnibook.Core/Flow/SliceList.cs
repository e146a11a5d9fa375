using System.Runtime.InteropServices;

namespace Omnibook.Core.Flow;

/// <summary>
/// Slices in order of time: first those of a minute, then those of a second. Whoever was given some of them may read them on any thread for as long as he
/// likes: a slice that changes afterwards is copied first.
/// </summary>
internal sealed class SliceList
{
    private readonly List<FlowSlice> _slices = [];
    private int _minutes;

    /// <summary>How many there are.</summary>
    public int Count => _slices.Count;

    /// <summary>How many cells all of them have.</summary>
    public int Cells { get; private set; }

    /// <summary>From when on there is a slice for every second, in nanoseconds; before that for every minute.</summary>
    public long FineFrom { get; private set; } = long.MinValue;

    /// <summary>What is older is not kept, in nanoseconds.</summary>
    public long KeptFrom { get; private set; } = long.MinValue;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<FlowSlice> All => CollectionsMarshal.AsSpan(_slices);

    /// <summary>Those that end after a moment.</summary>
    public ReadOnlySpan<FlowSlice> From(long moment) => All[FirstFrom(All, moment)..];

    /// <summary>The index of the first slice that ends after a moment.</summary>
    public static int FirstFrom(ReadOnlySpan<FlowSlice> slices, long moment)
    {
        var (low, high) = (0, slices.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = slices[middle].End <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Those that end after a moment, to be read for as long as one likes.</summary>
    public FlowSlice[] Share(long from)
    {
        var shared = From(from).ToArray();
        foreach (var slice in shared)
        {
            slice.IsShared = true;
        }

        return shared;
    }

    /// <summary>Adds a trade to its slice.</summary>
    public void Add(in Events.Trade trade, long at)
    {
        var slice = SliceAt(at);
        Cells -= slice.Cells.Length;
        slice.Add(trade, at);
        Cells += slice.Cells.Length;
    }

    /// <summary>Adds what a slice has, whose trades came later than those that are here.</summary>
    public void Add(FlowSlice added)
    {
        var slice = SliceAt(added.Start);
        Cells -= slice.Cells.Length;
        slice.Add(added);
        Cells += slice.Cells.Length;
    }

    /// <summary>Puts slices of before everything that is here, in order of time, of the length that is kept for their time.</summary>
    public void Begin(IReadOnlyList<FlowSlice> earlier)
    {
        _slices.InsertRange(0, earlier);
        _minutes += earlier.Count(slice => slice.End - slice.Start > FlowInterval.Second.Nanoseconds);
        Cells += earlier.Sum(slice => slice.Cells.Length);
    }

    /// <summary>Tells by the minute what is older than a full minute.</summary>
    public void Coarsen(long fineFrom)
    {
        FineFrom = fineFrom;
        var (write, read) = (_minutes, _minutes);
        for (; read < _slices.Count && _slices[read].Start < fineFrom; read++)
        {
            var minute = Grid.Floor(_slices[read].Start, FlowInterval.Minute.Nanoseconds);
            if (write == 0 || _slices[write - 1].Start != minute)
            {
                Trim(write - 1);
                var slice = new FlowSlice(minute, FlowInterval.Minute.Nanoseconds);
                slice.Add(_slices[read]);
                _slices[write++] = slice;
                continue;
            }

            var (into, second) = (Own(write - 1), _slices[read]);
            Cells -= into.Cells.Length + second.Cells.Length;
            into.Add(second);
            Cells += into.Cells.Length;
        }

        Trim(write - 1);
        _slices.RemoveRange(write, read - write);
        _minutes = write;
    }

    /// <summary>Drops the oldest: those that end before a moment, and more until the cells are few enough. The newest stays.</summary>
    /// <returns>Whether something went.</returns>
    public bool Drop(long before, int mostCells)
    {
        var drop = 0;
        while (drop < _slices.Count - 1 && (_slices[drop].End <= before || Cells > mostCells))
        {
            Cells -= _slices[drop].Cells.Length;
            KeptFrom = _slices[drop].End;
            drop++;
        }

        Remove(drop);
        return drop > 0;
    }

    /// <summary>Keeps nothing that is older than a moment, from now on.</summary>
    public void KeepFrom(long moment)
    {
        var drop = 0;
        while (drop < _slices.Count && _slices[drop].Start < moment)
        {
            Cells -= _slices[drop++].Cells.Length;
        }

        Remove(drop);
        KeptFrom = Math.Max(KeptFrom, moment);
    }

    private void Remove(int oldest)
    {
        _slices.RemoveRange(0, oldest);
        _minutes = Math.Max(0, _minutes - oldest);
    }

    private FlowSlice SliceAt(long moment)
    {
        var index = FirstFrom(All, moment);
        if (index < _slices.Count && _slices[index].Start <= moment)
        {
            return Own(index);
        }

        var length = moment < FineFrom ? FlowInterval.Minute.Nanoseconds : FlowInterval.Second.Nanoseconds;
        var slice = new FlowSlice(Grid.Floor(moment, length), length);
        _slices.Insert(index, slice);
        _minutes += moment < FineFrom ? 1 : 0;
        return slice;
    }

    private FlowSlice Own(int index) => _slices[index].IsShared ? _slices[index] = _slices[index].Copy() : _slices[index];

    private void Trim(int slice)
    {
        if (slice >= 0 && !_slices[slice].IsShared)
        {
            _slices[slice].Trim();
        }
    }
}
