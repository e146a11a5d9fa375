using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Consolidation;

public sealed class ConsolidatedBookTests
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly ConsolidatedLevels _levels = new();
    private readonly Instrument[] _members;
    private readonly Market _market;
    private readonly ConsolidatedBook _book;

    public ConsolidatedBookTests()
    {
        _members =
        [
            _catalog.Register(MadeInstruments.Listing("COARSE", priceDecimals: 0, quantityDecimals: 0)),
            _catalog.Register(MadeInstruments.Listing("FINE", priceDecimals: 2, quantityDecimals: 4)),
            _catalog.Register(MadeInstruments.Listing("SMALL", priceDecimals: 1, quantityDecimals: 5)),
        ];
        _market = new Market(_catalog, [new Composite("ALL", _members)]);
        _book = _market.Consolidated("ALL");
    }

    [Fact]
    public void Levels_of_equal_price_are_added_up_at_the_finest_scale_with_their_parts()
    {
        Set(0, bids: [(100, 2, 3)]);
        Set(1, bids: [(10_000, 15_000, 1), (9_999, 10_000, 1)]);

        _book.CopyTo(Side.Bid, 10, _levels);

        Assert.Equal(2, _levels.Count);
        Assert.Equal(new ConsolidatedLevel(new Price(10_000), new Quantity(350_000), 4), _levels[0]);
        Assert.Equal(
            [
                new ConsolidatedPart(_members[0], new Quantity(200_000), 3),
                new ConsolidatedPart(_members[1], new Quantity(150_000), 1),
            ],
            _levels.PartsOf(0).ToArray());
        Assert.Equal(new Price(9_999), _levels[1].Price);
        Assert.Single(_levels.PartsOf(1).ToArray());
    }

    [Fact]
    public void The_best_tells_whose_it_is_and_the_first_member_wins_a_tie()
    {
        Set(0, bids: [(100, 2, 0)], asks: [(103, 1, 0)]);
        Set(1, bids: [(10_000, 5, 0)], asks: [(10_250, 1, 0)]);

        Assert.True(_book.TryGetBestBid(out var bid));
        Assert.Equal(new ConsolidatedBest(new Price(10_000), new Quantity(200_000), _members[0]), bid);
        Assert.True(_book.TryGetBestAsk(out var ask));
        Assert.Equal((10_250L, _members[1]), (ask.Price.Units, ask.Instrument));
        Assert.False(_book.IsCrossed);
    }

    [Fact]
    public void Members_that_cross_each_other_are_flagged_and_kept()
    {
        Set(0, bids: [(100, 1, 0)], asks: [(101, 1, 0)]);
        Set(1, bids: [(9_800, 1, 0)], asks: [(9_950, 1, 0)]);

        Assert.True(_book.IsCrossed);
        Assert.Equal([_members[0], _members[1]], _book.LiveMembers.Select(member => member.Instrument));
    }

    [Fact]
    public void Without_a_live_member_there_is_nothing()
    {
        _book.CopyTo(Side.Ask, 10, _levels);

        Assert.Equal(0, _levels.Count);
        Assert.False(_book.TryGetBestBid(out _) || _book.TryGetBestAsk(out _) || _book.IsCrossed);
    }

    [Fact]
    public void An_amount_that_does_not_fit_the_finer_scale_is_left_out_and_counted()
    {
        Set(0, bids: [(long.MaxValue / 10, 1, 0), (100, long.MaxValue / 10, 0), (99, 1, 0)]);
        Set(1, bids: [(9_800, 1, 0)]);

        _book.CopyTo(Side.Bid, 10, _levels);

        Assert.Equal(2, _levels.Unfit);
        Assert.Equal([9_900L, 9_800], _levels.Levels.ToArray().Select(level => level.Price.Units));
    }

    [Fact]
    public void Any_books_merge_as_a_dictionary_merges_them()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var expected = new SortedDictionary<long, (long Quantity, int Orders, int Parts)>();
            for (var member = 0; member < 3; member++)
            {
                var price = (long[])[100, 1, 10];
                var quantity = (long[])[100_000, 10, 1];
                var asks = Enumerable.Range(0, random.Next(40)).Select(_ => (random.NextInt64(90, 130), random.NextInt64(1, 50), random.Next(5)))
                    .DistinctBy(level => level.Item1).ToArray();
                Set(member, asks: asks);
                foreach (var (units, amount, orders) in asks)
                {
                    var at = expected.GetValueOrDefault(units * price[member]);
                    expected[units * price[member]] = (at.Quantity + amount * quantity[member], at.Orders + orders, at.Parts + 1);
                }
            }

            var limit = random.Next(1, 60);
            _book.CopyTo(Side.Ask, limit, _levels);
            Assert.Equal(
                expected.Take(limit).Select(level => (level.Key, level.Value)),
                Enumerable.Range(0, _levels.Count).Select(
                    i => (_levels[i].Price.Units, (_levels[i].Quantity.Units, _levels[i].Orders, _levels.PartsOf(i).Length))));
            Assert.Equal(expected.Count > 0, _book.TryGetBestAsk(out var best));
            Assert.Equal(expected.Keys.FirstOrDefault(), best.Price.Units);
        }
    }

    private void Set(int member, (long, long, int)[]? bids = null, (long, long, int)[]? asks = null) => _market.On(
        new BookSnapshot(_members[member].Id, 1, default, RestartsSequence: true), Levels(bids ?? []), Levels(asks ?? []));

    private static Level[] Levels((long Price, long Quantity, int Orders)[] levels) =>
        [.. levels.Select(level => new Level(new Price(level.Price), new Quantity(level.Quantity), level.Orders))];
}
