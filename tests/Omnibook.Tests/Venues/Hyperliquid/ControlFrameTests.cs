using System.Text;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class ControlFrameTests
{
    [Theory]
    [InlineData("""{"type":"l2Book","coin":"BTC"}""", Channel.Book)]
    [InlineData("""{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null}""", Channel.Book)]
    [InlineData("""{"fast":false,"mantissa":null,"coin":"BTC","nSigFigs":null,"type":"l2Book"}""", Channel.Book)]
    [InlineData("""{"type":"trades","coin":"BTC"}""", Channel.Trades)]
    [InlineData("""{"type":"bbo","coin":"BTC"}""", Channel.TopOfBook)]
    [InlineData("""{"type":"activeAssetCtx","coin":"BTC"}""", Channel.Derived)]
    public void An_acknowledgement_is_matched_with_the_venues_defaults_filled_in(string echo, Channel channel)
    {
        var desk = Desk.Bitcoin;
        var frame = $$$"""{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{{{echo}}}}}""";
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged, desk.StreamOf(channel)), desk.Hear(frame));
    }

    [Theory]
    [InlineData("""{"type":"l2Book","coin":"BTC","nSigFigs":5,"mantissa":null}""")]
    [InlineData("""{"type":"l2Book","coin":"BTC","fast":true}""")]
    [InlineData("""{"type":"l2Book","coin":"btc"}""")]
    [InlineData("""{"type":"candle","coin":"BTC","interval":"1d"}""")]
    [InlineData("""{"type":"allMids"}""")]
    [InlineData("""7""")]
    public void An_acknowledgement_of_something_else_is_none_of_ours(string echo)
    {
        var outcome = Desk.Bitcoin.Hear($$$"""{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{{{echo}}}}}""");
        Assert.Equal(FrameKind.Unknown, outcome.Kind);
        Assert.NotNull(outcome.Detail);
    }

    [Theory]
    [InlineData("""{"channel":"pong"}""")]
    [InlineData("""{"channel":"pong","data":null}""")]
    [InlineData("Websocket connection established.")]
    [InlineData("""{"channel":"subscriptionResponse","data":{"method":"unsubscribe","subscription":{"type":"trades","coin":"BTC"}}}""")]
    [InlineData("""{"channel":"error","data":"Already unsubscribed: {\"type\":\"trades\",\"coin\":\"BTC\"}"}""")]
    public void These_are_signs_of_life_and_no_more(string frame) =>
        Assert.Equal(FrameKind.Heartbeat, Desk.Bitcoin.Hear(frame).Kind);

    [Fact]
    public void Asking_twice_means_that_the_stream_runs()
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(
            new FrameOutcome(FrameKind.Acknowledged, desk.StreamOf(Channel.Trades)),
            desk.Hear("""{"channel":"error","data":"Already subscribed: {\"type\":\"trades\",\"coin\":\"BTC\"}"}"""));
    }

    [Theory]
    [InlineData("""Invalid subscription {\"type\":\"bbo\",\"coin\":\"BTC\"}""")]
    [InlineData("""Error parsing JSON into valid websocket request: {\"method\":\"subscribe\",\"subscription\":{\"type\":\"bbo\",\"coin\":\"BTC\"}}""")]
    public void A_refusal_names_its_stream_and_keeps_the_venues_words(string text)
    {
        var desk = Desk.Bitcoin;
        var outcome = desk.Hear($$"""{"channel":"error","data":"{{text}}"}""");
        Assert.Equal(FrameKind.Refused, outcome.Kind);
        Assert.Equal(desk.StreamOf(Channel.TopOfBook), outcome.Stream);
        Assert.Equal(text.Replace("\\", "", StringComparison.Ordinal), outcome.Detail);
    }

    [Theory]
    [InlineData("""{"channel":"error","data":"Cannot track more than 15 total users."}""")]
    [InlineData("""{"channel":"error","data":"Error parsing JSON into valid websocket request: {\"method\":"}""")]
    [InlineData("""{"channel":"error","data":{"code":1}}""")]
    [InlineData("""{"channel":"candle","data":{"t":1764806400000}}""")]
    [InlineData("""{"channel":"allMids","data":{"mids":{"BTC":"1.0"}}}""")]
    [InlineData("""{"hello":1}""")]
    public void What_is_not_ours_is_unknown(string frame) => Assert.Equal(FrameKind.Unknown, Desk.Bitcoin.Hear(frame).Kind);

    [Fact]
    public void Every_stream_is_subscribed_by_a_frame_of_its_own_books_first()
    {
        var desk = new Desk(("BTC", 5), ("ETH", 4));
        Assert.Equal(
            [
                """{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC"}}""",
                """{"method":"subscribe","subscription":{"type":"l2Book","coin":"ETH"}}""",
                """{"method":"subscribe","subscription":{"type":"trades","coin":"BTC"}}""",
                """{"method":"subscribe","subscription":{"type":"trades","coin":"ETH"}}""",
                """{"method":"subscribe","subscription":{"type":"bbo","coin":"BTC"}}""",
                """{"method":"subscribe","subscription":{"type":"bbo","coin":"ETH"}}""",
                """{"method":"subscribe","subscription":{"type":"activeAssetCtx","coin":"BTC"}}""",
                """{"method":"subscribe","subscription":{"type":"activeAssetCtx","coin":"ETH"}}""",
            ],
            desk.Session.Opening.Select(frame => Encoding.UTF8.GetString(frame.Span)));
    }

    [Fact]
    public void A_stream_begins_anew_by_leaving_it_first() => Assert.Equal(
        [
            """{"method":"unsubscribe","subscription":{"type":"l2Book","coin":"BTC"}}""",
            """{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC"}}""",
        ],
        Desk.Bitcoin.Session.Resubscribe(0).Select(frame => Encoding.UTF8.GetString(frame.Span)));

    [Fact]
    public void The_ping_is_JSON() => Assert.Equal("""{"method":"ping"}""", Encoding.UTF8.GetString(Desk.Bitcoin.Venue.Rules.Ping.Span));
}
