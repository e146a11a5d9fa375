using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Lighter;

namespace Omnibook.Tests.Venues.Lighter;

public sealed class ControlFrameTests
{
    private readonly FrameDesk _desk = LighterDesk.Open();

    [Fact]
    public void Books_are_asked_for_first_and_with_a_slash() => Assert.Equal(
        [
            """{"type":"subscribe","channel":"order_book/0"}""",
            """{"type":"subscribe","channel":"order_book/1"}""",
            """{"type":"subscribe","channel":"trade/0"}""",
            """{"type":"subscribe","channel":"market_stats/0"}""",
            """{"type":"subscribe","channel":"ticker/0"}""",
            """{"type":"subscribe","channel":"trade/1"}""",
            """{"type":"subscribe","channel":"market_stats/1"}""",
            """{"type":"subscribe","channel":"ticker/1"}""",
        ],
        FrameDesk.Texts(_desk.Session.Opening));

    [Theory]
    [InlineData("""{"session_id":"4a1c","type":"connected"}""")]
    [InlineData("""{"type":"pong"}""")]
    public void Greetings_and_pongs_are_signs_of_life(string frame) => Assert.Equal(new FrameOutcome(FrameKind.Heartbeat), _desk.Hear(frame));

    [Fact]
    public void A_ping_of_the_venue_is_answered()
    {
        var outcome = _desk.Hear("""{"type":"ping"}""");
        Assert.Equal(FrameKind.Heartbeat, outcome.Kind);
        Assert.Equal(["""{"type":"pong"}"""], FrameDesk.Reply(outcome));
    }

    [Fact]
    public void Our_own_ping_is_sent_within_two_minutes()
    {
        Assert.Equal("""{"type":"ping"}"""u8, LighterDesk.Venue.Rules.Ping.Span);
        Assert.InRange(LighterDesk.Venue.Rules.PingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Beginning_anew_waits_for_the_end_of_the_old_subscription()
    {
        Assert.Equal(["""{"type":"unsubscribe","channel":"order_book/1"}"""], FrameDesk.Texts(_desk.Session.Resubscribe(1)));

        var outcome = _desk.Hear("""{"type":"unsubscribed","channel":"order_book:1"}""");
        Assert.Equal(["""{"type":"subscribe","channel":"order_book/1"}"""], FrameDesk.Reply(outcome));

        Assert.Empty(FrameDesk.Reply(_desk.Hear("""{"type":"unsubscribed","channel":"order_book:1"}""")));
    }

    [Fact]
    public void A_stream_that_was_not_subscribed_is_subscribed_all_the_same()
    {
        _desk.Session.Resubscribe(0);
        var outcome = _desk.Hear("""{"error":{"code":30004,"message":"Not Subscribed to : order_book:0"}}""");
        Assert.Equal(["""{"type":"subscribe","channel":"order_book/0"}"""], FrameDesk.Reply(outcome));
    }

    [Theory]
    [InlineData("""{"error":{"code":30003,"message":"Already Subscribed to : ticker:1"}}""")]
    [InlineData("""{"type":"error","code":30003,"message":"Already Subscribed to : ticker:1"}""")]
    public void A_stream_that_is_subscribed_already_is_as_good_as_acknowledged(string frame) =>
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged, LighterDesk.StreamOf("ticker/1")), _desk.Hear(frame));

    [Fact]
    public void An_error_that_names_a_stream_refuses_it()
    {
        var outcome = _desk.Hear("""{"error":{"code":20001,"message":"invalid param : order_book/0"}}""");
        Assert.Equal((FrameKind.Refused, 0, "20001 invalid param : order_book/0"), (outcome.Kind, outcome.Stream, outcome.Detail));
    }

    [Theory]
    [InlineData("""{"error":{"code":23000,"message":"Too Many Requests!"}}""", "23000 Too Many Requests!")]
    [InlineData("""{"type":"error","code":30009,"message":"too many in flight"}""", "30009 too many in flight")]
    [InlineData("""{"error":"just words"}""", "")]
    public void Other_errors_are_told_in_the_venues_words(string frame, string words)
    {
        var outcome = _desk.Hear(frame);
        Assert.Equal((FrameKind.Unknown, words), (outcome.Kind, outcome.Detail));
    }

    [Fact]
    public void A_page_of_the_firewall_is_no_frame() => Assert.Equal(FrameKind.Malformed, _desk.Hear("<html>403</html>").Kind);

    [Fact]
    public void Sockets_take_a_hundred_streams_and_spot_has_no_funding()
    {
        Instrument[] markets =
        [
            .. Enumerable.Range(0, 30).Select(i => LighterDesk.Market(i, $"{i}", $"C{i}", 2, 4)),
            LighterDesk.Market(30, "2048", "ETH/USDC", 2, 4, InstrumentKind.Spot),
        ];
        var plans = LighterDesk.Venue.Plan(markets);
        Assert.Equal([100, 23], plans.Select(plan => plan.Streams.Count));
        Assert.DoesNotContain(plans.SelectMany(plan => plan.Streams), stream => stream.Name == "market_stats/2048");
        Assert.All(plans, plan => Assert.Equal("wss://mainnet.zklighter.elliot.ai/stream", plan.Address.AbsoluteUri));
    }

    [Fact]
    public void A_reader_from_a_region_that_is_not_served_says_so_in_the_address()
    {
        var venue = new LighterVenue(new VenueId("lighter"), new VenueAddresses(LighterVenue.Mainnet.Rest, new Uri("wss://mainnet.zklighter.elliot.ai/?readonly=true")));
        Assert.Equal("wss://mainnet.zklighter.elliot.ai/stream?readonly=true", venue.Plan([LighterDesk.Ether])[0].Address.AbsoluteUri);
    }
}
