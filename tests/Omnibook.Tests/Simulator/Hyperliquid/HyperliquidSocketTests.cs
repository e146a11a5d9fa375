using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Hyperliquid;

public class HyperliquidSocketTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Hyperliquid();

    [Theory]
    [InlineData("""{"type":"l2Book","coin":"BTC"}""", """{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null}""")]
    [InlineData("""{"type":"l2Book","coin":"BTC","fast":true}""", """{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null,"fast":true}""")]
    [InlineData("""{"coin":"merrli:BTC","type":"trades"}""", """{"type":"trades","coin":"merrli:BTC"}""")]
    [InlineData("""{"type":"candle","interval":"1m","coin":"BTC"}""", """{"type":"candle","coin":"BTC","interval":"1m"}""")]
    [InlineData("""{"type":"allMids"}""", """{"type":"allMids"}""")]
    public void A_subscription_is_echoed_with_its_defaults_before_its_first_data(string subscription, string echo)
    {
        var texts = VirtualVenue.Texts(_venue.Subscribed(subscription));
        Assert.Equal($$$"""{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{{{echo}}}}}""", texts[0]);
        Assert.Single(texts.Skip(1));
    }

    [Fact]
    public void A_book_is_the_top_of_the_true_book_at_its_time()
    {
        var connection = _venue.Subscribed("""{"type":"l2Book","coin":"BTC"}""", """{"type":"l2Book","coin":"merrli:BTC"}""");
        _venue.Run(20);
        var books = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "l2Book");

        Assert.InRange(books.Count, 80, 84);
        foreach (var book in books)
        {
            var truth = _venue.Venue.BookAt(book.GetProperty("coin").GetString()!, book.GetProperty("time").GetInt64())!;
            Assert.Equal(20, book.GetProperty("levels")[0].GetArrayLength());
            Assert.Equal(truth.Digest(20), DigestOf(book));
        }
    }

    [Fact]
    public void The_fast_book_has_five_levels_and_says_so()
    {
        var connection = _venue.Subscribed("""{"type":"l2Book","coin":"BTC","fast":true}""");
        _venue.Run(5);
        var books = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "l2Book");

        Assert.True(books.Count >= 9);
        Assert.All(books, static book => Assert.Equal((5, true), (book.GetProperty("levels")[0].GetArrayLength(), book.GetProperty("fast").GetBoolean())));
    }

    [Fact]
    public void Bbo_comes_only_when_the_touch_changed_and_is_the_touch_of_its_block()
    {
        var connection = _venue.Subscribed("""{"type":"bbo","coin":"BTC"}""");
        _venue.Run(20);
        var tops = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "bbo");

        Assert.True(tops.Count > 10);
        Assert.All(tops.Zip(tops.Skip(1)), static pair => Assert.NotEqual(pair.First.GetProperty("bbo").GetRawText(), pair.Second.GetProperty("bbo").GetRawText(), StringComparer.Ordinal));
        foreach (var top in tops)
        {
            var truth = _venue.Venue.BookAt("BTC", top.GetProperty("time").GetInt64())!;
            Assert.Equal(truth.PriceScale.ToDecimal(truth.Bids[0].Price), LocalBook.Number(top.GetProperty("bbo")[0].GetProperty("px")));
            Assert.Equal(truth.Asks[0].Orders, top.GetProperty("bbo")[1].GetProperty("n").GetInt32());
        }
    }

    [Fact]
    public void Trades_begin_with_a_replay_of_the_recent_ones_and_then_come_once()
    {
        _venue.Run(30);
        var connection = _venue.Subscribed("""{"type":"trades","coin":"BTC"}""");
        _venue.Run(30);
        var frames = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "trades");
        var ids = frames.SelectMany(static frame => frame.EnumerateArray()).Select(static trade => trade.GetProperty("tid").GetInt64()).ToList();

        Assert.Equal(25, frames[0].GetArrayLength());
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(_venue.Venue.Markets["BTC"].Trades.Newest(ids.Count).Select(trade => _venue.Venue.TradeIdOf(trade)), ids);
    }

    [Theory]
    [InlineData("""{"type":"trades","coin":"NOSUCH"}""")]
    [InlineData("""{"type":"trades","coin":"btc"}""")]
    [InlineData("""{"type":"trades","coin":"BTC-FEUSD"}""")]
    [InlineData("""{"type":"l2Book","coin":"BTC","nSigFigs":9}""")]
    [InlineData("""{"type":"l2Book","coin":"BTC","mantissa":5}""")]
    [InlineData("""{"type":"allMids","dex":"MERRLI"}""")]
    public void A_coin_that_does_not_exist_costs_the_socket_without_a_word(string subscription)
    {
        var connection = _venue.Subscribed(subscription);
        _venue.Run(0.09);
        Assert.False(connection.IsClosed);
        _venue.Run(0.75);
        Assert.Equal(OutboundKind.Cut, Assert.Single(VirtualVenue.Drain(connection)).Kind);
    }

    [Theory]
    [InlineData("""{"method":"subscribe","subscription":{"type":"nosuch"}}""", """Invalid subscription {"type":"nosuch"}""")]
    [InlineData("hello", "Error parsing JSON into valid websocket request: hello")]
    [InlineData("""{"method":"fly"}""", """Error parsing JSON into valid websocket request: {"method":"fly"}""")]
    [InlineData("""{"method":"unsubscribe","subscription":{"type":"bbo","coin":"BTC"}}""", """Already unsubscribed: {"type":"bbo","coin":"BTC"}""")]
    [InlineData("""{"method":"subscribe","subscription":{"type":"userFills","user":"0x12"}}""", """Invalid subscription {"type":"userFills","user":"0x12"}""")]
    public void Other_mistakes_are_answered_on_the_error_channel(string message, string error)
    {
        var connection = _venue.Connect("/ws");
        VirtualVenue.Say(connection, message);
        var frame = Assert.Single(VirtualVenue.Frames(connection));
        Assert.Equal(("error", error), (frame.GetProperty("channel").GetString(), frame.GetProperty("data").GetString()));
        Assert.False(connection.IsClosed);
    }

    [Fact]
    public void A_second_subscription_to_the_same_is_an_error()
    {
        var connection = _venue.Subscribed("""{"type":"bbo","coin":"BTC"}""", """{"type":"bbo","coin":"BTC"}""");
        Assert.Equal("""{"channel":"error","data":"Already subscribed: {\"type\":\"bbo\",\"coin\":\"BTC\"}"}""", VirtualVenue.Texts(connection)[^1]);
    }

    [Fact]
    public void A_socket_to_which_nothing_was_sent_for_a_minute_is_cut_and_a_ping_keeps_it()
    {
        var (idle, pinging) = (_venue.Connect("/ws"), _venue.Connect("/ws"));
        _venue.Run(40);
        VirtualVenue.Say(pinging, """{"method":"ping"}""");
        _venue.Run(21);

        Assert.Equal(OutboundKind.Cut, Assert.Single(VirtualVenue.Drain(idle)).Kind);
        Assert.Equal("""{"channel":"pong"}""", Assert.Single(VirtualVenue.Texts(pinging)));
        Assert.False(pinging.IsClosed);
    }

    [Fact]
    public void Requests_can_be_posted_over_the_socket()
    {
        var connection = _venue.Connect("/ws");
        VirtualVenue.Say(connection, """{"method":"post","id":12,"request":{"type":"info","payload":{"type":"l2Book","coin":"ETH","nSigFigs":5,"mantissa":null}}}""");
        VirtualVenue.Say(connection, """{"method":"post","id":13,"request":{"type":"info","payload":{"type":"l2Book","coin":"NOSUCH"}}}""");
        var frames = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "post");

        Assert.Equal(12, frames[0].GetProperty("id").GetInt32());
        Assert.Equal("ETH", frames[0].GetProperty("response").GetProperty("payload").GetProperty("data").GetProperty("coin").GetString());
        Assert.Equal(JsonValueKind.Null, frames[1].GetProperty("response").GetProperty("payload").GetProperty("data").ValueKind);
    }

    [Fact]
    public void The_book_cadence_of_the_real_venue_can_be_had()
    {
        var slow = VirtualVenue.Hyperliquid(options: VirtualVenue.Small with { HyperliquidBookCadence = TimeSpan.FromSeconds(5.4) });
        var connection = slow.Subscribed("""{"type":"l2Book","coin":"BTC"}""");
        slow.Run(54);
        Assert.Equal(11, VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "l2Book").Count);
    }

    private static string DigestOf(JsonElement book)
    {
        var lines = new List<string>();
        foreach (var (name, side) in new[] { ('b', book.GetProperty("levels")[0]), ('a', book.GetProperty("levels")[1]) })
        {
            lines.AddRange(side.EnumerateArray().Select(level => $"{name} {Short(level, "px")} {Short(level, "sz")}"));
        }

        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines))));
    }

    private static string Short(JsonElement level, string field)
    {
        var text = level.GetProperty(field).GetString()!;
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }
}
