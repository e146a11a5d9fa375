using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Liquidity;

/// <summary><c>/ws/stream</c>, frame by frame.</summary>
public sealed class StreamApiTests
{
    [Theory]
    [InlineData("/ws/stream")]
    [InlineData("/liquidity/ws/stream?symbol=btc-usd&window=50bps")]
    [InlineData("/ws/stream?symbol=BTC-USD&window=50")]
    public async Task The_worked_books_give_the_worked_frame(string path)
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        using var client = await OpenAsync(host, path);

        await host.TickAsync();
        var frame = await ReadAsync(client);

        Assert.Equal(
            "type,ts,symbol,window,window_bps,mid,spread,spread_bps,crossed,depth,depth_050,depth_usd,bid_depth,ask_depth,hhi,imbalance,venues,status",
            string.Join(',', frame.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(("metrics", "BTC-USD", "050bps", "live"), (Text(frame, "type"), Text(frame, "symbol"), Text(frame, "window"), Text(frame, "status")));
        Assert.Equal(
            [50m, 100007.5m, 5m, 0.5m, 9.8m, 9.8m, 980829.5m, 4.5m, 5.3m, 0.507m, -0.082m],
            Numbers(frame, "window_bps", "mid", "spread", "spread_bps", "depth", "depth_050", "depth_usd", "bid_depth", "ask_depth", "hhi", "imbalance"));
        Assert.False(frame.GetProperty("crossed").GetBoolean());
        var venues = frame.GetProperty("venues").EnumerateArray().ToArray();
        Assert.Equal(["binance", "coinbase"], venues.Select(venue => Text(venue, "venue")));
        Assert.Equal([100005m, 1.0m, 5.5m, 0.5612m, 555m], Numbers(venues[0], "mid", "spread_bps", "depth", "share", "age_ms"));
        Assert.Equal([100010m, 1.0m, 4.3m, 0.4388m, 555m], Numbers(venues[1], "mid", "spread_bps", "depth", "share", "latency_ms"));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(frame).Length < 2048);
    }

    [Theory]
    [InlineData("010bps", 3.8)]
    [InlineData("025bps", 7.8)]
    [InlineData("100bps", 18.8)]
    public async Task Bug_001_1_the_window_and_the_symbol_are_heard(string window, double depth)
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        await host.FeedAsync(2, [(3000m, 1m)], [(3001m, 1m)]);
        using var client = await OpenAsync(host, $"/ws/stream?window={window}");
        using var other = await OpenAsync(host, "/ws/stream?symbol=OTHER");

        await host.TickAsync();
        var frame = await ReadAsync(client);

        Assert.Equal(((decimal)depth, 9.8m, window), (Numbers(frame, "depth")[0], Numbers(frame, "depth_050")[0], Text(frame, "window")));
        var otherFrame = await ReadAsync(other);
        Assert.Equal(("OTHER", 3000.5m), (Text(otherFrame, "symbol"), Numbers(otherFrame, "mid")[0]));
    }

    [Theory]
    [InlineData("/ws/stream?symbol=DOGE-USD", "unknown symbol 'DOGE-USD'; there are BTC-USD, OTHER, MISSING")]
    [InlineData("/ws/stream?window=051bps", "unknown window '051bps'; there are 010bps, 025bps, 050bps, 100bps")]
    [InlineData("/ws/stream?window=-5", "unknown window '-5'; there are 010bps, 025bps, 050bps, 100bps")]
    [InlineData("/ws/stream?window=99999999999999999999", "unknown window '99999999999999999999'; there are 010bps, 025bps, 050bps, 100bps")]
    public async Task What_does_not_exist_gets_an_error_frame_and_1008(string path, string message)
    {
        await using var host = await LiquidityHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, path);

        var error = await ReadAsync(client);

        Assert.Equal(("error", message), (Text(error, "type"), Text(error, "message")));
        Assert.True(error.TryGetProperty("ts", out _));
        Assert.Equal(1008, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task Bug_001_2_who_comes_is_told_of_every_venue_by_its_right_name()
    {
        await using var host = await LiquidityHost.StartAsync();
        await host.FeedAsync(1, [(100005m, 0.5m)], [(100015m, 0.8m)]);
        await host.TickAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/stream");

        var frame = await ReadAsync(client);

        Assert.Equal(("connection_status", "warming"), (Text(frame, "type"), Text(frame, "status")));
        Assert.Equal("""{"binance":false,"coinbase":true}""", frame.GetProperty("venue_status").GetRawText());
    }

    [Fact]
    public async Task A_heartbeat_comes_every_five_seconds_whatever_the_status_is()
    {
        await using var host = await LiquidityHost.StartAsync();
        using var client = await OpenAsync(host, "/ws/stream");
        for (var beat = 0; beat < 2; beat++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(5));
            var frame = await ReadAsync(client);
            Assert.Equal(("heartbeat", "warming"), (Text(frame, "type"), Text(frame, "status")));
        }
    }

    [Fact]
    public async Task The_bare_word_ping_is_answered_and_everything_else_ignored()
    {
        await using var host = await LiquidityHost.StartAsync();
        using var client = await OpenAsync(host, "/ws/stream");
        foreach (var text in (string[])["hello", "{\"type\":\"ping\"", "", "PING", "ping"])
        {
            await client.SendTextAsync(text);
        }

        Assert.Equal("pong", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Bug_001_3_shares_are_fractions_that_sum_to_one()
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        using var client = await OpenAsync(host, "/ws/stream?window=100bps");
        await host.TickAsync();

        var venues = (await ReadAsync(client)).GetProperty("venues").EnumerateArray();

        Assert.Equal(1m, venues.Sum(venue => venue.GetProperty("share").GetDecimal()));
    }

    [Fact]
    public async Task Bug_001_4_and_10_a_venue_that_stops_is_told_stale_and_the_other_goes_on()
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        using var client = await OpenAsync(host, "/ws/stream");
        JsonElement frame = default;
        for (var tick = 0; tick < 8; tick++)
        {
            await host.FeedAsync(1, [(100005m, 0.5m), (99800m, 1m)], [(100015m, 0.8m), (100500m, 2m)]);
            await host.TickAsync();
            frame = await ReadAsync(client);
        }

        var venues = frame.GetProperty("venues").EnumerateArray().ToArray();
        Assert.Equal("degraded", Text(frame, "status"));
        Assert.Equal([true, false], venues.Select(venue => venue.GetProperty("stale").GetBoolean()));
        Assert.Equal([0m, 1m], venues.Select(venue => venue.GetProperty("share").GetDecimal()));
        Assert.Equal([100010m, 4.3m, 1m], Numbers(frame, "mid", "depth", "hhi"));
    }

    [Fact]
    public async Task While_it_warms_up_no_metrics_come()
    {
        await using var host = await LiquidityHost.StartAsync();
        using var client = await OpenAsync(host, "/ws/stream");
        await host.FeedAsync(0, [(100m, 1m)], [(101m, 1m)]);
        for (var tick = 0; tick < 10; tick++)
        {
            await host.TickAsync();
        }

        Assert.Equal("heartbeat", Text(await ReadAsync(client), "type"));
    }

    [Fact]
    public async Task Bug_001_9_what_is_zero_is_zero_and_what_is_missing_is_null()
    {
        await using var host = await LiquidityHost.StartAsync();
        await host.FeedAsync(2, [(90m, 1m)], [(110m, 1m)]);
        await host.TickAsync(TimeSpan.FromMilliseconds(1));
        using var client = await OpenAsync(host, "/ws/stream?symbol=OTHER&window=010bps");
        await host.TickAsync();

        Assert.Equal([0m, 0m, 0m, 0m, 100m], Numbers(await ReadAsync(client), "depth", "hhi", "imbalance", "depth_050", "mid"));
    }

    [Fact]
    public async Task Bug_001_11_a_venue_whose_clock_is_hours_off_or_tells_no_time_is_live_all_the_same()
    {
        await using var host = await LiquidityHost.StartAsync();
        var now = Timestamp.From(host.Time.GetUtcNow());
        await host.FeedAsync(0, [(100m, 1m)], [(101m, 1m)]);
        await host.FeedAsync(1, [(100m, 1m)], [(101m, 1m)], venueTime: now + TimeSpan.FromHours(-2));
        using var client = await OpenAsync(host, "/ws/stream");
        await host.TickAsync();

        var frame = await ReadAsync(client);

        Assert.Equal("live", Text(frame, "status"));
        Assert.Equal([500m, 7_200_500m], frame.GetProperty("venues").EnumerateArray().Select(venue => venue.GetProperty("latency_ms").GetDecimal()));
    }

    [Fact]
    public async Task All_who_follow_the_same_window_get_the_same_bytes_rendered_once()
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        using var one = await OpenAsync(host, "/ws/stream");
        using var two = await OpenAsync(host, "/liquidity/ws/stream?window=50");
        await host.TickAsync();

        Assert.Equal(await one.ReadTextAsync(), await two.ReadTextAsync());
        Assert.Equal(2, host.Board.Find(null)!.Metrics[50].Followers);
    }

    [Fact]
    public void Eight_venues_stay_below_two_kilobytes()
    {
        var pool = new Omnibook.Server.Streams.FramePool();
        var names = Enumerable.Range(0, 8).Select(i => $"some-venue-{i}").ToArray();
        var venues = new Omnibook.Tests.Core.Liquidity.MadeVenues(names);
        for (var i = 0; i < names.Length; i++)
        {
            venues.Set(i, [(123456.78m, 1234.56789012m)], [(123457.89m, 1234.56789012m)]);
        }

        var metrics = new Omnibook.Core.Liquidity.LiquidityMeter().Measure(venues.Book, 50, Omnibook.Tests.Core.Liquidity.MadeVenues.Start);
        var plan = new SymbolPlan(
            "BTC-USD", "ALL", [.. metrics.Venues.Select(venue => new PlannedMember(venue.Instrument.Venue.Key, new(venue.Instrument.Venue, venue.Instrument.Symbol)))]);
        var reading = new SymbolReading(Omnibook.Tests.Core.Liquidity.MadeVenues.Start, default, [], [metrics]);

        Assert.InRange(MetricsWriter.Metrics(new Omnibook.Server.Streams.FrameWriter(pool), plan, reading, metrics).Length, 1, 2047);
    }

    private static async Task<RawClient> OpenAsync(LiquidityHost host, string path)
    {
        var client = await RawClient.ConnectAsync(host.Address, path);
        Assert.Equal("connection_status", Text(await ReadAsync(client), "type"));
        return client;
    }

    private static async Task<JsonElement> ReadAsync(RawClient client) =>
        JsonDocument.Parse(Encoding.UTF8.GetBytes(await client.ReadTextAsync())).RootElement;

    private static string Text(JsonElement frame, string name) => frame.GetProperty(name).GetString()!;

    private static decimal[] Numbers(JsonElement frame, params string[] names) => [.. names.Select(name => frame.GetProperty(name).GetDecimal())];
}
