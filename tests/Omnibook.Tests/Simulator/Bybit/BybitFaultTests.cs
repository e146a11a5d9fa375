using System.Text;
using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Bybit;

public class BybitFaultTests
{
    private const string Topic = "orderbook.50.BTCUSDT";
    private static readonly string[] Topics = ["orderbook.1.BTCUSDT", Topic, "orderbook.200.ETHUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT", "kline.1.BTCUSDT", "allLiquidation.BTCUSDT"];
    private readonly VirtualVenue _venue = VirtualVenue.Bybit();

    public static TheoryData<string> Kinds => [.. FaultCatalog.All.Where(static kind => kind.OnlyVenues.Count == 0 || kind.OnlyVenues.Contains("bybit", StringComparer.Ordinal)).Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_venue_runs_on_through_every_fault_and_is_well_again_after_it(string kind)
    {
        var before = _venue.Linear(Topics);
        var request = new FaultRequest { Fault = kind };
        _venue.Inject(FaultCatalog.Find(kind)!.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
        _venue.Linear(Topics);
        _venue.Venue.Answer(RestCall.Get("/v5/market/orderbook", ("category", "linear"), ("symbol", "BTCUSDT")));
        _venue.Run(4);
        VirtualVenue.Drain(before);

        var after = _venue.Linear(Topics);
        _venue.Run(6);
        Assert.Empty(_venue.Venue.Faults.Active);
        var frames = VirtualVenue.Drain(after);
        Assert.All(frames, static frame => Assert.Equal(OutboundKind.Text, frame.Kind));
        Assert.Equal(7, after.Subscriptions.Count);
    }

    [Fact]
    public void A_gap_uses_up_a_u_a_duplicate_repeats_one_and_reordered_ones_change_places()
    {
        Assert.Equal([1L, 3L, 4L], Steps(new FaultRequest { Fault = "gap", Channel = "orderbook" }));
        Assert.Equal([1L, 2L, 2L], Steps(new FaultRequest { Fault = "duplicate", Channel = "orderbook" }));
        Assert.Equal([1L, 3L, 2L], Steps(new FaultRequest { Fault = "reorder", Channel = "orderbook" }));
    }

    [Fact]
    public void A_restart_is_a_snapshot_with_u_1_and_the_stream_goes_on_from_there()
    {
        var connection = _venue.Linear(Topic);
        _venue.Run(1);
        VirtualVenue.Drain(connection);
        _venue.Inject(new FaultRequest { Fault = "sequence-restart" });
        _venue.Run(2);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic);
        var book = new LocalBook();

        Assert.Equal("snapshot", messages[0].GetProperty("type").GetString());
        Assert.Equal(Enumerable.Range(1, messages.Count).Select(static u => (long)u), messages.Select(Update));
        foreach (var message in messages)
        {
            book.Apply(message.GetProperty("data"));
            Assert.Equal(_venue.Venue.BookAt(Topic, Update(message))!.Digest(), book.Digest());
        }
    }

    [Fact]
    public void A_delisted_symbol_gets_an_empty_snapshot_with_u_1_is_closed_and_comes_back()
    {
        var connection = _venue.Linear(Topic, "orderbook.1.BTCUSDT", "tickers.BTCUSDT");
        _venue.Run(1);
        VirtualVenue.Drain(connection);
        var fault = _venue.Inject(new FaultRequest { Fault = "delist", Symbol = "BTCUSDT" });
        _venue.Run(2);
        var empty = Assert.Single(VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic));

        Assert.Equal("""{"s":"BTCUSDT","b":[],"a":[],"u":1,"seq":0}""", empty.GetProperty("data").GetRawText());
        Assert.Empty(_venue.Venue.BookAt(Topic, 1)!.Bids);
        Assert.Empty(Instruments());
        Assert.Equal("Closed", Assert.Single(Instruments(("status", "Closed"))).GetProperty("status").GetString());
        Assert.False(VirtualVenue.Frames(_venue.Linear(Topic))[0].GetProperty("success").GetBoolean());

        Assert.True(_venue.Venue.Faults.Remove(fault.Id));
        _venue.Run(1);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic);
        Assert.Equal(("snapshot", 1), (messages[0].GetProperty("type").GetString(), Update(messages[0])));
        Assert.Equal(50, messages[0].GetProperty("data").GetProperty("b").GetArrayLength());
    }

    [Fact]
    public void Levels_prices_and_times_can_be_spoiled()
    {
        var connection = _venue.Linear(Topic);
        _venue.Run(1);
        VirtualVenue.Drain(connection);
        _venue.Inject(new FaultRequest { Fault = "corrupt-level", Channel = "orderbook" });
        _venue.Run(1);
        var book = new LocalBook();
        var wrong = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic)[0];
        book.Apply(wrong.GetProperty("data"));
        Assert.NotEqual(_venue.Venue.BookAt(Topic, Update(wrong))!.Digest(), book.Digest());

        _venue.Inject(new FaultRequest { Fault = "nan", Channel = "orderbook" });
        _venue.Run(1);
        Assert.Contains("[[\"NaN\",\"", VirtualVenue.Texts(connection)[0], StringComparison.Ordinal);

        _venue.Inject(new FaultRequest { Fault = "clock-offset", OffsetMs = 60_000, DurationMs = 1000 });
        _venue.Run(1);
        var late = VirtualVenue.Frames(connection)[0];
        Assert.True(late.GetProperty("ts").GetInt64() > _venue.Venue.Schedule.Milliseconds + 50_000);
        Assert.True(late.GetProperty("cts").GetInt64() > _venue.Venue.Schedule.Milliseconds + 50_000);
    }

    [Theory]
    [InlineData(200, "\"retCode\":10006")]
    [InlineData(403, "access too frequent")]
    [InlineData(503, "\"retCode\":10016")]
    public void A_status_comes_with_what_the_venue_writes(int status, string part)
    {
        _venue.Inject(new FaultRequest { Fault = "rest-status", Status = status, Count = 1 });
        var answer = _venue.Venue.Answer(RestCall.Get("/v5/market/time"));
        Assert.Equal(status, answer.Status);
        Assert.Contains(part, Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_book_is_the_true_one_of_a_while_ago()
    {
        _venue.Run(10);
        var past = _venue.Venue.BookAt("orderbook.1000.BTCUSDT", null)!;
        _venue.Run(2);
        _venue.Inject(new FaultRequest { Fault = "stale-snapshot", LagMs = 2000, Count = 1 });
        var stale = _venue.Get("/v5/market/orderbook", ("category", "linear"), ("symbol", "BTCUSDT"), ("limit", "1000")).GetProperty("result");
        var book = new LocalBook();
        book.Apply(stale);
        Assert.Equal(past.Sequence, stale.GetProperty("u").GetInt64());
        Assert.Equal(past.Digest(), book.Digest());
    }

    [Fact]
    public void Subscriptions_can_be_refused_silent_or_unacknowledged()
    {
        _venue.Inject(new FaultRequest { Fault = "refuse-subscription", Symbol = "BTCUSDT" });
        Assert.False(Assert.Single(VirtualVenue.Frames(_venue.Linear(Topic))).GetProperty("success").GetBoolean());
        _venue.Inject(new FaultRequest { Fault = "lost-ack" });
        Assert.True(Assert.Single(VirtualVenue.Frames(_venue.Linear(Topic))).TryGetProperty("topic", out _));
        _venue.Inject(new FaultRequest { Fault = "wrong-path", Count = 1 });
        var silent = _venue.Linear(Topic);
        _venue.Run(2);
        Assert.True(Assert.Single(VirtualVenue.Frames(silent)).GetProperty("success").GetBoolean());
    }

    /// <summary>The u of three messages, the first of them just before a fault, counted from the last one before.</summary>
    private List<long> Steps(FaultRequest fault)
    {
        var connection = _venue.Linear(Topic);
        _venue.Run(1);
        var first = Update(VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic)[^1]);
        _venue.Inject(fault with { Count = 1 });
        _venue.Run(1);
        var after = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), Topic).Select(message => Update(message) - first + 1).Take(2);
        List<long> steps = [1, .. after];
        connection.Close(1000, "");
        return steps;
    }

    private List<JsonElement> Instruments(params (string Name, string Value)[] query) =>
        [.. _venue.Get("/v5/market/instruments-info", [("category", "linear"), ("baseCoin", "BTC"), .. query]).GetProperty("result").GetProperty("list").EnumerateArray()];

    private static long Update(JsonElement message) => message.GetProperty("data").GetProperty("u").GetInt64();
}
