using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Tests.Server.Apis.MarketData;

public sealed class FundingApiTests
{
    private static readonly Timestamp Sixteen = Timestamp.From(new DateTimeOffset(2025, 11, 6, 16, 0, 0, TimeSpan.Zero));
    private static readonly TimeSpan EightHours = TimeSpan.FromHours(8);

    [Fact]
    public async Task The_last_funding_has_every_field_of_the_contract_in_its_form()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Fundings = [new FundingPoint(Sixteen, 0.00007806m, EightHours)];
        host.Binance.Forecasts = [new FundingForecast("HlPerp", 1, default, null), new FundingForecast("binance-usdm", 0.00005m, Sixteen + EightHours, EightHours)];
        Assert.Equal(
            """{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T16:00:00Z","funding_rate":0.00007806,"funding_time":"2025-11-06T16:00:00Z","next_funding_rate":0.00005,"next_funding_time":"2025-11-07T00:00:00Z"}""",
            await host.GetTextAsync("/binance/funding/BTCUSDT"));
    }

    [Fact]
    public async Task Bug_003_2_the_last_funding_is_asked_for_as_the_newest_one_and_not_as_the_end_of_a_window()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Hyperliquid.Fundings = [new FundingPoint(Sixteen, 0.00001m, TimeSpan.FromHours(1)), new FundingPoint(Sixteen + TimeSpan.FromHours(1), -0.00002m, null)];
        host.Hyperliquid.Forecasts = [new FundingForecast("BinPerp", 1, default, null), new FundingForecast("HlPerp", 0.0000125m, default, null)];

        var last = await host.GetAsync("/hyperliquid/funding/BTC");
        Assert.Equal("2025-11-06T17:00:00Z", last.GetProperty("funding_time").GetString());
        Assert.Equal(-0.00002m, last.GetProperty("funding_rate").GetDecimal());
        Assert.Equal(0.0000125m, last.GetProperty("next_funding_rate").GetDecimal());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next_funding_time").ValueKind);
        Assert.Contains("funding BTC 1", host.Hyperliquid.Asked);
    }

    [Fact]
    public async Task Bug_003_6_the_past_is_oldest_first_and_each_row_knows_what_came_next()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Bybit.Fundings = [new(Sixteen, 0.1m, EightHours), new(Sixteen + EightHours, 0.2m, EightHours)];
        var rows = await host.GetAsync("/bybit/funding-hist/BTCUSDT?limit=2");
        Assert.Equal(["2025-11-06T16:00:00Z", "2025-11-07T00:00:00Z"], rows.EnumerateArray().Select(row => row.GetProperty("funding_time").GetString()));
        Assert.Equal(0.2m, rows[0].GetProperty("next_funding_rate").GetDecimal());
        Assert.Equal("2025-11-07T00:00:00Z", rows[0].GetProperty("next_funding_time").GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("next_funding_rate").ValueKind);
        Assert.Contains("funding BTCUSDT 2", host.Bybit.Asked);
    }

    [Fact]
    public async Task A_hundred_are_told_unless_told_otherwise_and_at_most_a_thousand()
    {
        await using var host = await MarketDataHost.StartAsync();
        await host.GetAsync("/binance/funding-hist/BTCUSDT");
        Assert.Contains("funding BTCUSDT 100", host.Binance.Asked);
        Assert.Equal(422, (int)(await host.SendAsync("/binance/funding-hist/BTCUSDT?limit=1001")).StatusCode);
    }

    [Fact]
    public async Task An_instrument_that_has_not_settled_any_is_404()
    {
        await using var host = await MarketDataHost.StartAsync();
        Assert.Equal("Exchange 'binance' has no funding of 'ETHUSDT' yet", await host.DetailAsync("/binance/funding/ETHUSDT", 404));
    }

    [Fact]
    public async Task The_predicted_funding_has_one_entry_a_coin_and_in_it_one_a_venue()
    {
        await using var host = await MarketDataHost.StartAsync(new MarketDataRules { Symbols = ["BTCUSDT", "ETHUSDT", "NOSUCHUSDT"] });
        host.Hyperliquid.Forecasts = [new("HlPerp", 0.0000125m, Sixteen, TimeSpan.FromHours(1)), new("BinPerp", 0.0001m, default, null)];
        Assert.Equal(
            """[{"coin":"BTC","venues":[{"venue":"HlPerp","funding_rate":0.0000125,"next_funding_time":"2025-11-06T16:00:00Z"},{"venue":"BinPerp","funding_rate":0.0001,"next_funding_time":null}]}]""",
            await host.GetTextAsync("/hyperliquid/predicted-funding?coin=BTC"));
        Assert.Equal(["BTC", "ETH"], (await host.GetAsync("/hyperliquid/predicted-funding")).EnumerateArray().Select(coin => coin.GetProperty("coin").GetString()));
        Assert.Equal(404, (int)(await host.SendAsync("/hyperliquid/predicted-funding?coin=BTC,NOPE")).StatusCode);
    }
}
