using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Lighter;

public class LighterFaultTests
{
    private static readonly string[] Channels = ["order_book/0", "order_book/1", "trade/1", "ticker/1", "market_stats/1", "market_stats/all", "candle/1/1m", "height"];
    private readonly VirtualVenue _venue = VirtualVenue.Lighter();

    public static TheoryData<string> Kinds => [.. FaultCatalog.All.Where(static kind => kind.OnlyVenues.Count == 0).Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_venue_runs_on_through_every_fault_and_is_well_again_after_it(string kind)
    {
        var before = _venue.Stream(Channels);
        var request = new FaultRequest { Fault = kind };
        _venue.Inject(FaultCatalog.Find(kind)!.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
        _venue.Stream(Channels);
        _venue.Venue.Answer(RestCall.Get("/api/v1/orderBookOrders", ("market_id", "1"), ("limit", "50")));
        _venue.Run(4);
        VirtualVenue.Drain(before);

        var after = _venue.Stream(Channels);
        _venue.Run(6);
        Assert.Empty(_venue.Venue.Faults.Active);
        Assert.All(VirtualVenue.Drain(after), static frame => Assert.Equal(OutboundKind.Text, frame.Kind));
        Assert.Equal(8, after.Subscriptions.Count);
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("reorder")]
    [InlineData("duplicate")]
    public void A_lost_a_late_or_a_doubled_update_breaks_the_chain(string fault)
    {
        var connection = _venue.Stream("order_book/1");
        _venue.Run(1);
        _venue.Inject(new FaultRequest { Fault = fault, Channel = "order_book", Count = 1 });
        _venue.Run(1);
        var messages = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "order_book:1").Select(static message => message.GetProperty("order_book")).ToList();
        var breaks = messages.Zip(messages.Skip(1)).Count(static pair =>
            pair.First.GetProperty("nonce").GetInt64() != pair.Second.GetProperty("begin_nonce").GetInt64());
        Assert.Equal(fault == "reorder" ? 3 : 1, breaks);
    }

    [Fact]
    public void Levels_prices_and_times_can_be_spoiled()
    {
        var connection = _venue.Stream("order_book/1");
        _venue.Run(1);
        var book = new LocalBook();
        VirtualVenue.OfColon(VirtualVenue.Frames(connection), "order_book:1").ForEach(message => Apply(book, message));
        _venue.Inject(new FaultRequest { Fault = "corrupt-level", Channel = "order_book" });
        _venue.Run(0.5);
        var wrong = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "order_book:1")[0];
        Apply(book, wrong);
        Assert.NotEqual(_venue.Venue.BookAt("BTC", wrong.GetProperty("order_book").GetProperty("nonce").GetInt64())!.Digest(), book.Digest());

        _venue.Inject(new FaultRequest { Fault = "nan", Channel = "order_book" });
        _venue.Run(0.5);
        Assert.Contains("{\"price\":\"NaN\",\"size\":\"", VirtualVenue.Texts(connection)[0], StringComparison.Ordinal);

        _venue.Inject(new FaultRequest { Fault = "clock-offset", OffsetMs = 60_000, DurationMs = 500 });
        _venue.Run(0.5);
        var late = VirtualVenue.Frames(connection)[0];
        Assert.True(late.GetProperty("timestamp").GetInt64() > _venue.Venue.Schedule.Milliseconds + 50_000);
        Assert.True(late.GetProperty("last_updated_at").GetInt64() > (_venue.Venue.Schedule.Milliseconds + 50_000) * 1000);
    }

    [Fact]
    public void Subscriptions_can_be_refused_silent_or_unacknowledged()
    {
        _venue.Inject(new FaultRequest { Fault = "refuse-subscription", Symbol = "BTC", Channel = "order_book" });
        Assert.Contains("23000", VirtualVenue.Texts(_venue.Stream("order_book/1"))[^1], StringComparison.Ordinal);

        _venue.Inject(new FaultRequest { Fault = "lost-ack", Channel = "order_book" });
        var updatesOnly = _venue.Stream("order_book/1");
        _venue.Run(1);
        Assert.All(
            VirtualVenue.OfColon(VirtualVenue.Frames(updatesOnly), "order_book:1"),
            static message => Assert.Equal("update/order_book", message.GetProperty("type").GetString()));

        _venue.Inject(new FaultRequest { Fault = "wrong-path", Count = 1 });
        var silent = _venue.Stream("order_book/1");
        _venue.Run(1);
        Assert.Single(VirtualVenue.OfColon(VirtualVenue.Frames(silent), "order_book:1"));
    }

    [Fact]
    public void A_stale_list_of_orders_is_the_book_of_a_while_ago()
    {
        _venue.Run(10);
        var past = _venue.Venue.BookAt("BTC", null)!;
        _venue.Run(2);
        _venue.Inject(new FaultRequest { Fault = "stale-snapshot", LagMs = 2000, Count = 1 });
        var asks = _venue.Get("/api/v1/orderBookOrders", ("market_id", "1"), ("limit", "20")).GetProperty("asks");
        Assert.Equal(past.Asks.Take(20).Select(level => past.PriceScale.ToDecimal(level.Price)), asks.EnumerateArray().Select(static order => LocalBook.Number(order.GetProperty("price"))));
    }

    private static void Apply(LocalBook book, JsonElement message) =>
        book.Apply(message.GetProperty("order_book").GetProperty("bids"), message.GetProperty("order_book").GetProperty("asks"));
}
