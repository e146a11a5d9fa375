using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary><c>/ws/oi-vol</c>, over a real socket.</summary>
public sealed class OpenInterestSocketTests
{
    private static readonly CandleInterval Step = CandleInterval.Parse("5m");

    [Fact]
    public void The_scores_are_standard_deviations_of_the_steps_before()
    {
        var start = Step.StartOf(Timestamp.FromMilliseconds(1_758_500_000_000));
        var spike = OpenInterestSpike.Of(Rows(start, jump: 0.05m), Candles(start, volume: 40));

        // Changes of +1 % and -1 % in turn, twenty of each, then +5 %: mean 0, deviation of the sample 1.0127 %.
        Assert.Equal(4.94, spike!.Value.OpenInterestScore, 0.02);
        Assert.Equal((40 - 10.5) / 0.5064, spike.Value.VolumeScore, 0.1);
        Assert.True(spike.Value.IsConfirmed);
        Assert.Equal(start + 41 * Step.Length, spike.Value.At);
    }

    [Fact]
    public void With_few_steps_or_without_any_change_nothing_is_unusual()
    {
        var start = Step.StartOf(Timestamp.FromMilliseconds(1_758_500_000_000));
        Assert.Null(OpenInterestSpike.Of([.. Rows(start, 0.05m).TakeLast(10)], Candles(start, 40)));
        Assert.Null(OpenInterestSpike.Of([.. Rows(start, 0.05m).Select(row => row with { Quantity = 7 })], Candles(start, 40)));
        Assert.Null(OpenInterestSpike.Of([], []));
    }

    [Fact]
    public async Task An_unusual_change_is_told_once_in_the_form_of_the_contract()
    {
        await using var host = await MarketDataHost.StartAsync(new MarketDataRules { Symbols = ["BTCUSDT"] });
        var start = Step.StartOf(host.Now) + -42 * Step.Length;
        host.Binance.OpenInterests = Rows(start, jump: 0.05m);
        host.Binance.Candles = Candles(start, volume: 40);
        using var client = await host.ConnectAsync("/ws/oi-vol?timeframes=5m");

        var rise = JsonDocument.Parse(await client.ReadTextAsync()).RootElement;
        Assert.Equal(
            ["type", "exchange", "symbol", "timeframe", "z_oi", "z_vol", "confirmed", "timestamp"], rise.EnumerateObject().Select(field => field.Name));
        Assert.Equal("oi_spike binance BTCUSDT 5m", string.Join(' ', rise.EnumerateObject().Take(4).Select(field => field.Value.GetString())));
        Assert.InRange(rise.GetProperty("z_oi").GetDecimal(), 4.9m, 5);
        Assert.InRange(rise.GetProperty("z_vol").GetDecimal(), 58, 59);
        Assert.True(rise.GetProperty("confirmed").GetBoolean());

        await LookAgainAsync(host, () => host.Binance.Asked.Count >= 6);
        host.Binance.Candles = Candles(start, volume: 10);
        host.Binance.OpenInterests = Rows(start + Step.Length, jump: -0.06m);
        var next = client.ReadTextAsync();
        await LookAgainAsync(host, () => next.IsCompleted);
        var fall = JsonDocument.Parse(await next).RootElement;
        Assert.InRange(fall.GetProperty("z_oi").GetDecimal(), -7, -5);
        Assert.False(fall.GetProperty("confirmed").GetBoolean());
    }

    [Fact]
    public async Task Without_a_name_the_usual_intervals_are_looked_at()
    {
        await using var host = await MarketDataHost.StartAsync(new MarketDataRules { Symbols = ["BTCUSDT"], Intervals = [Step, CandleInterval.Parse("1M")] });
        using var client = await host.ConnectAsync("/ws/oi-vol");
        await StreamHost.UntilAsync(() => host.Bybit.Asked.Count == 2);
        Assert.Equal(["oi-hist BTCUSDT 5m 60", "candles BTCUSDT 5m 60"], host.Binance.Asked);
    }

    [Fact]
    public async Task Nobody_is_asked_while_nobody_listens()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(host.Binance.Asked);
    }

    [Theory]
    [InlineData("timeframes=5m,7m", "Timeframe '7m' does not exist; there is 5m, 1h")]
    [InlineData("timeframes=5m&min_z=x", "min_z should be a number from 0, not 'x'")]
    public async Task What_is_not_there_is_closed_with_1008(string query, string reason)
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await host.ConnectAsync($"/ws/oi-vol?{query}");
        Assert.Equal((1008, reason), await client.ReadCloseAsync());
    }

    /// <summary>Lets the watch look again until something has happened. Nobody knows when it is done with one look and waits for the next.</summary>
    private static Task LookAgainAsync(MarketDataHost host, Func<bool> condition) => StreamHost.UntilAsync(() =>
    {
        host.Time.Advance(OpenInterestWatch.Pace);
        return condition();
    });

    /// <summary>42 rows: 40 changes of one percent up and down in turn, then a jump.</summary>
    private static List<OpenInterestPoint> Rows(Timestamp start, decimal jump)
    {
        var (rows, quantity) = (new List<OpenInterestPoint> { new(start, 1000, null) }, 1000m);
        for (var i = 1; i <= 41; i++)
        {
            quantity *= 1 + (i == 41 ? jump : i % 2 == 0 ? -0.01m : 0.01m);
            rows.Add(new OpenInterestPoint(start + i * Step.Length, quantity, null));
        }

        return rows;
    }

    /// <summary>41 candles: volumes of 10 and 11 in turn, then another.</summary>
    private static IReadOnlyList<Candle> Candles(Timestamp start, decimal volume) =>
        [.. Enumerable.Range(0, 41).Select(i => new Candle(start + i * Step.Length, 1, 1, 1, 1, i == 40 ? volume : 10 + i % 2, null, null))];
}
