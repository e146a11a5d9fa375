using Omnibook.Core.Events;
using Omnibook.Core.Flow;

namespace Omnibook.Tests.Core.Flow;

/// <summary>
/// What the archive has and what memory was told meet without a seam: whatever the cut, each trade counts once, and the identity holds across it.
/// </summary>
public sealed class FlowSeamTests
{
    private const int Count = 30_000;

    private static readonly FlowOptions Options = new() { MaxCells = int.MaxValue, FineFor = TimeSpan.FromMinutes(20) };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_flow_that_is_primed_is_the_flow_that_was_told_everything(int seed)
    {
        var (random, trades) = (new Random(seed), MadeTrades.Random(seed, Count));
        var cut = random.Next(1, Count);
        var primedAfter = Math.Min(Count, cut + random.Next(0, 2_000));
        var flow = new TradeFlow(Options);
        Fill(flow, trades.Take(primedAfter).Skip(cut));

        var from = FlowInterval.Minute.StartOf(trades[Math.Max(0, cut - 1)].Times.ReceivedAt + -TimeSpan.FromMinutes(30));
        var archive = new NaiveArchive(trades.Take(cut));
        flow.Prime(archive.Slices(from), from, archive.FirstAt);
        Fill(flow, trades.Skip(primedAfter));

        var kept = trades.Where(trade => trade.Times.VenueTime >= from);
        AssertSame(new NaiveFlow(kept).Candles(60_000, 10), flow.Candles(FlowInterval.Minute, from, 10, default));
        Assert.True(flow.Since >= from && flow.Since <= kept.Min(trade => trade.Times.VenueTime));
    }

    [Theory]
    [InlineData(11, "1m", 10)]
    [InlineData(12, "1m", 0)]
    [InlineData(13, "5m", 100)]
    [InlineData(14, "4h", 1)]
    [InlineData(15, "1h", 1_000_000)]
    [InlineData(16, "30s", 10)]
    [InlineData(17, "raw", 0)]
    [InlineData(18, "15m", 7)]
    public void Candles_of_archive_and_memory_are_those_of_all_trades(int seed, string name, long tick)
    {
        Assert.True(FlowInterval.TryParse(name, out var interval));
        var trades = MadeTrades.Random(seed, Count);
        var (flow, cut) = (Primed(trades, seed, out var archive), new Random(seed).Next(Count / 2, Count));
        var memory = flow.Snapshot(new Timestamp(1));
        Fill(flow, trades.TakeLast(10));

        var past = archive.Candles(interval, tick, memory.SinceOf(interval));
        var joined = new JoinedFlow(memory, past).Candles(interval, new Timestamp(1), tick, default);

        AssertSame(new NaiveFlow(trades.SkipLast(10)).Candles((long)interval.Length.TotalMilliseconds, tick), joined);
        Assert.Equal([true, .. Enumerable.Repeat(false, joined.Count - 1)], joined.Select(candle => candle.IsPartial));
        Assert.True(cut > 0);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Cells_parts_candles_profile_and_trades_have_one_sum_across_the_seam(int seed)
    {
        var trades = MadeTrades.Random(seed, Count);
        var flow = Primed(trades, seed, out var archive);
        var memory = flow.Snapshot(new Timestamp(1));
        var past = archive.Candles(FlowInterval.Minute, 20, memory.SinceOf(FlowInterval.Minute));
        var joined = new JoinedFlow(memory, past);
        var profile = new RollingProfile(20, TimeSpan.FromHours(24), joined, flow.LastAt, int.MaxValue);
        var candles = joined.Candles(FlowInterval.Minute, new Timestamp(1), 20, default);
        var live = new LiveCandles(FlowInterval.Minute, 20, flow, joined);

        // Trades go on: the profile and the candle of now are told them, as the memory is.
        var told = new Dictionary<Timestamp, FlowCandle>();
        foreach (var trade in trades.TakeLast(10))
        {
            Assert.True(flow.Add(trade));
            profile.On(trade);
            live.On(trade);
        }

        foreach (var candle in live.TakeChanges())
        {
            told[candle.Start] = candle;
        }

        var naive = new NaiveFlow(trades);
        var last = new NaiveFlow(trades.TakeLast(10));
        Assert.Equal(naive.Whole(), NaiveFlow.Sums(Sum(profile.Levels.Values)));
        Assert.Equal(NaiveFlow.Sums(Sum(candles.SelectMany(candle => candle.Cells).Select(cell => cell.Volume))), NaiveFlow.Sums(Sum(candles.Select(candle => candle.Volume))));
        Assert.Equal(new NaiveFlow(trades.SkipLast(10)).Whole(), NaiveFlow.Sums(Sum(candles.Select(candle => candle.Volume))));
        var expected = naive.Candles(60_000, 20);
        Assert.All(told.Values, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
        Assert.Equal(last.Candles(60_000, 20).Keys.Order(), told.Keys.Select(start => start.UnixMilliseconds).Order());
    }

    [Fact]
    public void What_was_given_away_does_not_change_however_much_is_traded_afterwards()
    {
        var trades = MadeTrades.Random(31, Count);
        var flow = new TradeFlow(new FlowOptions { FineFor = TimeSpan.FromMinutes(3), MaxCells = 20_000 });
        Fill(flow, trades.Take(Count / 2));
        var snapshot = flow.Snapshot(new Timestamp(1));
        var before = snapshot.Candles(FlowInterval.Minute, new Timestamp(1), 5, default).Select(NaiveFlow.Describe).ToArray();
        foreach (var trade in trades.Skip(Count / 2))
        {
            flow.Add(trade);
        }

        Assert.Equal(before, snapshot.Candles(FlowInterval.Minute, new Timestamp(1), 5, default).Select(NaiveFlow.Describe));
    }

    [Fact]
    public void A_candle_during_which_the_instrument_was_not_followed_is_partial()
    {
        var flow = new TradeFlow();
        flow.Add(MadeTrades.Of(1_699_999_980_000, 100, 1, TakerSide.Buy));
        flow.Add(MadeTrades.Of(1_700_000_045_000, 100, 1, TakerSide.Buy));
        flow.BreakOff();
        flow.Add(MadeTrades.Of(1_700_000_165_000, 100, 1, TakerSide.Buy));
        flow.Add(MadeTrades.Of(1_700_000_225_000, 100, 1, TakerSide.Buy));
        var candles = flow.Candles(FlowInterval.Minute, new Timestamp(1), 0, default);
        Assert.Equal([false, true, true, false], candles.Select(candle => candle.IsPartial));
    }

    [Fact]
    public void A_flow_of_which_the_archive_knows_nothing_is_as_it_was()
    {
        var flow = new InstrumentFlow(default, new FlowOptions(), 0);
        flow.Trades.Add(MadeTrades.Of(1_700_000_000_000, 100, 1, TakerSide.Buy));
        flow.Prime([], Timestamp.FromMilliseconds(1_699_999_980_000), default);
        Assert.Equal((true, 1_700_000_000_000), (flow.IsPrimed, flow.Trades.Since.UnixMilliseconds));
    }

    /// <summary>A flow that begins somewhere in the middle and is primed with some minutes of the archive; all trades but the last ten.</summary>
    private static TradeFlow Primed(IReadOnlyList<Trade> trades, int seed, out NaiveArchive archive)
    {
        var cut = new Random(seed).Next(Count / 2, Count - 100);
        var flow = new TradeFlow(Options);
        var from = FlowInterval.Minute.StartOf(trades[cut].Times.ReceivedAt + -TimeSpan.FromMinutes(11));
        var before = new NaiveArchive(trades.Take(cut));
        flow.Prime(before.Slices(from), from, before.FirstAt);
        foreach (var trade in trades.Skip(cut).SkipLast(10))
        {
            flow.Add(trade);
        }

        archive = new NaiveArchive(trades.SkipLast(10));
        return flow;
    }

    private static void Fill(TradeFlow flow, IEnumerable<Trade> trades)
    {
        foreach (var trade in trades)
        {
            flow.Add(trade);
        }
    }

    private static void AssertSame(Dictionary<long, string> expected, IReadOnlyList<FlowCandle> candles)
    {
        Assert.Equal(expected.Keys.Order(), candles.Select(candle => candle.Start.UnixMilliseconds));
        Assert.All(candles, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
    }

    private static FlowVolume Sum(IEnumerable<FlowVolume> volumes) => volumes.Aggregate(default(FlowVolume), (sum, volume) => sum + volume);
}
