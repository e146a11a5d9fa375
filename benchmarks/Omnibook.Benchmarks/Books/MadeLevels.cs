using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Books;

/// <summary>
/// A made-up stream of level changes that behaves like a recorded one (Binance USD-M BTCUSDT, 6,547 diffs, 443,262 levels): how far from
/// the touch levels change, how many of the changes add (19 %), delete (18 %), change (59 %) or delete what is not there (4 %), and a
/// touch that wanders some ticks a frame.
/// </summary>
internal sealed class MadeLevels
{
    public const int LevelsPerFrame = 66;

    /// <summary>Share in percent of changes at a distance of 2^index ticks from the touch, as recorded.</summary>
    private static readonly double[] ShareOfDistance =
        [2.3, 0.3, 0.4, 0.6, 1.0, 1.9, 3.8, 8.8, 16.1, 22.4, 18.2, 10.1, 2.7, 3.7, 2.6, 1.0, 0.8, 0.1, 0.1, 0.9, 2.2];

    private readonly Random _random;
    private readonly Dictionary<long, long>[] _sides = [[], []];
    private readonly int _levelsPerFrame;
    private readonly int _reach;
    private readonly long _largest;
    private long _touch;

    /// <param name="seed">Gives the same stream again.</param>
    /// <param name="levels">About how many levels both sides have together.</param>
    /// <param name="frames">How many frames of changes.</param>
    /// <param name="levelsPerFrame">How many changes a frame has.</param>
    /// <param name="touch">Where the market stands at first, in ticks.</param>
    /// <param name="reach">Levels lie within 2^reach ticks from the touch.</param>
    /// <param name="largest">Quantities are below it.</param>
    public MadeLevels(
        int seed, int levels, int frames, int levelsPerFrame = LevelsPerFrame, long touch = 617_000, int reach = 20, long largest = 20_000)
    {
        _random = new Random(seed);
        (_levelsPerFrame, _touch, _reach, _largest) = (levelsPerFrame, touch, reach, largest);
        while (_sides[0].Count + _sides[1].Count < levels)
        {
            Add(_random.Next(2));
        }

        Start = [.. All()];
        Frames = [.. Enumerable.Range(0, frames).Select(_ => Frame(levels))];
        End = [.. All()];
    }

    /// <summary>The book before the first frame, in no order: asks have a positive price, bids a negated one.</summary>
    public Level[] Start { get; }

    /// <summary>The changes. Deletes have quantity zero.</summary>
    public Level[][] Frames { get; }

    /// <summary>The book after the last frame.</summary>
    public Level[] End { get; }

    private IEnumerable<Level> All() =>
        _sides[0].Select(level => Level(-level.Key, level.Value)).Concat(_sides[1].Select(level => Level(level.Key, level.Value)));

    private static Level Level(long signedPrice, long quantity) => new(new Price(signedPrice), new Quantity(quantity));

    private Level[] Frame(int levels)
    {
        _touch += _random.Next(-12, 13);
        var changes = new List<Level>();
        foreach (var side in (int[])[0, 1])
        {
            // What the touch ran over is gone.
            foreach (var price in _sides[side].Keys.Where(price => side == 0 ? price > _touch : price <= _touch).ToArray())
            {
                _sides[side].Remove(price);
                changes.Add(Signed(side, price, 0));
            }
        }

        while (changes.Count < _levelsPerFrame)
        {
            changes.Add(Change(_random.Next(2), levels));
        }

        return [.. changes];
    }

    private Level Change(int side, int levels)
    {
        var price = PriceNear(side);
        var exists = _sides[side].ContainsKey(price);
        var tooMany = _sides[0].Count + _sides[1].Count > levels;
        if (!exists && (tooMany || _random.Next(100) < 70))
        {
            price = NextExisting(side, price);
            exists = true;
        }

        if (exists ? _random.Next(100) < (tooMany ? 27 : 21) : _random.Next(100) < 16)
        {
            _sides[side].Remove(price);
            return Signed(side, price, 0);
        }

        return Signed(side, price, _sides[side][price] = Quantity());
    }

    private void Add(int side) => _sides[side][PriceNear(side)] = Quantity();

    private long Quantity() => _random.NextInt64(1, _largest);

    private static Level Signed(int side, long price, long quantity) => Level(side == 0 ? -price : price, quantity);

    private long PriceNear(int side)
    {
        var roll = _random.NextDouble() * ShareOfDistance.Take(_reach + 1).Sum();
        var exponent = 0;
        while (exponent < _reach && (roll -= ShareOfDistance[exponent]) > 0)
        {
            exponent++;
        }

        var distance = exponent == 0 ? 0 : _random.NextInt64(1L << (exponent - 1), 1L << exponent);
        return Math.Max(1, side == 0 ? _touch - distance : _touch + 1 + distance);
    }

    /// <summary>An existing level near a price; real venues change those far more often than empty ones.</summary>
    private long NextExisting(int side, long price)
    {
        for (var step = 0; step < 400; step++)
        {
            if (_sides[side].ContainsKey(price + step))
            {
                return price + step;
            }

            if (_sides[side].ContainsKey(price - step))
            {
                return price - step;
            }
        }

        return _sides[side].Keys.ElementAt(_random.Next(_sides[side].Count));
    }
}
