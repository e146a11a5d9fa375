using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Tests.Venues.Data;

/// <summary>What every venue promises to those who ask it: what is offered is answered, oldest first and as much as was asked for; what is not is refused.</summary>
public sealed class VenueDataTests(SimulatedVenues simulated) : IClassFixture<SimulatedVenues>
{
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");

    public static TheoryData<string> Venues => [.. SimulatedVenues.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Candles_of_every_length_end_with_the_open_one(string key)
    {
        using var caller = await simulated.CallAsync(key);
        Assert.NotEmpty(caller.Venue.Data.Capabilities.Candles);
        foreach (var interval in caller.Venue.Data.Capabilities.Candles)
        {
            var candles = await caller.Venue.Data.CandlesAsync(caller.Rest, caller.Instrument, interval, new DataRange(4), Cancel);

            Assert.InRange(candles.Count, 1, 4);
            AssertAscending(candles, candle => candle.Start);
            Assert.All(candles, candle => Assert.Equal(interval.StartOf(candle.Start), candle.Start));
            Assert.Equal(interval.StartOf(simulated.Now), candles[^1].Start);
            Assert.All(candles, AssertSound);
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task More_candles_than_an_answer_holds_come_in_pages(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var newest = await MinutesAsync(caller, new DataRange(1100));
        var from = Minute.StartOf(simulated.Now) + TimeSpan.FromMinutes(-1500);
        var oldest = await MinutesAsync(caller, new DataRange(1100, From: from));
        var between = await MinutesAsync(caller, new DataRange(1100, from, from + TimeSpan.FromMinutes(20)));

        AssertAscending(newest, candle => candle.Start);
        AssertAscending(oldest, candle => candle.Start);
        Assert.Equal(1100, newest.Count);
        Assert.Equal(1100, oldest.Count);
        Assert.Equal(from, oldest[0].Start);
        Assert.Equal(Minute.StartOf(simulated.Now), newest[^1].Start);
        Assert.Equal(oldest.Take(between.Count), between);
        Assert.Equal(from + TimeSpan.FromMinutes(20), between[^1].Start);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Open_interest_is_told_with_its_worth(string key)
    {
        using var caller = await simulated.CallAsync(key);
        if (!caller.Venue.Data.Capabilities.OpenInterest)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => caller.Venue.Data.OpenInterestAsync(caller.Rest, caller.Instrument, Cancel));
            return;
        }

        var interest = await caller.Venue.Data.OpenInterestAsync(caller.Rest, caller.Instrument, Cancel);
        var ticker = Assert.Single(await caller.Venue.Data.TickersAsync(caller.Rest, caller.Instrument, Cancel));

        Assert.True(interest.Quantity > 0);
        Assert.InRange(interest.Value!.Value, interest.Quantity * ticker.Mark!.Value * 0.999m, interest.Quantity * ticker.Mark.Value * 1.001m);
        Assert.InRange(simulated.Now - interest.At, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Open_interest_of_the_past_is_that_of_one_side_at_every_step(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var data = caller.Venue.Data;
        if (data.Capabilities.OpenInterestHistory.Count == 0)
        {
            await Assert.ThrowsAsync<NotSupportedException>(
                () => data.OpenInterestHistoryAsync(caller.Rest, caller.Instrument, Minute, new DataRange(1), Cancel));
            return;
        }

        var now = await data.OpenInterestAsync(caller.Rest, caller.Instrument, Cancel);
        foreach (var step in data.Capabilities.OpenInterestHistory)
        {
            var points = await data.OpenInterestHistoryAsync(caller.Rest, caller.Instrument, step, new DataRange(5), Cancel);

            AssertSteps(points, point => point.At, step, 5);
            Assert.All(points, point => Assert.InRange(point.Quantity, now.Quantity * 0.5m, now.Quantity * 1.5m));
            Assert.All(points, point => Assert.InRange(point.Value!.Value, now.Value!.Value * 0.3m, now.Value.Value * 2m));
        }

        var shortest = data.Capabilities.OpenInterestHistory[0];
        var from = shortest.StartOf(simulated.Now) + shortest.Length * -1300;
        AssertSteps(await data.OpenInterestHistoryAsync(caller.Rest, caller.Instrument, shortest, new DataRange(1200), Cancel), point => point.At, shortest, 1200);
        var forward = await data.OpenInterestHistoryAsync(caller.Rest, caller.Instrument, shortest, new DataRange(1200, from), Cancel);
        AssertSteps(forward, point => point.At, shortest, 1200);
        Assert.Equal(from, forward[0].At);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Funding_of_the_past_ends_with_the_last_one_paid(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var data = caller.Venue.Data;
        if (!data.Capabilities.FundingHistory)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => data.FundingHistoryAsync(caller.Rest, caller.Instrument, new DataRange(1), Cancel));
            return;
        }

        var many = await data.FundingHistoryAsync(caller.Rest, caller.Instrument, new DataRange(700), Cancel);
        var last = Assert.Single(await data.FundingHistoryAsync(caller.Rest, caller.Instrument, new DataRange(1), Cancel));
        var from = await data.FundingHistoryAsync(caller.Rest, caller.Instrument, new DataRange(5, many[100].At), Cancel);

        Assert.Equal(700, many.Count);
        AssertAscending(many, point => point.At);
        Assert.Equal(many[^1], last);
        Assert.Equal(many.Skip(100).Take(5), from);
        Assert.InRange(simulated.Now - last.At, TimeSpan.Zero, last.Interval!.Value);
        Assert.All(many.Zip(many.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, last.Interval.Value * 0.99, last.Interval.Value * 1.01));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task The_next_funding_is_in_the_future_and_small(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var data = caller.Venue.Data;
        if (!data.Capabilities.FundingForecast)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => data.FundingForecastsAsync(caller.Rest, caller.Instrument, Cancel));
            return;
        }

        var forecasts = await data.FundingForecastsAsync(caller.Rest, caller.Instrument, Cancel);

        Assert.NotEmpty(forecasts);
        Assert.Distinct(forecasts.Select(forecast => forecast.Venue));
        Assert.All(forecasts, forecast => Assert.InRange(forecast.Rate, -0.01m, 0.01m));
        Assert.All(forecasts.Where(forecast => !forecast.NextAt.IsUnknown), forecast =>
            Assert.InRange(forecast.NextAt - simulated.Now, TimeSpan.Zero, forecast.Interval!.Value));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Shares_of_accounts_sum_to_one(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var data = caller.Venue.Data;
        if (data.Capabilities.LongShort.Count == 0)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => data.LongShortAsync(caller.Rest, caller.Instrument, Minute, new DataRange(1), Cancel));
            return;
        }

        foreach (var step in data.Capabilities.LongShort)
        {
            var points = await data.LongShortAsync(caller.Rest, caller.Instrument, step, new DataRange(5), Cancel);

            AssertSteps(points, point => point.At, step, 5);
            Assert.All(points, point => Assert.Equal(1, point.LongShare + point.ShortShare));
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task The_day_is_told_of_one_and_of_all(string key)
    {
        using var caller = await simulated.CallAsync(key);
        Assert.True(caller.Venue.Data.Capabilities.Tickers);

        var all = await caller.Venue.Data.TickersAsync(caller.Rest, null, Cancel);
        var one = Assert.Single(await caller.Venue.Data.TickersAsync(caller.Rest, caller.Instrument, Cancel));

        Assert.Equal(caller.Instrument.Symbol, one.Symbol);
        Assert.Contains(one.Symbol, all.Select(ticker => ticker.Symbol));
        Assert.True((one.Last ?? one.Mark) > 0);
        Assert.InRange(one.Open!.Value, (one.Last ?? one.Mark)!.Value / 2, (one.Last ?? one.Mark)!.Value * 2);
        Assert.True(one.BaseVolume > 0);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task The_newest_trades_are_those_of_the_market_in_its_order(string key)
    {
        using var caller = await simulated.CallAsync(key);
        Assert.True(caller.Venue.Data.Capabilities.RecentTrades);
        var trades = await caller.Venue.Data.RecentTradesAsync(caller.Rest, caller.Instrument, 20, Cancel);
        var ledger = simulated.Host.Trades(key, caller.Instrument.Symbol);
        var prices = simulated.Host.Find(key).Markets[caller.Instrument.Symbol].Rules.PriceScale;

        Assert.InRange(trades.Count, 10, 20);
        Assert.Distinct(trades.Select(trade => trade.TradeId));
        Assert.All(trades.Zip(trades.Skip(1)), pair => Assert.True(pair.First.At.UnixMilliseconds <= pair.Second.At.UnixMilliseconds));
        Assert.All(trades, trade => Assert.Contains(ledger, told => told.Milliseconds == trade.At.UnixMilliseconds
            && prices.ToDecimal(told.Price) == trade.Price
            && (told.TakerSide == Side.Bid) == (trade.TakerSide == TakerSide.Buy)));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Trades_from_a_number_leave_none_out(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var data = caller.Venue.Data;
        if (!data.Capabilities.TradesById)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => data.TradesFromAsync(caller.Rest, caller.Instrument, 1, Cancel));
            return;
        }

        var recent = await data.RecentTradesAsync(caller.Rest, caller.Instrument, 30, Cancel);
        var from = await data.TradesFromAsync(caller.Rest, caller.Instrument, recent[5].TradeId, Cancel);

        Assert.Equal(recent.Skip(5), from.Take(recent.Count - 5));
        Assert.Equal(from.Select((_, index) => from[0].TradeId + index), from.Select(trade => trade.TradeId));
    }

    [Fact]
    public void A_venue_without_data_offers_nothing_and_says_so()
    {
        var none = new Silent();
        Assert.Equal(VenueCapabilities.None, none.Capabilities);
        Assert.Throws<NotSupportedException>(() => { _ = none.TickersAsync(null!, null, Cancel); });
    }

    private static Task<IReadOnlyList<Candle>> MinutesAsync(SimulatedVenues.Caller caller, DataRange range) =>
        caller.Venue.Data.CandlesAsync(caller.Rest, caller.Instrument, Minute, range, Cancel);

    private static void AssertSound(Candle candle)
    {
        Assert.InRange(candle.Open, candle.Low, candle.High);
        Assert.InRange(candle.Close, candle.Low, candle.High);
        Assert.True(candle.Low > 0 && candle.BaseVolume >= 0);
    }

    private static void AssertAscending<T>(IReadOnlyList<T> rows, Func<T, Timestamp> timeOf) =>
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(timeOf(pair.First) < timeOf(pair.Second)));

    private static void AssertSteps<T>(IReadOnlyList<T> rows, Func<T, Timestamp> timeOf, CandleInterval step, int count)
    {
        Assert.Equal(count, rows.Count);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(step.Length, timeOf(pair.Second) - timeOf(pair.First)));
    }

    private sealed class Silent : VenueData
    {
        public override VenueCapabilities Capabilities => VenueCapabilities.None;
    }
}
