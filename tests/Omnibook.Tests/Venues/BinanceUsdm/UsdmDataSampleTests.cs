using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;
using Omnibook.Venues.BinanceUsdm;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>JKorf's samples of the requests that are used here, field by field.</summary>
public sealed class UsdmDataSampleTests
{
    [Fact]
    public void Candles() => Assert.Equal(
        [new Candle(At(1499040000000), 0.01634790m, 0.80000000m, 0.01575800m, 0.01577100m, 148976.11427815m, 2434.19055334m, 308)],
        UsdmAnswers.Candles(Body("GetKlines")));

    [Fact]
    public void Prices_and_the_next_funding() => Assert.Equal(
        [new UsdmPremium("BTCUSDT", 11793.63104562m, 11781.80495970m, 0.00038246m, At(1597392000000), At(1597370495002))],
        UsdmAnswers.PremiumIndex(Body("GetMarkPrice")));

    [Fact]
    public void Open_interest() => Assert.Equal(
        new OpenInterestPoint(At(1589437530011), 10659.509m, Value: null), UsdmAnswers.OpenInterest(Body("GetOpenInterest")));

    [Fact]
    public void Open_interest_of_the_past_with_times_as_text() => Assert.Equal(
        [
            new OpenInterestPoint(At(1583127900000), 20403.637m, 150570784.07809979m),
            new OpenInterestPoint(At(1583128200000), 20401.367m, 149940752.14464448m),
        ],
        UsdmAnswers.OpenInterestHistory(Body("GetOpenInterestHistory")));

    [Fact]
    public void Paid_funding() => Assert.Equal(
        [new UsdmFunding("BTCUSDT", 0.0001m, At(1698768000000)), new UsdmFunding("BTCUSDT", 0.0001m, At(1698796800000))],
        UsdmAnswers.FundingHistory(Body("GetFundingRates")));

    [Fact]
    public void Intervals_of_funding() => Assert.Equal(
        [new KeyValuePair<string, TimeSpan>("BLZUSDT", TimeSpan.FromHours(8))], UsdmAnswers.FundingIntervals(Body("GetFundingInfo")));

    [Fact]
    public void Shares_of_accounts() => Assert.Equal(
        [new LongShortPoint(At(1583139600000), 0.6622m, 0.3378m), new LongShortPoint(At(1583139900000), 0.6617m, 0.3382m)],
        UsdmAnswers.LongShort(Body("GetGlobalLongShortAccountRatio")));

    [Fact]
    public void Figures_of_24_hours() => Assert.Equal(
        [new UsdmTicker("BTCUSDT", 4.000002m, 99m, 100m, 0.1m, 8913.3m, 15.3m, 76)], UsdmAnswers.Tickers(Body("GetTicker")));

    [Fact]
    public void Aggregates() => Assert.Equal(
        [new PastTrade(26129, 0.01633102m, 4.70443515m, TakerSide.Sell, At(1498793709153))], UsdmAnswers.AggregateTrades(Body("GetAggregatedTradeHistory")));

    [Fact]
    public void Fills()
    {
        var fill = Assert.Single(UsdmAnswers.Trades(Body("GetRecentTrades")));
        Assert.Equal(new PastTrade(28457, 4.000001m, 12m, TakerSide.Sell, At(1499865549590)), fill);
    }

    [Fact]
    public void The_clock() => Assert.Equal(At(1499827319559), UsdmAnswers.Time(Body("GetServerTime")));

    [Theory]
    [InlineData("{}")]
    [InlineData("[[]]")]
    [InlineData("[[1,2,3]]")]
    [InlineData("<html>")]
    public void What_is_no_list_of_candles_is_unreadable(string body) => Assert.Equal(
        RequestFailure.Unreadable,
        Assert.Throws<VenueRequestException>(() => UsdmAnswers.Candles(Encoding.UTF8.GetBytes(body))).Failure);

    private static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private static byte[] Body(string name)
    {
        var text = SharedCaptures.Read($"binance-usdm/jkorf/Endpoints__UsdFutures__ExchangeData__{name}.txt");
        return Encoding.UTF8.GetBytes(text[text.AsSpan().IndexOfAny('{', '[')..]);
    }
}
