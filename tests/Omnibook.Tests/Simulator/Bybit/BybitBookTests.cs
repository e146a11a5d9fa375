using System.Text.Json;

namespace Omnibook.Tests.Simulator.Bybit;

public class BybitBookTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Bybit();

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(1000)]
    public void A_snapshot_and_deltas_rebuild_what_the_stream_truly_shows_at_every_u(int depth)
    {
        var topic = $"orderbook.{depth}.BTCUSDT";
        var connection = _venue.Linear(topic);
        _venue.Run(30);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), topic);
        var book = new LocalBook();

        Assert.Equal("snapshot", messages[0].GetProperty("type").GetString());
        Assert.All(messages.Skip(1), static message => Assert.Equal("delta", message.GetProperty("type").GetString()));
        Assert.True(messages.Count > 50);
        foreach (var message in messages)
        {
            var data = message.GetProperty("data");
            book.Apply(data);
            var truth = _venue.Venue.BookAt(topic, Number(message, "u"));
            Assert.NotNull(truth);
            Assert.Equal(truth.Digest(), book.Digest());
            Assert.InRange(book.Levels, 2, 2 * depth);
            Assert.False(book.IsCrossed);
        }

        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.Equal(Number(pair.First, "u") + 1, Number(pair.Second, "u")));
        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.True(Number(pair.First, "seq") < Number(pair.Second, "seq")));
    }

    [Fact]
    public void The_deepest_stream_is_the_whole_book_and_seq_names_it()
    {
        const string Topic = "orderbook.1000.ETHUSDT";
        var connection = _venue.Linear(Topic);
        _venue.Run(20);
        var book = new LocalBook();
        foreach (var message in VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic))
        {
            book.Apply(message.GetProperty("data"));
            Assert.Equal(_venue.Venue.BookAt("ETHUSDT", Number(message, "seq"))!.Digest(), book.Digest());
        }
    }

    [Fact]
    public void Depth_1_is_all_snapshots_and_is_repeated_with_its_u_after_three_quiet_seconds()
    {
        var venue = VirtualVenue.Bybit(VirtualVenue.Small with { ActivityPercent = 1 });
        var connection = venue.Linear("orderbook.1.BTCUSDT");
        venue.Run(120);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), "orderbook.1.BTCUSDT");
        var repeated = messages.Zip(messages.Skip(1)).Where(static pair => Number(pair.First, "u") == Number(pair.Second, "u")).ToList();

        Assert.All(messages, static message => Assert.Equal("snapshot", message.GetProperty("type").GetString()));
        Assert.All(messages, static message => Assert.Equal(1, message.GetProperty("data").GetProperty("b").GetArrayLength()));
        Assert.NotEmpty(repeated);
        Assert.All(repeated.Skip(1), static pair => Assert.Equal(3000, Time(pair.Second) - Time(pair.First)));
        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.InRange(Number(pair.Second, "u") - Number(pair.First, "u"), 0, 1));
    }

    [Fact]
    public void Who_comes_later_gets_a_snapshot_from_which_the_next_delta_goes_on()
    {
        const string Topic = "orderbook.200.BTCUSDT";
        var early = _venue.Linear(Topic);
        _venue.Run(3.333);
        var late = _venue.Linear(Topic);
        _venue.Run(2);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(late), Topic);
        var deltas = VirtualVenue.OfTopic(VirtualVenue.Frames(early), Topic).ToDictionary(static message => Number(message, "u"), static message => message.GetRawText());

        Assert.Equal("snapshot", messages[0].GetProperty("type").GetString());
        Assert.Equal(Number(messages[0], "u") + 1, Number(messages[1], "u"));
        Assert.All(messages.Skip(1), message => Assert.Equal(deltas[Number(message, "u")], message.GetRawText()));
    }

    [Fact]
    public void After_unsubscribing_and_subscribing_there_is_a_new_snapshot()
    {
        const string Topic = "orderbook.50.BTCUSDT";
        var connection = _venue.Linear(Topic);
        _venue.Run(1);
        VirtualVenue.Say(connection, $"{{\"op\":\"unsubscribe\",\"args\":[\"{Topic}\"]}}");
        VirtualVenue.Drain(connection);
        _venue.Run(1);
        Assert.Empty(VirtualVenue.Drain(connection));

        VirtualVenue.Say(connection, $"{{\"op\":\"subscribe\",\"args\":[\"{Topic}\"]}}");
        Assert.Equal("snapshot", VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic)[0].GetProperty("type").GetString());
    }

    [Fact]
    public void Times_and_numbers_stand_where_the_venue_puts_them()
    {
        var connection = _venue.Linear("orderbook.1.BTCUSDT", "orderbook.50.BTCUSDT");
        var texts = VirtualVenue.Texts(connection);
        Assert.Contains(texts, static text => text.StartsWith("""{"topic":"orderbook.1.BTCUSDT","ts":""", StringComparison.Ordinal));
        Assert.Contains(texts, static text => text.StartsWith("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":""", StringComparison.Ordinal));
        Assert.All(
            texts.Select(VirtualVenue.Parse).Where(static frame => frame.TryGetProperty("topic", out _)),
            static frame => Assert.True(frame.GetProperty("cts").GetInt64() <= Time(frame)));
    }

    [Fact]
    public void The_rest_book_has_the_u_of_the_deepest_stream()
    {
        const string Topic = "orderbook.1000.BTCUSDT";
        _venue.Linear(Topic);
        _venue.Run(5.55);
        var book = _venue.Get("/v5/market/orderbook", ("category", "linear"), ("symbol", "BTCUSDT"), ("limit", "1000")).GetProperty("result");
        var local = new LocalBook();
        local.Apply(book);

        Assert.Equal(_venue.Venue.BookAt(Topic, book.GetProperty("u").GetInt64())!.Digest(), local.Digest());
        Assert.Equal(_venue.Venue.BookAt("BTCUSDT", book.GetProperty("seq").GetInt64())!.Digest(), local.Digest());
        Assert.Equal(25, _venue.Get("/v5/market/orderbook", ("category", "linear"), ("symbol", "BTCUSDT")).GetProperty("result").GetProperty("b").GetArrayLength());
    }

    private static long Number(JsonElement message, string name) => message.GetProperty("data").GetProperty(name).GetInt64();

    private static long Time(JsonElement message) => message.GetProperty("ts").GetInt64();
}
