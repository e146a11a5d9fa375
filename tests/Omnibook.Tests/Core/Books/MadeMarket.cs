using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>
/// A venue's true book, changed by a seeded hand: the touch drifts and jumps, levels come and go near it and far away, on ticks and
/// between them. Every change is told as an update with absolute quantities.
/// </summary>
internal sealed class MadeMarket(int seed, long tick, int size)
{
    private readonly Random _random = new(seed);
    private readonly SortedSet<long> _bidPrices = [];
    private readonly SortedSet<long> _askPrices = [];
    private long _middle = 1_000_000 * tick;

    public NaiveSide Bids { get; } = new(Side.Bid);

    public NaiveSide Asks { get; } = new(Side.Ask);

    public long Sequence { get; private set; } = 1000;

    /// <summary>How far the touch wanders: ticks a message.</summary>
    public int Drift { get; init; } = 3;

    /// <summary>One message in so many jumps; none when 0.</summary>
    public int JumpEvery { get; init; } = 2000;

    public (long First, long Last, Level[] Bids, Level[] Asks) Next()
    {
        var (bids, asks) = (new Dictionary<long, Level>(), new Dictionary<long, Level>());
        MoveTouch(bids, asks);
        for (var i = _random.Next(6); i >= 0; i--)
        {
            Change(bids, _bidPrices, Bids, -1);
            Change(asks, _askPrices, Asks, 1);
        }

        var first = Sequence + 1;
        Sequence += 1 + _random.Next(3);
        return (first, Sequence, Shuffled(bids.Values), Shuffled(asks.Values));
    }

    public Level[] Shuffled(IEnumerable<Level> levels)
    {
        var shuffled = levels.ToArray();
        if (_random.Next(2) == 0)
        {
            _random.Shuffle(shuffled);
        }

        return shuffled;
    }

    private void MoveTouch(Dictionary<long, Level> bids, Dictionary<long, Level> asks)
    {
        var jump = JumpEvery > 0 && _random.Next(JumpEvery) == 0 ? _random.Next(-200_000, 200_001) : 0;
        _middle = Math.Max(300_000 * tick, _middle + tick * (jump + _random.Next(-Drift, Drift + 1)));
        while (_bidPrices.Count > 0 && _bidPrices.Max >= _middle)
        {
            Set(bids, _bidPrices, Bids, Level(_bidPrices.Max, 0));
        }

        while (_askPrices.Count > 0 && _askPrices.Min <= _middle)
        {
            Set(asks, _askPrices, Asks, Level(_askPrices.Min, 0));
        }
    }

    private void Change(Dictionary<long, Level> changes, SortedSet<long> prices, NaiveSide side, int direction)
    {
        if (prices.Count > 0 && _random.Next(100) < 35 + 30 * prices.Count / size)
        {
            var gone = _random.Next(3) == 0 ? Best(prices, direction) : prices.ElementAt(_random.Next(Math.Min(prices.Count, 64)));
            Set(changes, prices, side, Level(gone, 0));
            return;
        }

        // Distances as real books have them: evenly spread over their logarithm, up to 2^18 ticks.
        var distance = 1 + (long)Math.Pow(2, _random.NextDouble() * (_random.Next(20) == 0 ? 18 : 11));
        var between = _random.Next(50) == 0 ? _random.Next((int)tick) : 0;
        var price = _middle / tick * tick + direction * distance * tick + between;
        if (direction * (price - _middle) > 0)
        {
            Set(changes, prices, side, Level(price, _random.Next(10) == 0 ? 0 : _random.NextInt64(1, 1_000_000_000)));
        }
    }

    private static long Best(SortedSet<long> prices, int direction) => direction < 0 ? prices.Max : prices.Min;

    private Level Level(long price, long quantity) =>
        new(new Price(price), new Quantity(quantity), quantity == 0 ? 0 : seed % 2 * _random.Next(1, 50));

    private static void Set(Dictionary<long, Level> changes, SortedSet<long> prices, NaiveSide side, Level level)
    {
        changes[level.Price.Units] = level;
        side.Set(level);
        if (level.Quantity.Units == 0)
        {
            prices.Remove(level.Price.Units);
        }
        else
        {
            prices.Add(level.Price.Units);
        }
    }
}
