using Omnibook.Core.Events;
using Omnibook.Core.Flow;

namespace Omnibook.Tests.Core.Flow;

public sealed class LiveCandlesTests
{
    private const long Start = 1_699_999_980_000;
    private readonly TradeFlow _flow = new();
    private readonly LiveCandles _live;

    public LiveCandlesTests()
    {
        Add(Start - 60_000);
        _live = new LiveCandles(FlowInterval.Minute, 100, _flow);
    }

    [Fact]
    public void What_was_traded_before_is_not_told_and_takes_part()
    {
        Assert.Empty(_live.TakeChanges());
        Tell(Start - 50_000);
        var candle = Assert.Single(_live.TakeChanges());
        Assert.Equal((2, false), (candle.Volume.Trades, candle.IsClosed));
    }

    [Fact]
    public void Bug_002_8_the_last_state_of_a_candle_is_told_once_before_the_next_one()
    {
        Tell(Start);
        Assert.Equal([true, false], Told().Select(candle => candle.IsClosed));
        Tell(Start + 1_000);
        Tell(Start + 59_999);
        Tell(Start + 60_000);

        var told = Told();
        Assert.Equal([(Start, 3L, true), (Start + 60_000, 1L, false)], told.Select(candle => (candle.Start.UnixMilliseconds, candle.Volume.Trades, candle.IsClosed)));
        Assert.Empty(Told());
    }

    [Fact]
    public void A_candle_is_over_when_its_time_is_although_nothing_follows()
    {
        Tell(Start);
        Told();
        _live.Advance(At(Start + 61_999));
        Assert.Empty(Told());
        _live.Advance(At(Start + 62_000));
        var closed = Assert.Single(Told());
        Assert.True(closed.IsClosed);
        _live.Advance(At(Start + 90_000));
        Tell(Start + 90_000);
        Assert.Equal([false], Told().Select(candle => candle.IsClosed));
    }

    [Fact]
    public void A_trade_that_was_missed_has_the_whole_candle_told_again()
    {
        Tell(Start);
        Tell(Start + 60_000);
        Told();
        Tell(Start + 30_000);
        Tell(Start + 31_000);

        var corrected = Assert.Single(Told());
        Assert.Equal((Start, 3L, true), (corrected.Start.UnixMilliseconds, corrected.Volume.Trades, corrected.IsClosed));
    }

    [Fact]
    public void Trades_out_of_order_within_a_candle_leave_open_and_close_where_they_belong()
    {
        Tell(Start + 30_000, 3);
        Tell(Start + 50_000, 5);
        Tell(Start + 10_000, 1);
        Tell(Start + 40_000, 4);

        var candle = Told()[^1];
        Assert.Equal((10, 50), (candle.Open.Units, candle.Close.Units));
    }

    private static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private IReadOnlyList<FlowCandle> Told() => _live.TakeChanges();

    private void Tell(long at, decimal price = 100)
    {
        var trade = MadeTrades.Of(at, price, 1, TakerSide.Buy);
        Assert.True(_flow.Add(trade));
        _live.On(trade);
    }

    private void Add(long at) => Assert.True(_flow.Add(MadeTrades.Of(at, 100, 1, TakerSide.Buy)));
}
