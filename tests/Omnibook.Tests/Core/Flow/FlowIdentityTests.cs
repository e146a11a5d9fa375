using Omnibook.Core.Events;
using Omnibook.Core.Flow;

namespace Omnibook.Tests.Core.Flow;

/// <summary>The identity that always holds: cells of the footprint = parts of the volume delta = volume of the candles = sum of the trades.</summary>
public sealed class FlowIdentityTests
{
    private const int Count = 100_000;

    private static readonly FlowOptions Roomy = new() { MaxCells = int.MaxValue, FineFor = TimeSpan.FromMinutes(10) };

    [Theory]
    [InlineData(1, "1m", 100)]
    [InlineData(2, "1m", 0)]
    [InlineData(3, "5m", 7)]
    [InlineData(4, "1h", 1)]
    [InlineData(5, "4h", 1_000_000)]
    public void Candles_and_footprints_are_those_of_a_naive_oracle_whatever_the_order_of_the_trades(int seed, string name, long tick)
    {
        Assert.True(FlowInterval.TryParse(name, out var interval));
        var trades = MadeTrades.Random(seed, Count);
        var flow = Fill(trades);

        var candles = flow.Candles(interval, new Timestamp(1), tick, default);

        var expected = new NaiveFlow(trades).Candles((long)interval.Length.TotalMilliseconds, tick);
        Assert.Equal(expected.Keys.Order(), candles.Select(candle => candle.Start.UnixMilliseconds));
        Assert.All(candles, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
    }

    [Fact]
    public void Cells_parts_candles_and_trades_have_one_sum()
    {
        var trades = MadeTrades.Random(11, Count);
        var flow = Fill(trades);
        var candles = flow.Candles(FlowInterval.Minute, new Timestamp(1), 100, default);

        var ofCells = Sum(candles.SelectMany(candle => candle.Cells).Select(cell => cell.Volume));
        var ofCandles = Sum(candles.Select(candle => candle.Volume));
        var profile = new RollingProfile(30, TimeSpan.FromHours(24), flow, flow.LastAt, int.MaxValue);
        var ofProfile = Sum(profile.Levels.Values);

        Assert.Equal(new NaiveFlow(trades).Whole(), NaiveFlow.Sums(ofCells));
        Assert.Equal(ofCells, ofCandles);
        Assert.Equal(ofCandles, ofProfile);
        Assert.Equal(ofCandles.QuoteDelta, candles.Aggregate((Int128)0, (sum, candle) => sum + candle.Volume.QuoteDelta));
        Assert.Equal(ofCandles.Quote, ofCandles.BoughtQuote + ofCandles.SoldQuote);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("30s")]
    public void Short_candles_reach_as_far_back_as_seconds_are_kept_and_no_further(string name)
    {
        Assert.True(FlowInterval.TryParse(name, out var interval));
        var trades = MadeTrades.Random(6, 20_000);
        var flow = Fill(trades);

        var candles = flow.Candles(interval, new Timestamp(1), 10, default);

        var kept = flow.KeptFrom(interval);
        Assert.True(kept > flow.KeptFrom(FlowInterval.Minute));
        var expected = new NaiveFlow(trades.Where(trade => trade.Times.VenueTime >= kept)).Candles((long)interval.Length.TotalMilliseconds, 10);
        Assert.Equal(expected.Keys.Order(), candles.Select(candle => candle.Start.UnixMilliseconds));
        Assert.All(candles, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
    }

    [Fact]
    public void Live_candles_lead_to_the_same_end_as_the_whole_history()
    {
        var trades = MadeTrades.Random(7, Count);
        var flow = new TradeFlow(Roomy);
        var live = new LiveCandles(FlowInterval.Minute, 50, flow);
        var told = new Dictionary<Timestamp, FlowCandle>();
        foreach (var (trade, i) in trades.Select((trade, i) => (trade, i)))
        {
            Assert.True(flow.Add(trade));
            live.On(trade);
            if (i % 97 == 0)
            {
                Take(live, told);
            }
        }

        Take(live, told);
        var expected = new NaiveFlow(trades).Candles(60_000, 50);
        Assert.Equal(expected.Count, told.Count);
        Assert.All(told.Values, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
    }

    [Fact]
    public void A_profile_that_forgot_as_time_went_on_is_that_of_the_trades_that_are_left()
    {
        var trades = MadeTrades.Random(8, 30_000);
        var flow = new TradeFlow(Roomy);
        var profile = new RollingProfile(20, TimeSpan.FromMinutes(5), flow, trades[0].Times.ReceivedAt, int.MaxValue);
        foreach (var trade in trades)
        {
            flow.Add(trade);
            profile.Advance(trade.Times.ReceivedAt);
            profile.On(trade);
        }

        var left = trades.Where(trade => trade.Times.VenueTime >= profile.From).ToArray();
        Assert.Equal(new NaiveFlow(left).Whole(), NaiveFlow.Sums(Sum(profile.Levels.Values)));
        Assert.Equal(left.Max(trade => trade.Price), profile.High);
        Assert.Equal(left.Min(trade => trade.Price), profile.Low);
        Assert.Equal(left.Min(trade => trade.Times.VenueTime), profile.FirstAt);
        var again = new RollingProfile(20, TimeSpan.FromMinutes(5), flow, trades[^1].Times.ReceivedAt, int.MaxValue);
        Assert.Equal(profile.Levels.OrderBy(level => level.Key), again.Levels.OrderBy(level => level.Key));
    }

    private static TradeFlow Fill(IEnumerable<Trade> trades)
    {
        var flow = new TradeFlow(Roomy);
        foreach (var trade in trades)
        {
            Assert.True(flow.Add(trade));
        }

        return flow;
    }

    private static FlowVolume Sum(IEnumerable<FlowVolume> volumes) => volumes.Aggregate(default(FlowVolume), (sum, volume) => sum + volume);

    private static void Take(LiveCandles live, Dictionary<Timestamp, FlowCandle> told)
    {
        foreach (var candle in live.TakeChanges())
        {
            told[candle.Start] = candle;
        }
    }
}
