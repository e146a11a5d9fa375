using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>Funding of paper positions: every full hour once, by what the dex paid, to the last digit.</summary>
public sealed class PaperFundingTests
{
    private const string Positions = "/api/v1/positions";

    [Fact]
    public async Task A_position_through_open_funding_and_close_comes_to_its_ledger()
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.FeedAsync("hyperliquid", "BTC", [(63990m, 1m)], [(64000m, 1m)]);
        await host.PostAsync("/api/v1/trading/execute", new { pair = "BTC-USD", side = "long", size = 0.5m, leverage = 10 });
        var first = NextHour(host);
        await PassHourAsync(host, mark: 64100m, oracle: 64050m);
        await PassHourAsync(host, mark: 64300m, oracle: 64200m);
        host.Hyperliquid.Fundings = [Paid(first, 0.0000125m), Paid(first.AddHours(1), -0.00002m)];
        await host.FeedGoldenAsync();

        var closed = await host.PostAsync(Positions + "/paper:1/close", "");
        var ledger = (await host.GetAsync(Positions + "/paper:1/funding")).EnumerateArray().ToList();

        // Reckoned by hand: a long pays a positive rate. -0.5 × 64050 × 0.0000125, then -0.5 × 64200 × -0.00002.
        Assert.Equal([-0.4003125m, 0.642m], ledger.Select(row => row.GetProperty("amount").GetDecimal()));
        Assert.Equal([64050m, 64200m], ledger.Select(row => row.GetProperty("price").GetDecimal()));
        Assert.All(ledger, row => Assert.Equal("oracle", row.GetProperty("price_source").GetString()));
        Assert.Equal([first, first.AddHours(1)], ledger.Select(row => row.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.Equal([495m, 0.2416875m, 14.4m, 14.62275m, 466.2189375m, 0m], Numbers(closed, "estimated_pnl", "funding", "open_fees", "fees", "net_pnl", "unpaid_hours"));
        var kept = Assert.Single((await host.GetAsync(Positions + "/closed")).EnumerateArray());
        Assert.Equal([495m, 0.2416875m, 29.02275m, 466.2189375m], Numbers(kept, "pnl", "funding", "fees", "net_pnl"));
    }

    [Fact]
    public async Task A_short_receives_what_a_long_pays_and_an_open_position_shows_it()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PostAsync("/api/v1/trading/execute", new { pair = "BTC-USD", side = "short", size = 0.5m });
        var dex = Assert.Single((await host.GetAsync(Positions)).EnumerateArray()).GetProperty("dex").GetString()!;
        var hour = NextHour(host);
        (dex == "lighter" ? host.Lighter : host.Hyperliquid).Fundings = [Paid(hour, 0.00001m)];
        await PassHourAsync(host, mark: 65000m, oracle: 64990m, dex);
        await host.FeedGoldenAsync();

        var position = await UntilAsync(host, row => row.GetProperty("funding") is { ValueKind: JsonValueKind.Number } paid && paid.GetDecimal() != 0);

        var expected = 0.5m * (dex == "lighter" ? 65000m : 64990m) * 0.00001m;
        Assert.Equal(expected, position.GetProperty("funding").GetDecimal());
        var (profit, fees) = (position.GetProperty("unrealized_pnl").GetDecimal(), position.GetProperty("fees").GetDecimal());
        Assert.Equal(profit + expected - fees, position.GetProperty("net_pnl").GetDecimal());
    }

    [Fact]
    public async Task Hours_of_which_nobody_kept_the_price_are_paid_at_the_opening_of_their_candle_and_wait_for_the_rate()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PostAsync("/api/v1/trading/execute", new { pair = "BTC-USD", side = "long", size = 1 });
        var dex = Assert.Single((await host.GetAsync(Positions)).EnumerateArray()).GetProperty("dex").GetString()!;
        var (data, hour) = (dex == "lighter" ? host.Lighter : host.Hyperliquid, NextHour(host));
        await host.PassAsync(TimeSpan.FromHours(1));
        await host.FeedGoldenAsync();

        var closed = await host.PostAsync(Positions + "/paper:1/close", "");
        Assert.Equal([0m, 1m], Numbers(closed, "funding", "unpaid_hours"));
        data.Fundings = [Paid(hour, 0.0001m)];
        data.Candles = [new Candle(Timestamp.From(hour), 60000m, 60000m, 60000m, 60000m, 1, null, null)];
        for (var tries = 0; tries < 100 && (await host.GetAsync(Positions + "/paper:1/funding")).GetArrayLength() == 0; tries++)
        {
            await host.PassAsync(TimeSpan.FromSeconds(10));
        }

        var row = Assert.Single((await host.GetAsync(Positions + "/paper:1/funding")).EnumerateArray());
        Assert.Equal([-6m, 60000m], Numbers(row, "amount", "price"));
        Assert.Equal("candle", row.GetProperty("price_source").GetString());
    }

    /// <summary>The hour comes; the marks of the dexes are told just before it.</summary>
    private static async Task PassHourAsync(PerpDexHost host, decimal mark, decimal oracle, string dex = "hyperliquid")
    {
        var rest = NextHour(host) - host.Time.GetUtcNow();
        await host.PassAsync(rest - TimeSpan.FromSeconds(1));
        await host.MarkAsync(dex, mark, oracle);
        await host.PassAsync(TimeSpan.FromSeconds(2));
        await host.SettledAsync();
    }

    private static DateTimeOffset NextHour(PerpDexHost host)
    {
        var now = host.Time.GetUtcNow();
        return now.AddTicks(TimeSpan.TicksPerHour - now.UtcTicks % TimeSpan.TicksPerHour);
    }

    /// <summary>Stamped some milliseconds after the hour, as Hyperliquid does.</summary>
    private static FundingPoint Paid(DateTimeOffset hour, decimal rate) => new(Timestamp.From(hour.AddMilliseconds(57)), rate, TimeSpan.FromHours(1));

    private static async Task<JsonElement> UntilAsync(PerpDexHost host, Func<JsonElement, bool> isSo)
    {
        for (var tries = 0; ; tries++)
        {
            var position = await host.GetAsync(Positions + "/paper:1");
            if (isSo(position) || tries == 100)
            {
                return position;
            }

            // A book that says nothing for long is not live, and then nothing is worth anything.
            await host.PassAsync(TimeSpan.FromSeconds(1));
            await host.FeedGoldenAsync();
        }
    }

    private static decimal[] Numbers(JsonElement row, params string[] names) => [.. names.Select(name => row.GetProperty(name).GetDecimal())];
}
