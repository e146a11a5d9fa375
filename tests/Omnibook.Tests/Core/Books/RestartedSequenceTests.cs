using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>A venue may begin to count anew, and says so in the snapshot.</summary>
public sealed class RestartedSequenceTests
{
    private readonly OrderBook _book = new(new Instrument(default, new InstrumentListing
    {
        Venue = new VenueId("test"),
        Symbol = "BTCUSDT",
        Pair = new Pair("BTC", "USDT"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(1),
        QuantityScale = new Scale(3),
        Tick = new Price(1),
        Lot = new Quantity(1),
    }));

    private long _now = 1_700_000_000_000_000_000;

    [Fact]
    public void A_snapshot_that_restarts_the_sequence_replaces_a_live_book_with_a_higher_one()
    {
        Snapshot(500, bid: 100, restarts: false);
        Update(501, bid: 101);

        Snapshot(1, bid: 90, restarts: true);

        Assert.True(_book.IsLive);
        Assert.Equal(1, _book.Sequence);
        Assert.True(_book.Bids.TryGetBest(out var best));
        Assert.Equal(new Price(90), best.Price);
        Assert.Equal(1, _book.Bids.Count);
    }

    [Fact]
    public void Counting_goes_on_from_the_restart()
    {
        Snapshot(500, bid: 100, restarts: false);
        Snapshot(1, bid: 90, restarts: true);

        Update(2, bid: 91);

        Assert.True(_book.IsLive);
        Assert.Equal(2, _book.Sequence);
    }

    [Fact]
    public void What_was_kept_before_a_restart_is_forgotten()
    {
        Update(500, bid: 100);
        Snapshot(1, bid: 90, restarts: true);

        Assert.True(_book.IsLive);
        Assert.Equal(1, _book.Sequence);
    }

    [Fact]
    public void An_older_snapshot_that_restarts_nothing_is_stale()
    {
        Snapshot(500, bid: 100, restarts: false);
        Update(501, bid: 101);
        Snapshot(499, bid: 90, restarts: false);

        Assert.Equal(501, _book.Sequence);
    }

    [Fact]
    public void Two_updates_from_far_before_mean_that_the_venue_counts_anew()
    {
        Snapshot(5_000_000, bid: 100, restarts: false);
        Update(7, bid: 90);
        Assert.True(_book.IsLive);
        Update(8, bid: 91);
        Assert.Equal((BookState.Resyncing, StatusReasons.SequenceRestarted), (_book.Status.State, _book.Status.Reason));
        Snapshot(7, bid: 90, restarts: false);
        Assert.Equal((BookState.Live, 8L), (_book.Status.State, _book.Sequence));
    }

    [Fact]
    public void Updates_that_are_only_late_are_passed_over()
    {
        Snapshot(5_000_000, bid: 100, restarts: false);
        for (var number = 4_999_900; number < 4_999_950; number++)
        {
            Update(number, bid: 90);
        }

        Assert.True(_book.IsLive);
    }

    private EventTimes Times() => new(default, new Timestamp(_now += 1_000_000));

    private void Snapshot(long sequence, long bid, bool restarts) => _book.Apply(
        new BookSnapshot(default, sequence, Times(), restarts),
        [new Level(new Price(bid), new Quantity(1))],
        [new Level(new Price(200), new Quantity(1))]);

    private void Update(long sequence, long bid) =>
        _book.Apply(new BookUpdate(default, sequence, sequence, Times()), [new Level(new Price(bid), new Quantity(1))], []);
}
