namespace Omnibook.Core.Routing;

/// <summary>
/// Where an order ends in the merged offers of several venues: finds the key at which the sum of all better offers no longer
/// suffices, by halving the candidates of all venues at once. So the merge of thousands of levels costs a few searches instead of a walk.
/// </summary>
internal sealed class KeyCut
{
    private int[] _low = [];
    private int[] _high = [];
    private int[] _through = [];

    /// <summary>How many levels of each venue are wholly better than the end.</summary>
    public ReadOnlySpan<int> Whole => _low;

    /// <summary>Cuts. Without enough offers, every level is taken.</summary>
    public void Cut(ReadOnlySpan<OfferColumn> columns, Int128 target)
    {
        Begin(columns);
        while (TryFindWidest(columns.Length, out var widest))
        {
            var key = columns[widest].KeyAt((_low[widest] + _high[widest] - 1) / 2);
            var reaches = SumThrough(columns, key) >= target;
            for (var i = 0; i < columns.Length; i++)
            {
                var through = _through[i];
                if (!reaches)
                {
                    _low[i] = through;
                }
                else
                {
                    // The level of the key itself is no longer wholly better. Prices of one venue differ, so that there is at most one.
                    _high[i] = through > _low[i] && columns[i].KeyAt(through - 1) == key ? through - 1 : through;
                }
            }
        }
    }

    private void Begin(ReadOnlySpan<OfferColumn> columns)
    {
        if (_low.Length < columns.Length)
        {
            (_low, _high, _through) = (new int[columns.Length], new int[columns.Length], new int[columns.Length]);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            (_low[i], _high[i]) = (0, columns[i].Count);
        }
    }

    private bool TryFindWidest(int columns, out int widest)
    {
        widest = 0;
        for (var i = 1; i < columns; i++)
        {
            widest = _high[i] - _low[i] > _high[widest] - _low[widest] ? i : widest;
        }

        return columns > 0 && _high[widest] > _low[widest];
    }

    /// <summary>The sum of all levels up to a key, itself included; the greatest there is where 128 bits do not hold it.</summary>
    private Int128 SumThrough(ReadOnlySpan<OfferColumn> columns, Int128 key)
    {
        var sum = Int128.Zero;
        for (var i = 0; i < columns.Length; i++)
        {
            _through[i] = columns[i].FindAbove(key, _low[i], _high[i]);
            sum = sum < 0 ? sum : sum + columns[i].SumOf(_through[i]);
        }

        return sum < 0 ? Int128.MaxValue : sum;
    }
}
