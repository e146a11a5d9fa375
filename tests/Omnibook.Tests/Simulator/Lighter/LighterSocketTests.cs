using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Lighter;

public class LighterSocketTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Lighter();

    [Fact]
    public void A_connection_is_greeted_with_its_session()
    {
        var greeting = Assert.Single(VirtualVenue.Frames(_venue.Connect("/stream")));
        Assert.Equal("connected", greeting.GetProperty("type").GetString());
        Assert.Equal(32, greeting.GetProperty("session_id").GetString()!.Length);
        Assert.Null(_venue.Venue.Connect("/ws", ""));
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"subscribe","channel":"height"}""", """{"error":{"code":30003,"message":"Already Subscribed to : height"}}""")]
    [InlineData("""{"type":"unsubscribe","channel":"trade/1"}""", """{"error":{"code":30004,"message":"Not Subscribed to : trade:1"}}""")]
    [InlineData("""{"type":"subscribe","channel":"order_book/99"}""", """{"error":{"code":30005,"message":"Invalid Channel : order_book:99"}}""")]
    [InlineData("""{"type":"subscribe","channel":"candle/1/3m"}""", """{"error":{"code":30005,"message":"Invalid Channel : candle:1:3m"}}""")]
    [InlineData("not json", """{"error":{"code":30001,"message":"Invalid Message"}}""")]
    public void A_message_is_answered_as_the_venue_does(string message, string answer)
    {
        var connection = _venue.Stream("height");
        VirtualVenue.Drain(connection);
        VirtualVenue.Say(connection, message);
        Assert.Equal(answer, Assert.Single(VirtualVenue.Texts(connection)));
    }

    [Fact]
    public void The_venue_pings_and_closes_who_is_silent_for_two_minutes()
    {
        var (silent, answering) = (_venue.Connect("/stream"), _venue.Connect("/stream"));
        _venue.Run(70);
        Assert.Contains("""{"type":"ping"}""", VirtualVenue.Texts(answering), StringComparer.Ordinal);
        VirtualVenue.Say(answering, """{"type":"pong"}""");
        _venue.Run(60);
        Assert.False(answering.IsClosed);
        var last = VirtualVenue.Drain(silent)[^1];
        Assert.Equal((OutboundKind.Close, 1008, "no pong"), (last.Kind, last.CloseCode, last.CloseReason));
    }

    [Fact]
    public void More_than_200_messages_a_minute_are_refused()
    {
        var connection = _venue.Connect("/stream");
        for (var i = 0; i < 201; i++)
        {
            VirtualVenue.Say(connection, """{"type":"ping"}""");
        }

        Assert.Contains("30010", VirtualVenue.Texts(connection)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Trades_are_replayed_and_then_come_once_each_with_their_maker()
    {
        _venue.Run(20);
        var from = _venue.Venue.Markets["BTC"].Trades.NextId;
        var connection = _venue.Stream("trade/1");
        _venue.Run(110);
        var messages = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "trade:1");
        var replayed = TradesOf(messages[0]).ToList();
        var live = messages.Skip(1).SelectMany(TradesOf).ToList();
        var truth = _venue.Venue.Markets["BTC"].Trades.From(from, int.MaxValue).ToList();

        Assert.Equal("subscribed/trade", messages[0].GetProperty("type").GetString());
        Assert.InRange(replayed.Count, 1, 50);
        Assert.All(replayed, trade => Assert.True(Id(trade) < _venue.Venue.TradeIdOf(truth[0])));
        Assert.Equal(truth.Select(trade => _venue.Venue.TradeIdOf(trade)), live.Select(Id).Order());
        Assert.All(live.OrderBy(Id).Zip(truth), static pair =>
        {
            Assert.Equal(pair.Second.TakerSide == Side.Bid, pair.First.GetProperty("is_maker_ask").GetBoolean());
            Assert.Equal(pair.First.GetProperty("trade_id").GetRawText(), pair.First.GetProperty("trade_id_str").GetString());
            Assert.Equal(pair.Second.IsLiquidation ? "liquidation" : "trade", pair.First.GetProperty("type").GetString());
        });
        var kinds = messages.Select(static message => message.TryGetProperty("liquidation_trades", out var list) ? list.ValueKind : JsonValueKind.Undefined).ToList();
        Assert.Superset(new HashSet<JsonValueKind> { JsonValueKind.Array, JsonValueKind.Null, JsonValueKind.Undefined }, kinds.ToHashSet());
    }

    [Fact]
    public void Statistics_are_in_dollars_and_percent_and_of_all_markets_only_what_changed()
    {
        var connection = _venue.Stream("market_stats/1", "market_stats/all");
        _venue.Run(5);
        var frames = VirtualVenue.Frames(connection);
        var (one, all) = (VirtualVenue.OfColon(frames, "market_stats:1"), VirtualVenue.OfColon(frames, "market_stats:all"));
        var stats = one[^1].GetProperty("market_stats");
        var details = _venue.Get("/api/v1/orderBookDetails", ("market_id", "1")).GetProperty("order_book_details")[0];
        var dollars = LocalBook.Number(stats.GetProperty("open_interest"));
        var ratio = dollars / LocalBook.Number(stats.GetProperty("mark_price")) / details.GetProperty("open_interest").GetDecimal();

        Assert.Equal(("subscribed/market_stats", "update/market_stats"), (one[0].GetProperty("type").GetString(), one[^1].GetProperty("type").GetString()));
        Assert.InRange(ratio, 0.999m, 1.001m);
        Assert.Equal(["0", "1"], all[0].GetProperty("market_stats").EnumerateObject().Select(static field => field.Name), StringComparer.Ordinal);
        Assert.Equal(JsonValueKind.Number, stats.GetProperty("daily_price_low").ValueKind);
        Assert.InRange(LocalBook.Number(stats.GetProperty("current_funding_rate")), -4m, 4m);
    }

    [Fact]
    public void Candles_are_numbers_and_the_running_one_is_what_rest_says()
    {
        var connection = _venue.Stream("candle/1/1m", "height");
        _venue.Run(65);
        var frames = VirtualVenue.Frames(connection);
        var candles = VirtualVenue.OfColon(frames, "candle:1:1m").Select(static message => message.GetProperty("candles")[0]).ToList();
        var now = _venue.Venue.Schedule.Milliseconds;
        var rest = _venue.Get(
            "/api/v1/candles", ("market_id", "1"), ("resolution", "1m"), ("start_timestamp", $"{(now - 120_000) / 1000}"), ("end_timestamp", $"{now + 1}"), ("count_back", "1"));

        Assert.Equal(2, candles.Select(static candle => candle.GetProperty("t").GetInt64()).Distinct().Count());
        Assert.Equal(rest.GetProperty("c")[rest.GetProperty("c").GetArrayLength() - 1].GetRawText(), candles[^1].GetRawText());
        var heights = VirtualVenue.OfColon(frames, "height").Select(static message => message.GetProperty("height").GetInt64()).ToList();
        Assert.Equal(heights.Order(), heights);
    }

    private static IEnumerable<JsonElement> TradesOf(JsonElement message) =>
        new[] { "trades", "liquidation_trades" }
            .Where(name => message.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            .SelectMany(name => message.GetProperty(name).EnumerateArray());

    private static long Id(JsonElement trade) => trade.GetProperty("trade_id").GetInt64();
}
