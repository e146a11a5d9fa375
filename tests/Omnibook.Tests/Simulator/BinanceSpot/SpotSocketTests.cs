using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.BinanceSpot;

public class SpotSocketTests
{
    private static readonly string[] Streams =
    [
        "btcusdt@depth@100ms", "btcusdt@depth20@100ms", "btcusdt@bookTicker", "btcusdt@trade", "btcusdt@aggTrade", "btcusdt@kline_1m",
        "btcusdt@ticker", "!miniTicker@arr",
    ];

    private readonly VirtualVenue _venue = VirtualVenue.Spot();

    public static TheoryData<string> Kinds =>
    [
        .. FaultCatalog.All.Where(static kind => kind.OnlyVenues.Count == 0 || kind.OnlyVenues.Contains("binance-spot", StringComparer.Ordinal))
            .Select(static kind => kind.Name),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_venue_runs_on_through_every_fault_and_is_well_again_after_it(string kind)
    {
        VenueConnection[] before = [_venue.Combined(Streams), _venue.Connect("/ws/" + string.Join('/', Streams))];
        var request = new FaultRequest { Fault = kind };
        _venue.Inject(FaultCatalog.Find(kind)!.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
        _venue.Combined(Streams);
        _venue.Venue.Answer(RestCall.Get("/api/v3/depth", ("symbol", "BTCUSDT")));
        _venue.Run(12);
        Array.ForEach(before, static connection => VirtualVenue.Drain(connection));

        var after = _venue.Combined(Streams);
        _venue.Run(6);
        var frames = VirtualVenue.Drain(after);
        Assert.Empty(_venue.Venue.Faults.Active);
        Assert.True(frames.Count > 50);
        Assert.All(frames, static frame => Assert.Equal(OutboundKind.Text, frame.Kind));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-9007199254740993")]
    [InlineData("\"abc\"")]
    [InlineData("null")]
    public void A_request_may_have_any_of_these_ids(string id)
    {
        var connection = _venue.Connect("/ws");
        VirtualVenue.Say(connection, $"{{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":{id}}}");
        Assert.Equal([$"{{\"result\":null,\"id\":{id}}}"], VirtualVenue.Texts(connection), StringComparer.Ordinal);
    }

    [Fact]
    public void A_text_of_more_than_36_characters_is_no_id()
    {
        var connection = _venue.Connect("/ws");
        VirtualVenue.Say(connection, $"{{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"{new string('x', 37)}\"}}");
        Assert.StartsWith("""{"error":{"code":2,""", Assert.Single(VirtualVenue.Texts(connection)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sixth_message_of_a_second_closes_the_connection_with_1008()
    {
        var connection = _venue.Connect("/ws");
        for (var i = 0; i < 6; i++)
        {
            VirtualVenue.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        }

        var last = VirtualVenue.Drain(connection)[^1];
        Assert.Equal((OutboundKind.Close, 1008, "Too many requests"), (last.Kind, last.CloseCode, last.CloseReason));
    }

    [Fact]
    public void Streams_that_are_gone_are_acknowledged_and_silent()
    {
        var connection = _venue.Connect("/ws");
        VirtualVenue.Say(connection, """{"method":"SUBSCRIBE","params":["!bookTicker","!ticker@arr","btcusdt@depth@500ms","BTCUSDT@trade"],"id":1}""");
        _venue.Run(10);
        Assert.Equal(["""{"result":null,"id":1}"""], VirtualVenue.Texts(connection), StringComparer.Ordinal);
    }

    [Fact]
    public void A_shutdown_is_announced_on_every_connection_and_then_happens()
    {
        var (raw, combined) = (_venue.Connect("/ws"), _venue.Connect("/stream"));
        _venue.Inject(new FaultRequest { Fault = "server-shutdown" });
        Assert.StartsWith("""{"e":"serverShutdown","E":1""", Assert.Single(VirtualVenue.Texts(raw)), StringComparison.Ordinal);
        Assert.StartsWith("""{"stream":"!serverShutdown","data":{"e":"serverShutdown",""", Assert.Single(VirtualVenue.Texts(combined)), StringComparison.Ordinal);
        _venue.Run(9);
        Assert.False(raw.IsClosed);
        _venue.Run(2);
        Assert.True(raw.IsClosed && combined.IsClosed);
    }
}
