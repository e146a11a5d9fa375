using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Bybit;

public class BybitSocketTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Bybit();

    [Fact]
    public void There_is_only_the_linear_path() => Assert.Null(_venue.Venue.Connect("/v5/public/spot", ""));

    [Fact]
    public void Answers_echo_the_request()
    {
        var connection = _venue.Connect("/v5/public/linear");
        VirtualVenue.Say(connection, """{"req_id":"7","op":"subscribe","args":["publicTrade.BTCUSDT"]}""");
        VirtualVenue.Say(connection, """{"op":"ping"}""");
        VirtualVenue.Say(connection, """{"req_id":"9","op":"ping"}""");
        VirtualVenue.Say(connection, """{"req_id":"10","op":"unsubscribe","args":["publicTrade.BTCUSDT"]}""");
        var answers = VirtualVenue.Frames(connection);

        Assert.Equal(["subscribe", "ping", "ping", "unsubscribe"], answers.Select(static answer => answer.GetProperty("op").GetString()), StringComparer.Ordinal);
        Assert.Equal(["7", "", "9", "10"], answers.Select(static answer => answer.GetProperty("req_id").GetString()), StringComparer.Ordinal);
        Assert.Equal(["", "pong", "pong", ""], answers.Select(static answer => answer.GetProperty("ret_msg").GetString()), StringComparer.Ordinal);
        Assert.All(answers, static answer => Assert.True(answer.GetProperty("success").GetBoolean()));
        Assert.Single(answers.Select(static answer => answer.GetProperty("conn_id").GetString()).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("orderbook.500.BTCUSDT", "error:handler not found,topic:orderbook.500.BTCUSDT")]
    [InlineData("orderbook.50.NOSUCH", "error:handler not found,topic:orderbook.50.NOSUCH")]
    [InlineData("kline.7.BTCUSDT", "error:handler not found,topic:kline.7.BTCUSDT")]
    [InlineData("tickers.BTCUSDT", "error:already subscribed,topic:tickers.BTCUSDT")]
    public void One_bad_topic_refuses_the_whole_request(string bad, string text)
    {
        var connection = _venue.Linear("tickers.BTCUSDT");
        VirtualVenue.Drain(connection);
        VirtualVenue.Say(connection, $"{{\"req_id\":\"2\",\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\",\"{bad}\"]}}");
        var answer = Assert.Single(VirtualVenue.Frames(connection));

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(text, answer.GetProperty("ret_msg").GetString());
        Assert.Equal(["tickers.BTCUSDT"], connection.Subscriptions);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"op":"jump"}""")]
    [InlineData("""{"op":"subscribe"}""")]
    public void What_is_no_request_is_answered_with_an_error(string text)
    {
        var connection = _venue.Connect("/v5/public/linear");
        VirtualVenue.Say(connection, text);
        Assert.False(Assert.Single(VirtualVenue.Frames(connection)).GetProperty("success").GetBoolean());
    }

    [Fact]
    public void Too_many_characters_are_refused_and_a_huge_request_costs_the_socket()
    {
        var connection = _venue.Connect("/v5/public/linear");
        VirtualVenue.Say(connection, $"{{\"op\":\"subscribe\",\"args\":[\"{new string('x', 21_001)}\"]}}");
        Assert.Contains("21000", Assert.Single(VirtualVenue.Texts(connection)), StringComparison.Ordinal);

        VirtualVenue.Say(connection, $"{{\"op\":\"subscribe\",\"args\":[{string.Join(',', Enumerable.Repeat("\"a\"", 501))}]}}");
        Assert.Equal(OutboundKind.Cut, Assert.Single(VirtualVenue.Drain(connection)).Kind);
    }

    [Fact]
    public void The_first_data_comes_before_or_after_the_acknowledgement()
    {
        var first = Enumerable.Range(0, 40)
            .Select(_ => VirtualVenue.Frames(_venue.Linear("tickers.BTCUSDT"))[0].TryGetProperty("topic", out var _)).ToList();
        Assert.Contains(true, first);
        Assert.Contains(false, first);
    }

    [Fact]
    public void A_silent_socket_without_data_is_cut_after_ten_minutes_and_a_ping_keeps_it()
    {
        var (silent, pinging) = (_venue.Connect("/v5/public/linear"), _venue.Connect("/v5/public/linear"));
        _venue.Run(590);
        VirtualVenue.Say(pinging, """{"op":"ping"}""");
        Assert.False(silent.IsClosed);
        _venue.Run(45);
        Assert.True(silent.IsClosed);
        Assert.False(pinging.IsClosed);
    }
}
