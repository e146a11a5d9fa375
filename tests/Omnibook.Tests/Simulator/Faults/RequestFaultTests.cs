using System.Text;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Faults;

public class RequestFaultTests
{
    private static readonly RestCall Book = RestCall.Get("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000"));
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    [Fact]
    public void A_stale_snapshot_is_the_true_book_of_a_while_ago()
    {
        _venue.Run(10);
        var past = _venue.Venue.BookAt("BTCUSDT", null)!;
        _venue.Run(2);
        _venue.Inject(new FaultRequest { Fault = "stale-snapshot", LagMs = 2000, Count = 1 });
        var stale = _venue.Get("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000"));

        Assert.Equal(past.Sequence, stale.GetProperty("lastUpdateId").GetInt64());
        Assert.Equal(past.Digest(), LocalBook.FromSnapshot(stale).Digest());
        Assert.True(_venue.Get("/fapi/v1/depth", ("symbol", "BTCUSDT")).GetProperty("lastUpdateId").GetInt64() > past.Sequence);
    }

    [Fact]
    public void A_slow_snapshot_takes_its_time_and_a_hanging_one_never_comes()
    {
        _venue.Inject(new FaultRequest { Fault = "slow-snapshot", DelayMs = 700, Count = 1 });
        Assert.Equal(TimeSpan.FromMilliseconds(700), _venue.Venue.Answer(Book).Delay);
        _venue.Inject(new FaultRequest { Fault = "hang-snapshot", Symbol = "BTCUSDT", Count = 1 });
        Assert.Equal(RestAnswer.Never, _venue.Venue.Answer(Book).Delay);
        Assert.Equal(TimeSpan.Zero, _venue.Venue.Answer(Book).Delay);
    }

    [Theory]
    [InlineData(429, "venue", "\"code\":-1003")]
    [InlineData(418, "venue", "IP banned until")]
    [InlineData(451, "venue", "restricted location")]
    [InlineData(500, "html", "<html>")]
    [InlineData(200, "html", "<html>")]
    [InlineData(200, "truncated", "{\"lastUpdateId\":")]
    public void A_status_comes_with_the_body_that_was_asked_for(int status, string body, string part)
    {
        _venue.Inject(new FaultRequest { Fault = "rest-status", Status = status, Body = body, RetryAfterSeconds = 7, Count = 1 });
        var answer = _venue.Venue.Answer(Book);

        Assert.Equal(status, answer.Status);
        Assert.Contains(part, Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
        Assert.Contains(("Retry-After", "7"), answer.Headers);
        Assert.Equal(200, _venue.Venue.Answer(Book).Status);
    }

    [Fact]
    public void Requests_are_seen_with_their_time_and_status()
    {
        _venue.Inject(new FaultRequest { Fault = "rest-status", Status = 429, DurationMs = 7000 });
        _venue.Venue.Answer(Book);
        _venue.Run(8);
        _venue.Venue.Answer(Book);
        var seen = _venue.Venue.Traffic.RecentRequests.ToList();

        Assert.Equal([429, 200], seen.Select(static request => request.Status));
        Assert.Equal("/fapi/v1/depth?symbol=BTCUSDT", seen[0].Subject);
        Assert.Equal(8000, seen[1].Milliseconds - seen[0].Milliseconds);
        Assert.Equal(1, _venue.Venue.Traffic.RequestsLimited);
    }

    [Fact]
    public void One_subscription_can_be_refused_while_the_others_are_served()
    {
        var venue = VirtualVenue.Hyperliquid();
        venue.Inject(new FaultRequest { Fault = "refuse-subscription", Symbol = "ETH", Channel = "bbo" });
        var connection = venue.Subscribed("""{"type":"bbo","coin":"BTC"}""", """{"type":"bbo","coin":"ETH"}""");
        var channels = VirtualVenue.Frames(connection).Select(static frame => frame.GetProperty("channel").GetString());
        Assert.Equal(["subscriptionResponse", "bbo", "error"], channels, StringComparer.Ordinal);
    }

    [Fact]
    public void A_lost_acknowledgement_does_not_lose_the_data()
    {
        _venue.Inject(new FaultRequest { Fault = "lost-ack" });
        var connection = _venue.Connect("/public/ws");
        VirtualVenue.Say(connection, """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        _venue.Run(1);
        Assert.All(VirtualVenue.Texts(connection), static text => Assert.Contains("depthUpdate", text, StringComparison.Ordinal));
    }

    [Fact]
    public void On_a_wrong_path_subscriptions_are_acknowledged_and_silent()
    {
        var venue = VirtualVenue.Hyperliquid();
        venue.Inject(new FaultRequest { Fault = "wrong-path", Symbol = "BTC" });
        var connection = venue.Subscribed("""{"type":"l2Book","coin":"BTC"}""");
        venue.Run(3);
        Assert.Single(VirtualVenue.Texts(connection));
    }

    [Fact]
    public void Connections_can_be_closed_or_reset()
    {
        var (closed, reset) = (_venue.Connect("/public/ws"), _venue.Connect("/public/ws"));
        _venue.Inject(new FaultRequest { Fault = "disconnect", Code = 1012, Count = 1 });
        _venue.Inject(new FaultRequest { Fault = "reset" });

        Assert.Equal((OutboundKind.Close, 1012), (VirtualVenue.Drain(closed)[^1].Kind, 1012));
        Assert.Equal(OutboundKind.Reset, VirtualVenue.Drain(reset)[^1].Kind);
        Assert.Empty(_venue.Venue.Faults.Active);
    }

    [Theory]
    [InlineData("nosuch", "symbol", "'fault' is not 'nosuch' but one of: gap, duplicate,")]
    [InlineData("stall", "symbol", "'stall' does not take 'symbol'. It takes: durationMs.")]
    [InlineData("gap", "symbol", "'symbol' is not 'NOSUCH' but one of: BTCUSDT, ETHUSDT.")]
    [InlineData("gap", "channel", "'channel' is not 'NOSUCH' but one of: depth, partialDepth,")]
    [InlineData("gap", "count", "'count' is a number from 1 to")]
    [InlineData("gap", "probability", "'probability' is above 0 and at most 1.")]
    [InlineData("disconnect", "code", "'code' is not 77 but one of: 1000, 1001,")]
    [InlineData("rest-status", "body", "'body' is not 'NOSUCH' but one of: venue, html, empty, truncated.")]
    public void A_wrong_request_is_told_what_is_allowed(string fault, string field, string problem)
    {
        var request = new FaultRequest { Venue = "binance-usdm", Fault = fault };
        request = field switch
        {
            "symbol" => request with { Symbol = "NOSUCH" },
            "channel" => request with { Channel = "NOSUCH" },
            "count" => request with { Count = 0 },
            "probability" => request with { Probability = 2 },
            "code" => request with { Code = 77 },
            _ => request with { Body = "NOSUCH" },
        };
        Assert.StartsWith(problem, _venue.Venue.Inject(request).Problem, StringComparison.Ordinal);
    }
}
