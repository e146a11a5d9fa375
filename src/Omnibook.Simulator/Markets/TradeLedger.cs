namespace Omnibook.Simulator.Markets;

/// <summary>The last trades of a market, by contiguous id; the oldest fall out.</summary>
/// <typeparam name="T">A trade or an aggregate of trades.</typeparam>
internal sealed class TradeLedger<T>(int capacity, long firstId)
{
    private readonly T[] _ring = new T[capacity];
    private long _count;

    /// <summary>The id that the next trade will have.</summary>
    public long NextId => firstId + _count;

    /// <summary>The oldest id that is still here.</summary>
    public long OldestId => Math.Max(firstId, NextId - capacity);

    /// <summary>The trade of an id between <see cref="OldestId"/> and <see cref="NextId"/> - 1.</summary>
    public T this[long id] => _ring[(id - firstId) % capacity];

    /// <summary>Adds the trade whose id is <see cref="NextId"/>.</summary>
    public void Add(T trade)
    {
        _ring[(NextId - firstId) % capacity] = trade;
        _count++;
    }

    /// <summary>At most so many trades from an id on, oldest first.</summary>
    public IEnumerable<T> From(long id, int limit)
    {
        var start = Math.Max(id, OldestId);
        for (var next = start; next < Math.Min(NextId, start + limit); next++)
        {
            yield return this[next];
        }
    }

    /// <summary>The newest trades, oldest first.</summary>
    public IEnumerable<T> Newest(int limit) => From(NextId - limit, limit);
}
