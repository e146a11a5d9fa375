using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Coinbase;

public sealed class ControlTests
{
    [Fact]
    public void Each_channel_is_subscribed_by_a_message_of_its_own_and_heartbeats_too() => Assert.Equal(
        [
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""",
            """{"type":"subscribe","channel":"heartbeats"}""",
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades"}""",
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"ticker"}""",
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"status"}""",
        ],
        FrameDesk.Texts(CoinbaseDesk.Open().Session.Opening));

    [Fact]
    public void The_opening_is_out_long_before_the_venue_gives_up_waiting_for_it() =>
        Assert.True(CoinbaseDesk.Venue.Rules.SendSpacing * 5 < TimeSpan.FromSeconds(1) && CoinbaseDesk.Venue.Rules.SendSpacing > TimeSpan.FromMilliseconds(125));

    [Fact]
    public void Thirty_books_go_over_one_connection()
    {
        var plans = CoinbaseDesk.Venue.Plan([.. Enumerable.Range(0, 70).Select(i => CoinbaseDesk.Product(i, $"C{i}-USD"))]);
        Assert.Equal([30, 30, 10], plans.Select(plan => plan.Books.Count()));
        Assert.Equal(["advanced-0", "advanced-1", "advanced-2"], plans.Select(plan => plan.Name));
        Assert.All(plans, plan => Assert.Equal("wss://advanced-trade-ws.coinbase.com/", plan.Address.AbsoluteUri));
    }

    [Fact]
    public void Two_names_of_one_book_go_over_two_connections()
    {
        var plans = CoinbaseDesk.Venue.Plan([CoinbaseDesk.Bitcoin, CoinbaseDesk.Product(1, "BTC-USDC", wire: "BTC-USD"), CoinbaseDesk.Product(2, "ETH-USD")]);
        Assert.Equal([["BTC-USD", "ETH-USD"], ["BTC-USDC"]], plans.Select(plan => plan.Books.Select(book => book.Symbol)));
    }

    [Fact]
    public void A_list_of_subscriptions_is_an_acknowledgement() =>
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged), CoinbaseDesk.Open().Hear(CoinbaseDesk.Subscriptions(0, "BTC-USD")));

    [Fact]
    public void A_book_is_begun_anew_by_giving_it_up_and_stands_still_meanwhile()
    {
        var desk = CoinbaseDesk.Open();
        desk.Hear(CoinbaseDesk.Snapshot(0));
        Assert.Equal(
            ["""{"type":"unsubscribe","product_ids":["BTC-USD"],"channel":"level2"}""", """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}"""],
            FrameDesk.Texts(desk.Session.Resubscribe(0)));

        Assert.Equal(FrameKind.Acknowledged, desk.Hear(CoinbaseDesk.Subscriptions(1, "ETH-USD")).Kind);
        var status = Assert.Single(desk.Seen.Statuses);
        Assert.Equal((CoinbaseDesk.Bitcoin.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot), (status.Instrument, status.State, status.Reason));
        desk.Hear(CoinbaseDesk.Subscriptions(2, "ETH-USD"));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Fact]
    public void A_second_request_after_the_first_was_served_is_sent()
    {
        var desk = CoinbaseDesk.Open();
        desk.Hear(CoinbaseDesk.Snapshot(0));
        desk.Hear(CoinbaseDesk.Update(2));
        Assert.Equal(4, desk.Session.Resubscribe(1).Count);
        Assert.Empty(desk.Session.Resubscribe(0));
        Assert.Equal(2, desk.Session.Resubscribe(0).Count);
        Assert.Equal(2, desk.Session.Resubscribe(1).Count);
    }

    [Fact]
    public void A_refused_list_is_asked_for_one_by_one_until_the_guilty_one_is_found()
    {
        const string Refusal = """{"type":"error","message":"too many L2 streams requested in a single session"}""";
        var desk = CoinbaseDesk.Open();
        var outcome = desk.Hear(Refusal);
        Assert.Equal((FrameKind.Unknown, "too many L2 streams requested in a single session"), (outcome.Kind, outcome.Detail));
        Assert.Equal(
            ["""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}""", """{"type":"subscribe","product_ids":["ETH-USD"],"channel":"level2"}"""],
            FrameDesk.Reply(outcome));

        // The four others of the opening, then the book of Bitcoin, are accepted; that of Ether is not.
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal(FrameKind.Acknowledged, desk.Hear(CoinbaseDesk.Subscriptions(number)).Kind);
        }

        outcome = desk.Hear(Refusal);
        Assert.Equal((FrameKind.Refused, 1), (outcome.Kind, outcome.Stream));
        Assert.Equal((FrameKind.Refused, -1), (desk.Hear(Refusal).Kind, desk.Hear(Refusal).Stream));
    }

    [Fact]
    public void A_product_that_is_delisted_is_told_and_one_that_comes_back_is_begun_anew()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameKind.Heartbeat, desk.Hear(Status(0, "online")).Kind);
        Assert.Empty(desk.Seen.Statuses);
        desk.Hear(Status(1, "delisted"));
        Assert.Equal((CoinbaseDesk.Ether.Id, BookState.Delisted), (desk.Seen.Statuses[0].Instrument, desk.Seen.Statuses[0].State));
        desk.Hear(Status(2, "delisted"));
        Assert.Empty(desk.Seen.Statuses);
        var outcome = desk.Hear(Status(3, "online"));
        Assert.Equal(BookState.Buffering, Assert.Single(desk.Seen.Statuses).State);
        Assert.Equal(2, FrameDesk.Reply(outcome).Length);

        static string Status(long number, string status) => CoinbaseDesk.Frame(
            "status", number, $$"""{"type":"snapshot","products":[{"product_type":"SPOT","id":"ETH-USD","status":"{{status}}"},{"id":"XYZ-USD","status":"delisted"}]}""");
    }

    [Theory]
    [InlineData("""{"channel":"status","sequence_num":5,"events":[{"products":[{"id":"ETH-USD"}]}]}""")]
    [InlineData("""{"channel":"status","sequence_num":5,"events":{"products":[]}}""")]
    [InlineData("""{"channel":"status","sequence_num":5}""")]
    [InlineData("""{"channel":"subscriptions","sequence_num":5,"events":[7]}""")]
    [InlineData("""{"channel":"subscriptions","sequence_num":5,"events":[{"subscriptions":{"level2":[7]}}]}""")]
    [InlineData("""{"channel":"heartbeats","sequence_num":5,"events":[{"heartbeat_counter":"x"}]}""")]
    [InlineData("""{"channel":"heartbeats","sequence_num":5,"events":7}""")]
    public void Frames_of_another_shape_are_malformed_and_leave_nothing_even_after_a_hole(string frame)
    {
        var desk = CoinbaseDesk.Open();
        desk.Hear(CoinbaseDesk.Snapshot(0));
        Assert.Equal(FrameKind.Malformed, desk.Hear(frame).Kind);
        Assert.Equal(0, desk.Batch.Count + desk.Batch.LevelCount);
    }
}
