using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.Wire;

/// <summary>An indexed side which knows the prices that were set since it was cleared, for venues that send whole books.</summary>
internal sealed class RefilledSide(int sign) : FloorSide
{
    private readonly IndexedSide _levels = new(sign);
    private readonly List<long> _prices = [];

    public override long Best => _levels.Best;

    public override void Set(long price, long quantity)
    {
        _prices.Add(price);
        _levels.Set(price, quantity);
    }

    /// <summary>Forgets every level.</summary>
    public void Clear()
    {
        _levels.Clear(_prices);
        _prices.Clear();
    }

    public override IEnumerable<(long Price, long Quantity)> BestFirst() => _levels.BestFirst();
}
