using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.BinanceUsdm;

public class BinanceConnectionTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    [Fact]
    public void A_stream_of_the_other_path_is_acknowledged_and_silent()
    {
        var connection = _venue.Connect("/public/ws");
        VirtualVenue.Say(connection, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","BTCUSDT@depth","btcusdt@depth@250ms","nosuch@trade"],"id":7}""");
        _venue.Run(5);

        Assert.Equal(["""{"result":null,"id":7}"""], VirtualVenue.Texts(connection));
    }

    [Theory]
    [InlineData("/ws")]
    [InlineData("/stream")]
    public void A_path_without_a_route_is_public_only(string path)
    {
        var connection = _venue.Connect(path);
        VirtualVenue.Say(connection, """{"method":"SUBSCRIBE","params":["btcusdt@trade","btcusdt@aggTrade"],"id":1}""");
        _venue.Run(30);
        var texts = VirtualVenue.Texts(connection);

        Assert.Contains(texts, static text => text.Contains("\"e\":\"trade\"", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, static text => text.Contains("aggTrade", StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_no_other_path() => Assert.Null(_venue.Venue.Connect("/elsewhere", ""));

    [Fact]
    public void Frames_are_wrapped_as_the_property_says()
    {
        var connection = _venue.Connect("/public/ws/btcusdt@depth@100ms");
        VirtualVenue.Say(connection, """{"method":"GET_PROPERTY","params":["combined"],"id":2}""");
        VirtualVenue.Say(connection, """{"method":"SET_PROPERTY","params":["combined",true],"id":5}""");
        VirtualVenue.Say(connection, """{"method":"GET_PROPERTY","params":["combined"],"id":6}""");
        _venue.Run(0.3);
        var texts = VirtualVenue.Texts(connection);

        Assert.Equal(["""{"result":false,"id":2}""", """{"result":null,"id":5}""", """{"result":true,"id":6}"""], texts.Take(3), StringComparer.Ordinal);
        Assert.StartsWith("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate",""", texts[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Subscriptions_can_be_listed_and_ended()
    {
        var connection = _venue.Connect("/public/stream", "btcusdt@trade/btcusdt@depth@100ms");
        VirtualVenue.Say(connection, """{"method":"UNSUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        VirtualVenue.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        Assert.Equal(["""{"result":null,"id":1}""", """{"result":["btcusdt@trade"],"id":3}"""], VirtualVenue.Texts(connection));

        _venue.Run(3);
        Assert.DoesNotContain(VirtualVenue.Texts(connection), static text => text.Contains("depthUpdate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not json", """{"error":{"code":3,"msg":"Invalid JSON""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["a@trade"],"id":"x"}""", """{"error":{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}}""")]
    [InlineData("""{"method":"JUMP","params":[],"id":1}""", """{"error":{"code":2,"msg":"Invalid request: unknown variant `JUMP`""")]
    [InlineData("""{"method":"SUBSCRIBE","id":1}""", """{"error":{"code":2,"msg":"Invalid request: missing field `params`"},"id":1}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["speed",true],"id":1}""", """{"error":{"code":0,"msg":"Unknown property"},"id":1}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined",1],"id":1}""", """{"error":{"code":1,"msg":"Invalid value type: expected Boolean"},"id":1}""")]
    [InlineData("""{"method":"GET_PROPERTY","params":["combined",1],"id":1}""", """{"error":{"code":2,"msg":"Invalid request: too many parameters"},"id":1}""")]
    public void A_bad_message_is_answered_with_the_venues_code(string message, string answer)
    {
        var connection = _venue.Connect("/public/ws");
        VirtualVenue.Say(connection, message);
        Assert.StartsWith(answer, Assert.Single(VirtualVenue.Texts(connection)), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_1024_streams_are_refused_with_code_4()
    {
        var connection = _venue.Connect("/public/ws");
        var names = string.Join(',', Enumerable.Range(0, 1025).Select(static i => $"\"s{i}@trade\""));
        VirtualVenue.Say(connection, $"{{\"method\":\"SUBSCRIBE\",\"params\":[{names}],\"id\":19}}");
        Assert.Equal("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}""", Assert.Single(VirtualVenue.Texts(connection)));
        Assert.Empty(connection.Subscriptions);
    }

    [Fact]
    public void The_eleventh_message_of_a_second_closes_the_connection_with_1008()
    {
        var connection = _venue.Connect("/public/ws");
        for (var i = 0; i < 11; i++)
        {
            VirtualVenue.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        }

        var last = VirtualVenue.Drain(connection)[^1];
        Assert.Equal((OutboundKind.Close, 1008, "Too many requests"), (last.Kind, last.CloseCode, last.CloseReason));
    }

    [Fact]
    public void A_connection_lives_as_long_as_the_options_say()
    {
        var venue = VirtualVenue.Binance(VirtualVenue.Small with { BinanceConnectionLife = TimeSpan.FromMinutes(1) });
        var connection = venue.Connect("/public/ws");
        venue.Run(59);
        Assert.False(connection.IsClosed);
        venue.Run(2);
        Assert.True(connection.IsClosed);
    }
}
