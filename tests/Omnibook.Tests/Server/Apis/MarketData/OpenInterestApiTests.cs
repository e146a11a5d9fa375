using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.MarketData;

public sealed class OpenInterestApiTests
{
    private static readonly Timestamp Moment = Timestamp.FromMilliseconds(1_762_451_412_123);

    [Fact]
    public async Task Open_interest_has_every_field_of_the_contract_in_its_form()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.OpenInterest = new OpenInterestPoint(Moment, 78247.212m, 7966000000.0m);
        Assert.Equal(
            """{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:12.123Z","open_interest":78247.212,"open_interest_value":7966000000}""",
            await host.GetTextAsync("/binance/oi/BTCUSDT"));
    }

    [Fact]
    public async Task An_unknown_worth_is_null()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Bybit.OpenInterest = new OpenInterestPoint(Moment, 1, null);
        Assert.EndsWith("\"open_interest_value\":null}", await host.GetTextAsync("/bybit/oi/BTCUSDT"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_past_is_a_list_oldest_first_of_30_periods_of_5_minutes_unless_told_otherwise()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.OpenInterests = [new(Moment, 1, 10), new(Moment + TimeSpan.FromMinutes(5), 2, 20)];
        var rows = await host.GetAsync("/binance/oi-hist/BTCUSDT");
        Assert.Equal([1m, 2m], rows.EnumerateArray().Select(row => row.GetProperty("open_interest").GetDecimal()));
        await host.GetAsync("/binance/oi-hist/BTCUSDT?period=1h&limit=500");
        Assert.Equal(["oi-hist BTCUSDT 5m 30", "oi-hist BTCUSDT 1h 500"], host.Binance.Asked);
    }

    [Theory]
    [InlineData("period=15m", "period '15m' does not exist there; there is 5m, 1h")]
    [InlineData("limit=501", "from 1 to 500")]
    public async Task A_period_that_the_exchange_lacks_is_422_with_those_that_it_has(string query, string message)
    {
        await using var host = await MarketDataHost.StartAsync();
        var wrong = (await host.GetAsync($"/binance/oi-hist/BTCUSDT?{query}", 422)).GetProperty("detail")[0];
        Assert.Equal("query", wrong.GetProperty("loc")[0].GetString());
        Assert.Contains(message, wrong.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }
}
