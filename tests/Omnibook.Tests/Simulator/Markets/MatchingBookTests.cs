using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Simulator.Markets;

public class MatchingBookTests
{
    private readonly Witness _witness = new();
    private readonly MatchingBook _book;

    public MatchingBookTests() => _book = new MatchingBook(_witness);

    [Fact]
    public void A_taker_fills_the_best_price_first_and_the_oldest_order_within_it()
    {
        var late = _book.Place(Side.Ask, 102, 5);
        var first = _book.Place(Side.Ask, 101, 3);
        var second = _book.Place(Side.Ask, 101, 4);

        Assert.Equal(9, _book.Take(Side.Bid, 9, 105));

        Assert.Equal([(first.Id, 3L), (second.Id, 4L), (late.Id, 2L)], _witness.Fills);
        Assert.Equal(new TrueLevel(102, 3, 1), MatchingBook.Show(_book.Asks.Best!));
    }

    [Fact]
    public void A_taker_stops_at_its_limit()
    {
        _book.Place(Side.Bid, 100, 5);
        _book.Place(Side.Bid, 99, 5);

        Assert.Equal(5, _book.Take(Side.Ask, 50, 100));
        Assert.Equal(99, _book.Bids.Best!.Price);
    }

    [Fact]
    public void A_cancelled_order_leaves_its_level_and_an_empty_level_leaves_the_book()
    {
        var stays = _book.Place(Side.Bid, 100, 5);
        var goes = _book.Place(Side.Bid, 100, 7);

        _book.Cancel(goes);
        Assert.Equal(new TrueLevel(100, 5, 1), MatchingBook.Show(_book.Bids.Best!));

        _book.Cancel(stays);
        Assert.Null(_book.Bids.Best);
        Assert.Equal(new TrueLevel(100, 0, 0), _witness.Levels[^1].After);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_change_of_a_long_run_crosses_the_book_and_no_quantity_is_lost(ulong seed)
    {
        var rules = new MarketRules
        {
            Symbol = "X",
            Asset = "X",
            CentreMicros = 100_000_000,
            PriceScale = new Scale(2),
            Tick = 1,
            QuantityScale = new Scale(3),
            Lot = 1,
            TypicalQuantity = 100,
            SpanTicks = 300,
            OrdersPerSide = 120,
            MaxLevels = 150,
        };
        var random = new SeededRandom(seed);
        var flow = new OrderFlow(new SeededRandom(seed), rules, _book);
        _witness.Book = _book;
        long fair = 10_000;
        flow.Populate(fair);
        for (var i = 0; i < 20_000; i++)
        {
            fair += random.Between(-3, 3);
            if (flow.Step(fair, touchIsFrozen: false))
            {
                flow.Liquidate();
            }
        }

        Assert.True(_witness.Fills.Count > 500);
        Assert.Equal(_witness.NetQuantity, Resting(_book.Bids) + Resting(_book.Asks));
        Assert.InRange(_book.Bids.Count, 30, 151);
        Assert.InRange(_book.Asks.Count, 30, 151);
    }

    private static long Resting(BookSide side) => Enumerable.Range(0, side.Count).Sum(rank =>
    {
        Assert.Equal(side[rank].Quantity, side[rank].Queue.Sum(static order => order.Remaining));
        return side[rank].Quantity;
    });

    private sealed class Witness : IMatchingObserver
    {
        public MatchingBook? Book { get; set; }

        public List<(long Order, long Quantity)> Fills { get; } = [];

        public List<(Side Side, TrueLevel Before, TrueLevel After)> Levels { get; } = [];

        public long NetQuantity { get; private set; }

        private long _filledSinceLevel;

        public void OnLevel(Side side, TrueLevel before, TrueLevel after)
        {
            Levels.Add((side, before, after));
            NetQuantity += after.Quantity - before.Quantity;
            if (_filledSinceLevel > 0)
            {
                Assert.Equal(_filledSinceLevel, before.Quantity - after.Quantity);
                _filledSinceLevel = 0;
            }

            if (Book is { Bids.Best: { } bid, Asks.Best: { } ask })
            {
                Assert.True(bid.Price < ask.Price);
            }
        }

        public void OnFill(RestingOrder maker, long quantity)
        {
            Fills.Add((maker.Id, quantity));
            _filledSinceLevel += quantity;
        }
    }
}
