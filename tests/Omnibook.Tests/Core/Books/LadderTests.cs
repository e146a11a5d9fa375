using FsCheck;
using FsCheck.Fluent;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

public sealed class LadderTests
{
    [Fact]
    public void Any_commands_leave_the_same_levels_as_a_sorted_dictionary()
    {
        var commands =
            from side in Gen.Elements(Side.Bid, Side.Ask)
            from tick in Gen.Elements(1L, 7, 10, 500)
            from origin in Gen.Elements(1L, 5_000, 1_000_000, 4_000_000_000_000)
            from deltas in Gen.ArrayOf(Command())
            select (side, tick, origin, deltas);
        Prop.ForAll(commands.ToArbitrary(), command => AssertSame(command.side, command.tick, command.origin, command.deltas))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithStartSize(1).WithEndSize(400).WithReplay(20240808, 1));
    }

    [Theory]
    [InlineData(Side.Bid, 1)]
    [InlineData(Side.Ask, 1)]
    [InlineData(Side.Bid, -1)]
    [InlineData(Side.Ask, -1)]
    public void A_touch_that_drifts_far_keeps_every_level_right(Side side, int direction)
    {
        var (ladder, naive) = (new Ladder(side, new Price(10)), new NaiveSide(side));
        var random = new Random(7);
        long touch = 50_000_000;
        for (var i = 0; i < 200_000; i++)
        {
            touch += 10 * direction * random.Next(12);
            var price = touch + (side == Side.Bid ? -10 : 10) * (long)Math.Pow(2, random.NextDouble() * 16);
            Set(ladder, naive, price, random.Next(3) == 0 ? 0 : random.Next(1, 1000));
            if (naive.Count > 6000)
            {
                Set(ladder, naive, naive.Levels.First().Price.Units, 0);
                Set(ladder, naive, naive.Levels.First().Price.Units, 0);
            }

            if (i % 5000 == 0)
            {
                Assert.Equal(naive.Levels, Read(ladder));
            }
        }

        Assert.Equal(naive.Levels, Read(ladder));
        Assert.InRange(ladder.Layouts, 2, 1000);
    }

    [Fact]
    public void A_whole_book_like_the_one_before_needs_no_other_window_and_one_far_away_does()
    {
        var sides = new BookSides(new Price(1));
        var counters = default(BookCounters);
        Level[] book = [.. Enumerable.Range(0, 3000).Select(i => new Level(new Price(1_000_000 + i + i * i / 40), new Quantity(1)))];
        sides.TryReplace([], book, ref counters);
        sides.TryReplace([], book, ref counters);
        var layouts = sides.Asks.Layouts;
        sides.TryReplace([], book, ref counters);
        Assert.Equal(layouts, sides.Asks.Layouts);

        Level[] away = [.. book.Select(level => level with { Price = new Price(level.Price.Units * 3) })];
        sides.TryReplace([], away, ref counters);
        Assert.Equal(away.Length, sides.Asks.Count);
        Assert.Equal(away, Read(sides.Asks));
        Assert.True(sides.Asks.FarCount < away.Length, "The window did not follow.");
    }

    [Fact]
    public void A_stray_price_moves_the_window_of_nobody()
    {
        var ladder = new Ladder(Side.Bid, new Price(1));
        for (var price = 1; price <= 500; price++)
        {
            ladder.Apply(Level(1_000_000 + price, 1));
        }

        var layouts = ladder.Layouts;
        for (var stray = 0; stray < 8; stray++)
        {
            ladder.Apply(Level(900_000_000 + stray, 1));
        }

        Assert.Equal(layouts, ladder.Layouts);
        Assert.True(ladder.TryGetBest(out var best));
        Assert.Equal(900_000_007, best.Price.Units);
        Assert.Equal(508, ladder.Count);
    }

    [Fact]
    public void A_small_book_has_no_window()
    {
        var ladder = new Ladder(Side.Ask, new Price(1));
        for (var price = 1; price <= 20; price++)
        {
            ladder.Apply(Level(price * 1000, price));
        }

        Assert.Equal(0, ladder.WindowPages);
        Assert.Equal(20, ladder.Count);
    }

    [Fact]
    public void Prices_between_two_ticks_stand_in_their_place()
    {
        var ladder = new Ladder(Side.Ask, new Price(10));
        for (var price = 100; price <= 2000; price += 5)
        {
            ladder.Apply(Level(price, price));
        }

        Assert.Equal(Enumerable.Range(20, 381).Select(step => step * 5L), Read(ladder).Select(level => level.Price.Units));
        Assert.Equal(105, ladder.QuantityAt(new Price(105)));
        Assert.Equal(0, ladder.QuantityAt(new Price(106)));
    }

    [Fact]
    public void The_largest_and_the_smallest_price_stand_in_one_ladder()
    {
        foreach (var side in new[] { Side.Bid, Side.Ask })
        {
            var (ladder, naive) = (new Ladder(side, new Price(1)), new NaiveSide(side));
            for (var i = 0; i < 100; i++)
            {
                Set(ladder, naive, long.MaxValue - i * 3, 1);
                Set(ladder, naive, 1 + i * 5, 2);
            }

            Assert.Equal(naive.Levels, Read(ladder));
        }
    }

    [Fact]
    public void A_copy_ends_where_the_destination_does()
    {
        var ladder = new Ladder(Side.Bid, new Price(1));
        foreach (var price in new[] { 5, 9, 7 })
        {
            ladder.Apply(Level(price, price));
        }

        var two = new Level[2];
        Assert.Equal(2, ladder.CopyTo(two));
        Assert.Equal([9L, 7], two.Select(level => level.Price.Units));
        Assert.Equal(3, ladder.CopyTo(new Level[9]));
        Assert.Equal(0, ladder.CopyTo([]));
    }

    /// <summary>Mostly near the origin, sometimes far, sometimes a run: pages must fill, empty and move.</summary>
    private static Gen<(long Delta, long Quantity)> Command() =>
        from reach in Gen.Frequency((6, Gen.Constant(100)), (3, Gen.Constant(5_000)), (1, Gen.Constant(3_000_000)))
        from delta in Gen.Choose(-reach, reach)
        from quantity in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 1000)))
        select ((long)delta, (long)quantity);

    private static bool AssertSame(Side side, long tick, long origin, (long Delta, long Quantity)[] commands)
    {
        var (ladder, naive) = (new Ladder(side, new Price(tick)), new NaiveSide(side));
        foreach (var (delta, quantity) in commands)
        {
            Set(ladder, naive, Math.Max(1, origin + delta), quantity);
        }

        return naive.Levels.SequenceEqual(Read(ladder)) && naive.Count == ladder.Count
            && naive.Levels.All(level => ladder.QuantityAt(level.Price) == level.Quantity.Units);
    }

    private static void Set(Ladder ladder, NaiveSide naive, long price, long quantity) =>
        Assert.Equal(naive.Set(Level(price, quantity)), ladder.Apply(Level(price, quantity)));

    private static Level Level(long price, long quantity) => new(new Price(price), new Quantity(quantity));

    private static List<Level> Read(Ladder ladder)
    {
        var levels = new List<Level>();
        foreach (var level in ladder)
        {
            levels.Add(level);
        }

        return levels;
    }
}
