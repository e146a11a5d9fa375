using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Server.Apis.Liquidity.Recorded;
using Omnibook.Server.Recording;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Liquidity.Recorded;

/// <summary><c>/ws/replay</c>: what was recorded gives what was sent.</summary>
public sealed class ReplayApiTests
{
    private static readonly RecordingOptions Options = new();

    [Theory]
    [InlineData("BTC-USD", "050bps", 1)]
    [InlineData("BTC-USD", "010bps", 2)]
    public async Task Ten_recorded_minutes_at_a_hundred_times_the_speed_are_byte_for_byte_what_was_sent(string symbol, string window, int seed)
    {
        await using var host = await StartAsync();
        var market = new LivelyMarket(host, seed);
        var begin = host.Time.GetUtcNow();
        var live = await WatchAsync(host, market, $"/ws/stream?symbol={symbol}&window={window}", TimeSpan.FromMinutes(10));
        Assert.InRange(live.Count, 700, 1_200);
        Assert.Contains(live, frame => frame.Contains("\"status\":\"degraded\"", StringComparison.Ordinal));
        await host.Services.GetRequiredService<MarketRecorder>().FlushAsync();

        var began = host.Time.GetUtcNow();
        var replayed = await ReplayAsync(host, $"/ws/replay?symbol={symbol}&window={window}&speed=100");

        Assert.Equal(live, replayed.Metrics);
        Assert.InRange((host.Time.GetUtcNow() - began).TotalSeconds, 5, 60);

        // From the middle, by a checkpoint, as fast as it may be.
        var middle = begin + TimeSpan.FromMinutes(6);
        var late = await ReplayAsync(host, $"/ws/replay?symbol={symbol}&window={window}&speed=1000&from={middle.ToUnixTimeMilliseconds()}");
        Assert.Equal(live.Where(frame => MomentOf(frame) >= middle), late.Metrics);
        Assert.True(late.Metrics.Count > 200);
    }

    [Fact]
    public async Task A_replay_pauses_goes_on_seeks_and_changes_its_speed()
    {
        await using var host = await StartAsync();
        var live = await WatchAsync(host, new LivelyMarket(host, 3), "/ws/stream", TimeSpan.FromSeconds(60));
        await host.Services.GetRequiredService<MarketRecorder>().FlushAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/replay?speed=1");
        Assert.Equal("playing", Field(await client.ReadTextAsync(), "state"));
        await using var pump = new TimePump(host.Time);
        Assert.Equal(live[0], await NextMetricsAsync(client));

        await client.SendTextAsync("""{"op":"pause"}""");
        await UntilStateAsync(client, "paused");
        await client.SendTextAsync("nonsense");
        Assert.Contains("expected", Field(await client.ReadTextAsync(), "message"), StringComparison.Ordinal);
        await client.SendTextAsync("ping");
        Assert.Equal("pong", await client.ReadTextAsync());

        await client.SendTextAsync($$"""{"op":"seek","to":{{MomentOf(live[40]).ToUnixTimeMilliseconds()}}}""");
        await UntilStateAsync(client, "paused");
        await client.SendTextAsync("""{"op":"speed","value":1000}""");
        await UntilStateAsync(client, "paused");
        await client.SendTextAsync("""{"op":"resume"}""");
        await UntilStateAsync(client, "playing");
        var sought = live.IndexOf(await NextMetricsAsync(client));
        Assert.InRange(sought, 40, 41);
        Assert.Equal(live[sought + 1], await NextMetricsAsync(client));
    }

    [Theory]
    [InlineData("symbol=DOGE", "unknown symbol 'DOGE'; there are BTC-USD, OTHER, MISSING")]
    [InlineData("window=051bps", "unknown window '051bps'; there are 010bps, 025bps, 050bps, 100bps")]
    [InlineData("from=yesterday", "from and to should be moments")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to should not be before from")]
    [InlineData("speed=1001", "speed should be a number from 0.1 to 1000")]
    [InlineData("speed=0", "speed should be a number from 0.1 to 1000")]
    public async Task What_cannot_be_replayed_is_told_and_closed(string query, string message)
    {
        await using var host = await StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, $"/ws/replay?{query}");
        Assert.Contains(message, Field(await client.ReadTextAsync(), "message"), StringComparison.Ordinal);
        Assert.Equal(1008, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task As_many_run_as_may_and_places_come_back()
    {
        await using var host = await StartAsync(Options with { MostReplays = 1 });
        using (var first = await RawClient.ConnectAsync(host.Address, "/ws/replay"))
        {
            Assert.Equal("playing", Field(await first.ReadTextAsync(), "state"));
            using var second = await RawClient.ConnectAsync(host.Address, "/ws/replay");
            Assert.Contains("REPLAY_MOST", Field(await second.ReadTextAsync(), "message"), StringComparison.Ordinal);
            Assert.Equal(1, (await host.GetAsync("/api/replay")).GetProperty("replays").GetInt32());
        }

        await StreamHost.UntilAsync(() => host.Services.GetRequiredService<RunningReplays>().Count == 0);
    }

    private static Task<LiquidityHost> StartAsync(RecordingOptions? options = null) => LiquidityHost.StartAsync(
        more: (services, folder) => services.AddRecording(options ?? Options, _ => Path.Combine(folder.FullName, "recordings")));

    /// <summary>Lets the market live, and reads every frame of metrics that is sent meanwhile.</summary>
    private static async Task<List<string>> WatchAsync(LiquidityHost host, LivelyMarket market, string path, TimeSpan span)
    {
        using var client = await RawClient.ConnectAsync(host.Address, path);
        await client.ReadTextAsync();
        var (frames, end) = (new List<string>(), host.Time.GetUtcNow() + span);
        while (host.Time.GetUtcNow() < end)
        {
            var before = host.Board.Symbols[0].Reading;
            await market.StepAsync();
            if (!ReferenceEquals(before, host.Board.Symbols[0].Reading) && host.Board.Symbols[0].Reading.Metrics.Count > 0)
            {
                frames.Add(await NextMetricsAsync(client));
            }
        }

        return frames;
    }

    private static async Task<(List<string> Metrics, List<string> States)> ReplayAsync(LiquidityHost host, string path)
    {
        using var client = await RawClient.ConnectAsync(host.Address, path);
        var (metrics, states) = (new List<string>(), new List<string>());
        await using var pump = new TimePump(host.Time);
        while (states.LastOrDefault() != "ended")
        {
            var frame = await client.ReadTextAsync();
            switch (Field(frame, "type"))
            {
                case "metrics": metrics.Add(frame); break;
                case "replay": states.Add(Field(frame, "state")); break;
            }
        }

        return (metrics, states);
    }

    private static async Task<string> NextMetricsAsync(RawClient client)
    {
        string frame;
        do
        {
            frame = await client.ReadTextAsync();
        }
        while (Field(frame, "type") != "metrics");
        return frame;
    }

    private static async Task UntilStateAsync(RawClient client, string state)
    {
        string frame;
        do
        {
            frame = await client.ReadTextAsync();
        }
        while (Field(frame, "type") != "replay" || Field(frame, "state") != state);
    }

    private static DateTimeOffset MomentOf(string frame) => DateTimeOffset.Parse(Field(frame, "ts"), System.Globalization.CultureInfo.InvariantCulture);

    private static string Field(string frame, string name) => JsonDocument.Parse(frame).RootElement.GetProperty(name).GetString()!;

    /// <summary>Lets the made-up time go on while a test reads.</summary>
    private sealed class TimePump : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _running;

        public TimePump(ManualTimeProvider time) => _running = RunAsync(time);

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _running;
            _ending.Dispose();
        }

        private async Task RunAsync(ManualTimeProvider time)
        {
            while (!_ending.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }
    }
}
