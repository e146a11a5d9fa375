using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>The venue refuses a whole request for the sake of one topic.</summary>
public sealed class SubscriptionTests
{
    private readonly FrameDesk _desk = BybitDesk.Open();

    [Fact]
    public void Everything_of_a_contract_is_asked_for_in_one_request() => Assert.Equal(
        ["""{"req_id":"s-0-5","op":"subscribe","args":["orderbook.200.BTCUSDT","orderbook.1.BTCUSDT","publicTrade.BTCUSDT","tickers.BTCUSDT","allLiquidation.BTCUSDT"]}"""],
        FrameDesk.Texts(_desk.Session.Opening));

    [Fact]
    public void Many_topics_are_asked_for_in_parts()
    {
        var desk = BybitDesk.Open(null, [.. Enumerable.Range(1, 30).Select(i => BybitDesk.Contract(i, $"C{i}USDT", 2, 3))]);
        var counts = desk.Session.Opening.Select(frame => JsonDocument.Parse(frame).RootElement.GetProperty("args").GetArrayLength());
        Assert.Equal([50, 50, 50, 5], counts);
    }

    [Fact]
    public void An_acknowledgement_of_several_topics_is_of_no_single_stream()
    {
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged), _desk.Hear("""{"success":true,"ret_msg":"","conn_id":"3cd84cb1","req_id":"s-0-5","op":"subscribe"}"""));
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged, 2), _desk.Hear("""{"success":true,"ret_msg":"subscribe","conn_id":"3cd84cb1","req_id":"s-2-1","op":"subscribe"}"""));
    }

    [Fact]
    public void A_refused_request_is_asked_again_in_halves_until_the_guilty_topic_stands_alone()
    {
        const string Guilty = "publicTrade.BTCUSDT";
        var waiting = new Queue<string>(FrameDesk.Texts(_desk.Session.Opening));
        var outcomes = new List<FrameOutcome>();
        while (waiting.TryDequeue(out var request))
        {
            Assert.InRange(outcomes.Count, 0, 20);
            var asked = JsonDocument.Parse(request).RootElement;
            var isGood = asked.GetProperty("args").EnumerateArray().All(topic => topic.GetString() != Guilty);
            var outcome = _desk.Hear(
                $$"""{"success":{{(isGood ? "true" : "false")}},"ret_msg":"{{(isGood ? "" : $"error:handler not found,topic:{Guilty}")}}","conn_id":"1","req_id":"{{asked.GetProperty("req_id").GetString()}}","op":"subscribe"}""");
            outcomes.Add(outcome);
            Array.ForEach(FrameDesk.Reply(outcome), waiting.Enqueue);
        }

        var refused = Assert.Single(outcomes, outcome => outcome.Kind == FrameKind.Refused);
        Assert.Equal((2, $"error:handler not found,topic:{Guilty}"), (refused.Stream, refused.Detail));
        Assert.Equal(2, outcomes.Count(outcome => outcome.Kind == FrameKind.Acknowledged));
        Assert.DoesNotContain(outcomes, outcome => outcome.Kind is FrameKind.Unknown or FrameKind.Malformed);
    }

    [Fact]
    public void A_topic_that_is_subscribed_already_is_as_good_as_acknowledged() => Assert.Equal(
        new FrameOutcome(FrameKind.Acknowledged, 2),
        _desk.Hear("""{"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTCUSDT","conn_id":"1","req_id":"s-2-1","op":"subscribe"}"""));

    [Theory]
    [InlineData("true", "")]
    [InlineData("false", "error:not subscribed")]
    public void Beginning_anew_waits_for_the_end_of_the_old_subscription(string success, string words)
    {
        Assert.Equal(
            ["""{"req_id":"u-0-1","op":"unsubscribe","args":["orderbook.200.BTCUSDT"]}"""], FrameDesk.Texts(_desk.Session.Resubscribe(0)));

        var outcome = _desk.Hear($$"""{"success":{{success}},"ret_msg":"{{words}}","conn_id":"1","req_id":"u-0-1","op":"unsubscribe"}""");
        Assert.Equal(FrameKind.Heartbeat, outcome.Kind);
        Assert.Equal(["""{"req_id":"s-0-1","op":"subscribe","args":["orderbook.200.BTCUSDT"]}"""], FrameDesk.Reply(outcome));
    }

    [Fact]
    public void A_refusal_without_a_number_names_its_topic_in_words()
    {
        var outcome = _desk.Hear("""{"success":false,"ret_msg":"Invalid topic: tickers.BTCUSDT","conn_id":"1","op":"subscribe"}""");
        Assert.Equal((FrameKind.Refused, 3), (outcome.Kind, outcome.Stream));
        outcome = _desk.Hear("""{"success":false,"ret_msg":"Invalid topic: tickers.ETHUSDT","conn_id":"1","op":"subscribe"}""");
        Assert.Equal((FrameKind.Unknown, "Invalid topic: tickers.ETHUSDT"), (outcome.Kind, outcome.Detail));
    }

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"465772b1","req_id":"9","op":"ping"}""")]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"465772b1","op":"ping"}""")]
    [InlineData("""{"req_id":"x","op":"pong","args":["1675418560633"],"conn_id":"1"}""")]
    public void A_pong_has_several_forms(string frame) => Assert.Equal(new FrameOutcome(FrameKind.Heartbeat), _desk.Hear(frame));

    [Theory]
    [InlineData("s-0-500")]
    [InlineData("s-4-2")]
    [InlineData("s--1-1")]
    [InlineData("s-0-0")]
    [InlineData("x-0-1")]
    [InlineData("s-99999999999-1")]
    [InlineData("")]
    public void A_number_that_is_not_ours_is_nobodys(string id) => Assert.Equal(
        FrameKind.Unknown, _desk.Hear($$"""{"success":false,"ret_msg":"no","conn_id":"1","req_id":"{{id}}","op":"subscribe"}""").Kind);

    [Fact]
    public void Contracts_share_sockets_and_stay_whole_on_them()
    {
        Instrument[] contracts = [.. Enumerable.Range(0, 90).Select(i => BybitDesk.Contract(i, $"C{i}USDT", 2, 3))];
        var plans = BybitDesk.Venue.Plan(contracts);

        Assert.Equal([200, 200, 50], plans.Select(plan => plan.Streams.Count));
        Assert.All(plans, plan => Assert.Equal("wss://stream.bybit.com/v5/public/linear", plan.Address.AbsoluteUri));
        Assert.All(plans, plan => Assert.InRange(plan.Streams.Sum(stream => stream.Name.Length), 1, 20_000));
        Assert.Equal(90, plans.SelectMany(plan => plan.Books).Distinct().Count());
    }
}
