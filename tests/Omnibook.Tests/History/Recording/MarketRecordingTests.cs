using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Recording;
using Omnibook.History.Segments;
using Omnibook.Tests.Core.Liquidity;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History.Recording;

/// <summary>What is read of a recording is what was written.</summary>
public sealed class MarketRecordingTests : IDisposable
{
    private static readonly Timestamp Received = new(1_795_176_000_123_456_700);
    private static readonly EventTimes Times = new(Timestamp.FromMilliseconds(1_795_176_000_042), Received);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-recording-");
    private readonly InstrumentCatalog _catalog = new();

    [Fact]
    public async Task Every_kind_of_event_comes_back_as_it_was()
    {
        var id = _catalog.Register(MadeVenues.Listing("bybit")).Id;
        var batch = new EventBatch();
        batch.On(new Trade(id, -5, new Price(10_000_000), new Quantity(123), TakerSide.Sell, Times));
        batch.On(new BookSnapshot(id, 77, Times, true), [new Level(new Price(9), new Quantity(1), 4)], []);
        batch.On(new BookUpdate(id, 78, 80, new EventTimes(default, Received + TimeSpan.FromTicks(1))), [], [new Level(new Price(11), default)]);
        batch.On(new TopOfBook(id, 81, new Level(new Price(9), new Quantity(2)), new Level(new Price(11), new Quantity(3)), Times));
        batch.On(new MarkPrice(id, new Price(5), default, Times));
        batch.On(new Funding(id, -17, Timestamp.FromMilliseconds(1_795_180_000_000), TimeSpan.FromHours(8), Times));
        batch.On(new OpenInterest(id, new Quantity(long.MaxValue), Times));
        batch.On(new Liquidation(id, TakerSide.Buy, new Price(1), new Quantity(2), new EventTimes(new Timestamp(1_795_176_000_000_000_001), Received)));
        batch.On(new NewsItem { Venue = new VenueId("treeofalpha"), Id = "1", Title = "é\n\"x\"", Symbols = ["BTC_USDT"], Times = Times, IsFromHistory = true });
        batch.On(new CandleUpdate(id, CandleInterval.All[0], Received, new Price(1), new Price(3), new Price(1), new Price(2), 0.00000001m, null, 7, true, Times));
        batch.On(new VenueStatus(id, BookState.RateLimited, StatusReasons.RateLimited, Received, Received));
        batch.On(new Tick(Received + TimeSpan.FromMilliseconds(50)));

        var read = await WriteAndReadAsync(recording => recording.Write(batch));

        Assert.Equal([RecordedKind.Begin, RecordedKind.Batch], read.Kinds);
        Assert.Equal(Told(batch), read.Batches[0]);
        Assert.Equal(MadeVenues.Listing("bybit").ToString(), read.Catalog[id].Listing.ToString());
    }

    [Fact]
    public async Task Commands_and_holes_come_back_in_order()
    {
        var one = _catalog.Register(MadeVenues.Listing("bybit"));
        var snapshots = new EventBatch();
        snapshots.On(new BookSnapshot(one.Id, 1, Times), [new Level(new Price(9), new Quantity(1))], []);
        var read = await WriteAndReadAsync(recording =>
        {
            recording.Write(new FollowCommand(new Composite("ALL", [one])));
            recording.Write(new BeginComparisonCommand(one.Id));
            recording.WriteHole(3);
            recording.Write(new CompareCommand(snapshots, IsWhole: true));
            recording.Write(new EndComparisonCommand(one.Id));
        });

        Assert.Equal([RecordedKind.Begin, RecordedKind.Command, RecordedKind.Command, RecordedKind.Hole, RecordedKind.Command, RecordedKind.Command], read.Kinds);
        Assert.Equal(["ALL"], read.Commands.OfType<FollowCommand>().Select(follow => follow.Composite.Name));
        Assert.Equal(new BeginComparisonCommand(one.Id), read.Commands[1]);
        var compare = Assert.IsType<CompareCommand>(read.Commands[2]);
        Assert.Equal((true, Told(snapshots)), (compare.IsWhole, Told(compare.Snapshots)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_market_that_begins_at_a_checkpoint_goes_on_as_the_other(int seed)
    {
        var id = _catalog.Register(MadeVenues.Listing("bybit")).Id;
        var (random, market, sequence) = (new Random(seed), new Market(_catalog, []), 0L);
        var now = Received;
        void Happen(Action<IMarketEvents> happen, params Market?[] markets)
        {
            foreach (var one in markets)
            {
                if (one is not null)
                {
                    happen(one);
                    one.Changes.Clear();
                }
            }
        }

        for (var round = 0; round < 30; round++)
        {
            Act(200, market, null);
            var read = await WriteAndReadAsync(recording => recording.Write(new RecordingCheckpoint(market.Now, [], market.CaptureBooks(), [1, -2])));
            var kept = Assert.Single(read.Checkpoints);
            Assert.Equal([1L, -2L], kept.Beside);
            var other = new Market(read.Catalog, []);
            other.Restore(kept.At, kept.Books);
            Act(300, market, other);
        }

        void Act(int count, Market first, Market? second)
        {
            for (var i = 0; i < count; i++)
            {
                now += TimeSpan.FromMilliseconds(random.Next(1, 400));
                var times = new EventTimes(default, now);
                switch (random.Next(60))
                {
                    case 0:
                        var (allBids, allAsks) = (Levels(random, 20, -1), Levels(random, 20, 1));
                        Happen(to => to.On(new BookSnapshot(id, sequence, times), allBids, allAsks), first, second);
                        break;
                    case 1: sequence += 2; break;
                    case 2: Happen(to => to.On(new VenueStatus(id, BookState.RateLimited, StatusReasons.RateLimited, now + TimeSpan.FromSeconds(2), now)), first, second); break;
                    case 3: Happen(to => to.On(new VenueStatus(id, BookState.Connecting, StatusReasons.Disconnected, default, now)), first, second); break;
                    case < 10: Happen(to => to.On(new Tick(now)), first, second); break;
                    default:
                        sequence++;
                        var (bids, asks) = (Levels(random, random.Next(3), -1), Levels(random, random.Next(3), random.Next(40) == 0 ? -1 : 1));
                        Happen(to => to.On(new BookUpdate(id, sequence, sequence, times), bids, asks), first, second);
                        break;
                }

                if (second is not null)
                {
                    var (left, right) = (first.BookOf(id), second.BookOf(id));
                    Assert.Equal((left.Status with { Resyncs = 0 }, left.Sequence, left.Times, left.KeptUpdates), (right.Status with { Resyncs = 0 }, right.Sequence, right.Times, right.KeptUpdates));
                    Assert.Equal(BookDigest.Of(left), BookDigest.Of(right));
                }
            }
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Level[] Levels(Random random, int count, int side) =>
        [.. Enumerable.Range(0, count).Select(_ => new Level(new Price(100_000 + (side * random.Next(1, 50))), new Quantity(random.Next(0, 9))))];

    /// <summary>The events in words.</summary>
    private static string Told(EventBatch batch)
    {
        var teller = new Teller();
        batch.DeliverTo(teller);
        return string.Join('\n', teller.Told);
    }

    private async Task<Read> WriteAndReadAsync(Action<MarketRecording> write)
    {
        var folder = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        await using (var recording = new MarketRecording(folder, new SegmentOptions { KeepFree = 0 }, _catalog, new ManualTimeProvider()))
        {
            write(recording);
        }

        var read = new Read();
        using var reader = new RecordedMarket(folder, 0);
        while (reader.Read() is var kind and not RecordedKind.End)
        {
            read.Kinds.Add(kind);
            switch (kind)
            {
                case RecordedKind.Batch: read.Batches.Add(Told(reader.Batch)); break;
                case RecordedKind.Command: read.Commands.Add(reader.Command!); break;
                case RecordedKind.Checkpoint: read.Checkpoints.Add(reader.Checkpoint!); break;
            }
        }

        read.Catalog = reader.Catalog;
        return read;
    }

    private sealed class Read
    {
        public List<RecordedKind> Kinds { get; } = [];

        public List<string> Batches { get; } = [];

        public List<MarketCommand> Commands { get; } = [];

        public List<RecordingCheckpoint> Checkpoints { get; } = [];

        public InstrumentCatalog Catalog { get; set; } = new();
    }

    private sealed class Teller : IMarketEvents
    {
        public List<string> Told { get; } = [];

        public void On(in Trade trade) => Told.Add(trade.ToString());

        public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Told.Add($"{snapshot} {string.Join(',', bids.ToArray())} | {string.Join(',', asks.ToArray())}");

        public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Told.Add($"{update} {string.Join(',', bids.ToArray())} | {string.Join(',', asks.ToArray())}");

        public void On(in TopOfBook top) => Told.Add(top.ToString());

        public void On(in MarkPrice mark) => Told.Add(mark.ToString());

        public void On(in Funding funding) => Told.Add(funding.ToString());

        public void On(in OpenInterest openInterest) => Told.Add(openInterest.ToString());

        public void On(in Liquidation liquidation) => Told.Add(liquidation.ToString());

        public void On(NewsItem news) => Told.Add($"{news.Venue} {news.Id} {news.Title} {string.Join(',', news.Symbols)} {news.Times} {news.IsFromHistory}");

        public void On(in CandleUpdate candle) => Told.Add(candle.ToString());

        public void On(in VenueStatus status) => Told.Add(status.ToString());

        public void On(in Tick tick) => Told.Add(tick.ToString());
    }
}
