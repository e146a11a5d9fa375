using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Flow;

public sealed class TradeFlowTests
{
    private static readonly Instrument Instrument = MadeInstruments.Make();

    [Fact]
    public void The_worked_footprint_holds_to_the_last_digit()
    {
        var candles = Golden().Candles(FlowInterval.Minute, new Timestamp(1), 100, Timestamp.FromMilliseconds(1_700_000_080_000));

        Assert.Equal([1_699_999_980_000, 1_700_000_040_000], candles.Select(candle => candle.Start.UnixMilliseconds));
        Assert.Equal(
            [
                "42001.3 42012 42001.3 42012 1.7 1.5 0.2 | 42000 0.2/0.5, 42010 0/1",
                "42009.9 42020.5 41999.9 41999.9 1.3 0.4 0.9 | 41990 0.6/0, 42000 0.3/0, 42020 0/0.4",
            ],
            candles.Select(Describe));
        Assert.Equal([true, false], candles.Select(candle => candle.IsClosed));
    }

    [Fact]
    public void The_worked_volume_delta_holds_to_the_last_digit()
    {
        var candles = Golden().Candles(FlowInterval.Minute, new Timestamp(1), 0, default);

        Assert.Equal([54611.87m, -20994.71m], candles.Select(candle => FlowAmounts.ToQuote(Instrument, candle.Volume.QuoteDelta)));
        Assert.Equal([63012.65m, 16808.2m], candles.Select(candle => FlowAmounts.ToQuote(Instrument, candle.Volume.BoughtQuote)));
        Assert.Equal([8400.78m, 37802.91m], candles.Select(candle => FlowAmounts.ToQuote(Instrument, candle.Volume.SoldQuote)));
        Assert.All(candles, candle => Assert.Empty(candle.Cells));
    }

    [Fact]
    public void A_candle_that_began_before_the_first_trade_that_was_followed_is_partial()
    {
        var candles = Golden().Candles(FlowInterval.Minute, new Timestamp(1), 0, default);
        Assert.Equal([true, false], candles.Select(candle => candle.IsPartial));
    }

    [Fact]
    public void What_is_no_trade_is_left_out_and_counted()
    {
        var flow = new TradeFlow();
        Assert.False(flow.Add(MadeTrades.Of(1_700_000_000_000, 0, 1, TakerSide.Buy)));
        Assert.False(flow.Add(MadeTrades.Of(1_700_000_000_000, 1, 0, TakerSide.Buy)));
        Assert.Equal((2, 0, true), (flow.LeftOut, flow.Slices, flow.Since.IsUnknown));
    }

    [Fact]
    public void A_moment_far_ahead_of_our_clock_is_not_believed_and_drives_nothing_out()
    {
        var trade = MadeTrades.Of(1_700_000_000_000, 100, 1, TakerSide.Buy);
        var flow = new TradeFlow();
        flow.Add(trade);
        flow.Add(trade with { Times = trade.Times with { VenueTime = Timestamp.FromMilliseconds(1_800_000_000_000) } });

        var candle = Assert.Single(flow.Candles(FlowInterval.Second, new Timestamp(1), 0, default));
        Assert.Equal(2, candle.Volume.Trades);
    }

    [Fact]
    public void Memory_is_bounded_in_time_and_in_cells_and_what_is_gone_is_told()
    {
        var flow = new TradeFlow(new FlowOptions { KeptFor = TimeSpan.FromHours(2), FineFor = TimeSpan.FromMinutes(5), MaxCells = 5_000 });
        foreach (var trade in MadeTrades.Random(1, 200_000))
        {
            flow.Add(trade);
            Assert.InRange(flow.Cells, 0, 5_000);
        }

        Assert.InRange(flow.Slices, 1, 5 * 60 + 120 + 61);
        var first = flow.Candles(FlowInterval.Minute, new Timestamp(1), 0, default)[0];
        Assert.True(first.Start >= flow.KeptFrom(FlowInterval.Minute) || first.IsPartial);
        Assert.False(flow.Add(MadeTrades.Of(1_700_000_000_000, 100, 1, TakerSide.Buy)));
    }

    [Fact]
    public void Seconds_become_minutes_without_losing_anything()
    {
        var trades = MadeTrades.Random(2, 20_000);
        var (fine, coarse) = (new TradeFlow(new FlowOptions { MaxCells = int.MaxValue }), new TradeFlow(new FlowOptions { FineFor = TimeSpan.Zero, MaxCells = int.MaxValue }));
        foreach (var trade in trades)
        {
            fine.Add(trade);
            coarse.Add(trade);
        }

        Assert.True(coarse.Slices < fine.Slices / 5);
        var five = FlowInterval.All[3];
        Assert.Equal(
            fine.Candles(five, new Timestamp(1), 3, default).Select(NaiveFlow.Describe),
            coarse.Candles(five, new Timestamp(1), 3, default).Select(NaiveFlow.Describe));
    }

    private static TradeFlow Golden()
    {
        var flow = new TradeFlow();
        foreach (var trade in MadeTrades.Golden)
        {
            Assert.True(flow.Add(trade));
        }

        return flow;
    }

    private static string Describe(FlowCandle candle)
    {
        var prices = string.Join(" ", new[] { candle.Open, candle.High, candle.Low, candle.Close }.Select(price => Instrument.PriceScale.Format(price.Units)));
        var volumes = $"{Base(candle.Volume.Base)} {Base(candle.Volume.Bought)} {Base(candle.Volume.Sold)}";
        var cells = candle.Cells.Select(cell => $"{Instrument.PriceScale.Format(cell.Price.Units)} {Base(cell.Volume.Sold)}/{Base(cell.Volume.Bought)}");
        return $"{prices} {volumes} | {string.Join(", ", cells)}";
    }

    private static string Base(Int128 units) => Instrument.QuantityScale.Format((long)units);
}
