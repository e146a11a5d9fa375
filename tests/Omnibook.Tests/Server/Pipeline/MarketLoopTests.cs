using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Tests.Server.Pipeline;

public sealed class MarketLoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_applied_in_the_order_in_which_they_were_added_and_told_once()
    {
        await using var made = new MadeMarket();
        var seen = new Seen();
        made.Loop.Subscribe(seen);
        for (var id = 1; id <= 5000; id++)
        {
            await made.TradeAsync(id, id);
        }

        await made.SettleAsync();
        Assert.Equal(Enumerable.Range(1, 5000).Select(id => (long)id), seen.Trades);
        Assert.Equal((5000, 5000), (made.Loop.Batches, made.Loop.Events));
    }

    [Fact]
    public async Task A_read_sees_everything_that_was_added_before_it()
    {
        await using var made = new MadeMarket();
        for (var at = 1; at <= 100; at++)
        {
            await made.BookAsync(0, at, 100 + at, 1000);
            Assert.Equal(at, await made.Loop.ReadAsync(market => market.BookOf(made.Instruments[0].Id).Sequence, Cancel));
        }
    }

    [Fact]
    public async Task Reads_run_on_the_market_s_own_thread()
    {
        await using var made = new MadeMarket();
        var threads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => made.Loop.ReadAsync(_ => Environment.CurrentManagedThreadId, Cancel)));
        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task What_a_read_throws_goes_to_whoever_asked()
    {
        await using var made = new MadeMarket();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => made.Loop.ReadAsync<int>(_ => throw new InvalidTimeZoneException(), Cancel));
        await made.SettleAsync();
    }

    [Fact]
    public async Task A_full_queue_makes_the_feed_wait_and_drops_nothing()
    {
        await using var made = new MadeMarket(new MarketLoopOptions { BatchCapacity = 2 }, isStarted: false);
        var seen = new Seen();
        made.Loop.Subscribe(seen);
        await made.TradeAsync(1, 1);
        await made.TradeAsync(2, 2);
        var third = made.TradeAsync(3, 3);
        Assert.False(third.IsCompleted);
        made.Loop.Start();
        await third;
        await made.SettleAsync();
        Assert.Equal([1, 2, 3], seen.Trades);
    }

    [Fact]
    public async Task A_wait_for_room_can_be_cancelled_and_leaves_the_batch_with_its_owner()
    {
        await using var made = new MadeMarket(new MarketLoopOptions { BatchCapacity = 1 }, isStarted: false);
        await made.TradeAsync(1, 1);
        using var cancel = new CancellationTokenSource();
        var waiting = made.Loop.EnqueueAsync(made.Loop.Rent(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        Assert.Equal(1, made.Loop.Waiting);
    }

    [Fact]
    public async Task A_tick_never_waits()
    {
        await using var made = new MadeMarket(new MarketLoopOptions { BatchCapacity = 1 }, isStarted: false);
        made.Loop.Tick(Timestamp.FromMilliseconds(1));
        made.Loop.Tick(Timestamp.FromMilliseconds(2));
        made.Loop.Start();
        Assert.Equal(1, await made.Loop.ReadAsync(market => market.Now.UnixMilliseconds, Cancel));
    }

    [Fact]
    public async Task A_listener_that_fails_harms_nobody_else()
    {
        await using var made = new MadeMarket();
        var seen = new Seen();
        made.Loop.Subscribe(new Failing());
        made.Loop.Subscribe(seen);
        await made.TradeAsync(1, 1);
        await made.SettleAsync();
        await made.TradeAsync(2, 2);
        await made.SettleAsync();
        Assert.Equal([1, 2], seen.Trades);
        Assert.Equal(2, made.Loop.Faults);
    }

    [Fact]
    public async Task After_an_event_that_cannot_be_applied_no_book_is_trusted_until_it_was_fetched_anew()
    {
        await using var made = new MadeMarket();
        var seen = new Seen();
        made.Loop.Subscribe(seen);
        await made.BookAsync(0, 1, 10, 20);
        await made.BookAsync(1, 1, 10, 20);
        await made.SettleAsync();

        // An instrument that is in no catalog: a programmer's error.
        await made.AddAsync(batch => batch.On(new VenueStatus(new InstrumentId(99), BookState.Stale, "", default, Timestamp.FromMilliseconds(2))));
        await made.SettleAsync();
        var states = await made.Loop.ReadAsync(market => made.Instruments.Select(one => market.BookOf(one.Id).Status.State).ToArray(), Cancel);
        Assert.Equal([BookState.Resyncing, BookState.Resyncing], states);
        Assert.Equal(1, made.Loop.Faults);
        Assert.Equal([0, 1], seen.SnapshotsWanted.Order());
    }

    [Fact]
    public async Task What_waits_when_the_loop_ends_is_applied_first()
    {
        var made = new MadeMarket(isStarted: false);
        var seen = new Seen();
        made.Loop.Subscribe(seen);
        for (var id = 1; id <= 100; id++)
        {
            await made.TradeAsync(id, id);
        }

        made.Loop.Start();
        await made.DisposeAsync();
        Assert.Equal(100, seen.Trades.Count);
        Assert.True(made.Loop.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_loop_that_has_ended_takes_nothing()
    {
        var made = new MadeMarket();
        await made.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => made.TradeAsync(1, 1));
        await Assert.ThrowsAnyAsync<Exception>(() => made.SettleAsync());
    }

    [Fact]
    public async Task Batches_are_used_again_empty()
    {
        await using var made = new MadeMarket();
        var batch = made.Loop.Rent();
        batch.On(new Tick(Timestamp.FromMilliseconds(1)));
        await made.Loop.EnqueueAsync(batch, Cancel);
        await made.SettleAsync();
        Assert.Same(batch, made.Loop.Rent());
        Assert.Equal(0, batch.Count);
    }

    private sealed class Failing : IMarketListener
    {
        public void OnChanges(Market market, MarketChanges changes) => throw new InvalidTimeZoneException();
    }

    private sealed class Seen : IMarketListener
    {
        public List<long> Trades { get; } = [];

        public List<int> SnapshotsWanted { get; } = [];

        public void OnChanges(Market market, MarketChanges changes)
        {
            Trades.AddRange(changes.Trades.Select(trade => trade.TradeId));
            SnapshotsWanted.AddRange(changes.SnapshotsWanted.Select(id => id.Index));
        }
    }
}
