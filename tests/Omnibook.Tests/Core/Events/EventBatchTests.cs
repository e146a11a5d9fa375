using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Events;

public sealed class EventBatchTests
{
    private static readonly InstrumentId Id = new(3);
    private static readonly EventTimes Times = new(new Timestamp(1), new Timestamp(2));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sides_of_a_book_are_told_apart_in_either_order(bool bidsFirst)
    {
        var batch = new EventBatch();
        batch.BeginUpdate(Id);
        foreach (var isBid in new[] { bidsFirst, !bidsFirst })
        {
            for (var i = 1; i <= 2; i++)
            {
                if (isBid)
                {
                    batch.AddBid(Level(100 + i));
                }
                else
                {
                    batch.AddAsk(Level(200 + i));
                }
            }
        }

        batch.EndBook(5, 7, Times);
        Assert.Equal(["update 5-7 b101 b102 a201 a202"], Deliver(batch));
    }

    [Fact]
    public void A_book_of_one_side_has_no_other()
    {
        var batch = new EventBatch();
        batch.BeginUpdate(Id);
        batch.AddAsk(Level(201));
        batch.EndBook(1, 1, Times);
        batch.BeginSnapshot(Id);
        batch.AddBid(Level(101));
        batch.EndBook(2, 2, Times, restartsSequence: true);

        Assert.Equal(["update 1-1 a201", "snapshot 2 True b101"], Deliver(batch));
    }

    [Fact]
    public void A_book_that_is_taken_back_leaves_nothing()
    {
        var batch = new EventBatch();
        batch.BeginUpdate(Id);
        batch.AddBid(Level(1));
        batch.CancelBook();
        batch.CancelBook();
        batch.BeginUpdate(Id);
        batch.AddBid(Level(2));
        batch.BeginUpdate(Id);
        batch.AddBid(Level(3));
        batch.EndBook(1, 1, Times);

        Assert.Equal((1, 1), (batch.Count, batch.LevelCount));
        Assert.Equal(["update 1-1 b3"], Deliver(batch));
    }

    [Fact]
    public void Events_of_all_kinds_are_delivered_in_the_order_in_which_they_came()
    {
        var batch = new EventBatch();
        for (var round = 0; round < 2; round++)
        {
            batch.On(new Tick(new Timestamp(9)));
            batch.On(new Trade(Id, 8, new Price(1), new Quantity(1), TakerSide.Buy, Times));
            batch.On(new BookSnapshot(Id, 4, Times), [Level(1)], [Level(2)]);
            batch.On(new TopOfBook(Id, 4, Level(1), Level(2), Times));
            batch.On(new MarkPrice(Id, new Price(1), new Price(2), Times));
            batch.On(new Funding(Id, 1, default, default, Times));
            batch.On(new OpenInterest(Id, new Quantity(1), Times));
            batch.On(new Liquidation(Id, TakerSide.Sell, new Price(1), new Quantity(1), Times));
            batch.On(new NewsItem { Venue = new VenueId("venue"), Id = "n", Times = Times });
            batch.On(new VenueStatus(Id, BookState.Buffering, StatusReasons.None, default, default));

            Assert.Equal("n", Assert.Single(batch.News).Id);
            Assert.Equal(
                ["tick", "trade 8", "snapshot 4 False b1 a2", "top 4", "mark", "funding", "open interest", "liquidation", "news n", "status Buffering"],
                Deliver(batch));
            batch.Clear();
            Assert.Empty(Deliver(batch));
        }
    }

    [Fact]
    public void A_batch_that_is_warm_allocates_nothing()
    {
        var batch = new EventBatch();
        Fill(batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Fill(batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(EventBatch batch)
    {
        batch.Clear();
        batch.BeginUpdate(Id);
        for (var i = 1; i < 100; i++)
        {
            batch.AddBid(Level(i));
        }

        batch.EndBook(1, 2, Times);
        batch.On(new Trade(Id, 8, new Price(1), new Quantity(1), TakerSide.Buy, Times));
    }

    private static Level Level(long price) => new(new Price(price), new Quantity(1));

    private static List<string> Deliver(EventBatch batch)
    {
        var written = new Written();
        batch.DeliverTo(written);
        return written.Lines;
    }

    private sealed class Written : IMarketEvents
    {
        public List<string> Lines { get; } = [];

        public void On(in Trade trade) => Lines.Add($"trade {trade.TradeId}");

        public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
            Lines.Add($"snapshot {snapshot.Sequence} {snapshot.RestartsSequence}{Text(bids, 'b')}{Text(asks, 'a')}");

        public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
            Lines.Add($"update {update.First}-{update.Last}{Text(bids, 'b')}{Text(asks, 'a')}");

        public void On(in TopOfBook top) => Lines.Add($"top {top.Sequence}");

        public void On(in MarkPrice mark) => Lines.Add("mark");

        public void On(in Funding funding) => Lines.Add("funding");

        public void On(in OpenInterest openInterest) => Lines.Add("open interest");

        public void On(in Liquidation liquidation) => Lines.Add("liquidation");

        public void On(NewsItem news) => Lines.Add($"news {news.Id}");

        public void On(in CandleUpdate candle) => Lines.Add($"candle {candle.Interval} {candle.Close.Units}");

        public void On(in VenueStatus status) => Lines.Add($"status {status.State}");

        public void On(in Tick tick) => Lines.Add("tick");

        private static string Text(ReadOnlySpan<Level> levels, char side) =>
            string.Concat(levels.ToArray().Select(level => $" {side}{level.Price.Units}"));
    }
}
