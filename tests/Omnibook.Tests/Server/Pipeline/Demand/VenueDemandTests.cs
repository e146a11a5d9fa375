using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Pipeline.Demand;

public sealed class VenueDemandTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_is_asked_for_is_followed_once_for_all_who_ask()
    {
        await using var desk = new DemandDesk();
        using var first = desk.Acquire("ETHUSDT");
        using var second = desk.Acquire("ETHUSDT");
        Assert.Same(first.Instrument, second.Instrument);
        await desk.WhenFollowedAsync("ETHUSDT");
    }

    [Fact]
    public async Task A_venue_that_is_down_does_not_refuse_a_lease_and_its_book_says_why()
    {
        await using var desk = new DemandDesk();
        using var lease = desk.Acquire("ETHUSDT");
        await desk.WhenReasonAsync(lease.Instrument, StatusReasons.Connecting);
        Assert.Equal(BookState.Connecting, desk.StatusOf(lease.Instrument)!.Value.State);
    }

    [Fact]
    public async Task What_nobody_holds_is_let_go_after_a_while_and_says_so()
    {
        await using var desk = new DemandDesk();
        var lease = desk.Acquire("ETHUSDT");
        await desk.WhenFollowedAsync("ETHUSDT");
        lease.Dispose();
        desk.Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.Equal(["ETHUSDT"], desk.Books);
        await desk.Clock.HoldsAsync(() => desk.Books.Length == 0, Minute, "the connection is closed");
        await desk.WhenReasonAsync(lease.Instrument, StatusReasons.NotFollowed);
        Assert.Equal(BookState.Disabled, desk.StatusOf(lease.Instrument)!.Value.State);
    }

    [Fact]
    public async Task A_lease_that_ends_twice_ends_once()
    {
        await using var desk = new DemandDesk();
        using var kept = desk.Acquire("ETHUSDT");
        var other = desk.Acquire("ETHUSDT");
        other.Dispose();
        other.Dispose();
        await desk.WhenFollowedAsync("ETHUSDT");
        desk.Clock.Advance(Minute * 3);
        Assert.Equal(["ETHUSDT"], desk.Books);
    }

    [Fact]
    public async Task Who_comes_back_in_time_finds_the_same_connection()
    {
        await using var desk = new DemandDesk();
        desk.Acquire("ETHUSDT").Dispose();
        using var first = desk.Acquire("ETHUSDT");
        await desk.WhenFollowedAsync("ETHUSDT");
        var connection = Assert.Single(desk.Connections.Statuses, feed => feed.Connection.EndsWith("public-0", StringComparison.Ordinal)).Connection;
        first.Dispose();
        desk.Clock.Advance(Minute / 2);
        using var second = desk.Acquire("ETHUSDT");
        desk.Clock.Advance(Minute * 2);
        Assert.Contains(desk.Connections.Statuses, feed => feed.Connection == connection);
    }

    [Fact]
    public async Task Who_comes_back_later_has_it_followed_again()
    {
        await using var desk = new DemandDesk();
        var first = desk.Acquire("ETHUSDT");
        await desk.WhenFollowedAsync("ETHUSDT");
        first.Dispose();
        await desk.Clock.HoldsAsync(() => desk.Books.Length == 0, Minute * 2, "the connection is closed");
        await desk.WhenReasonAsync(first.Instrument, StatusReasons.NotFollowed);
        using var second = desk.Acquire("ETHUSDT");
        Assert.Same(first.Instrument, second.Instrument);
        await desk.WhenFollowedAsync("ETHUSDT");
        await desk.WhenReasonAsync(second.Instrument, StatusReasons.Connecting);
    }

    [Fact]
    public async Task A_bound_that_is_reached_is_named()
    {
        await using var desk = new DemandDesk(most: 2);
        using var first = desk.Acquire("AUSDT");
        using var second = desk.Acquire("BUSDT");
        var refused = Assert.Throws<DemandRefusedException>(() => desk.Acquire("CUSDT"));
        Assert.Equal(DemandRefusal.Full, refused.Refusal);
        Assert.StartsWith("2 instruments", refused.Message, StringComparison.Ordinal);
        Assert.Contains("DEMAND_MOST_PER_VENUE", refused.Message, StringComparison.Ordinal);
        using var again = desk.Acquire("AUSDT");
    }

    [Fact]
    public async Task What_is_idle_makes_room_for_what_is_asked_for()
    {
        await using var desk = new DemandDesk(most: 1);
        var first = desk.Acquire("AUSDT");
        await desk.WhenFollowedAsync("AUSDT");
        first.Dispose();
        using var second = desk.Acquire("BUSDT");
        await desk.WhenFollowedAsync("BUSDT");
        Assert.Throws<DemandRefusedException>(() => desk.Acquire("AUSDT"));
    }

    [Fact]
    public async Task More_than_the_venue_likes_share_connections_and_each_book_comes_over_one()
    {
        await using var desk = new DemandDesk(connections: 6);
        var symbols = Enumerable.Range(10, 15).Select(number => $"S{number}USDT").ToArray();
        var leases = new List<MarketLease>();
        foreach (var symbol in symbols)
        {
            // Wait each time, so that they are not opened together.
            leases.Add(desk.Acquire(symbol));
            await desk.Clock.HoldsAsync(() => desk.Books.Length == leases.Count, Minute * 20, "it is followed too");
        }

        await desk.WhenFollowedAsync(symbols);
        Assert.InRange(desk.Connections.Count, 2, 6);
        leases.ForEach(lease => lease.Dispose());
        await desk.Clock.HoldsAsync(() => desk.Connections.Count == 0, Minute * 3, "all is closed");
    }

    [Fact]
    public async Task Candles_and_books_are_held_apart()
    {
        await using var desk = new DemandDesk();
        using var book = desk.Acquire("ETHUSDT");
        var minutes = desk.Acquire("ETHUSDT", CandleInterval.Parse("1m"));
        using var hours = desk.Acquire("ETHUSDT", CandleInterval.Parse("1h"));
        await Eventually.HoldsAsync(() => desk.Streams.Count(stream => stream.Contains("@kline_", StringComparison.Ordinal)) == 2, "both candles are followed");
        await desk.WhenFollowedAsync("ETHUSDT");
        minutes.Dispose();
        desk.Clock.Advance(Minute * 2);
        Assert.Contains("ethusdt@kline_1h", desk.Streams);
        Assert.Equal(["ETHUSDT"], desk.Books);
    }

    [Fact]
    public async Task The_book_of_an_instrument_whose_candles_alone_are_held_is_said_not_to_be_followed()
    {
        await using var desk = new DemandDesk(configured: "BTCUSDT");
        using var candles = desk.Acquire("ETHUSDT", CandleInterval.Parse("1m"));
        await desk.WhenReasonAsync(candles.Instrument, StatusReasons.NotFollowed);
        using var configured = desk.Acquire("BTCUSDT", CandleInterval.Parse("1m"));
        await Eventually.HoldsAsync(() => desk.Streams.Contains("btcusdt@kline_1m"), "the candles are followed");
        Assert.Null(desk.StatusOf(configured.Instrument));
        using var book = desk.Acquire("ETHUSDT");
        await desk.WhenReasonAsync(candles.Instrument, StatusReasons.Connecting);
    }
}
