using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Candles;

namespace Omnibook.Tests.Venues.Candles;

public sealed class CandleSequenceTests
{
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");
    private readonly CandleSequence _sequence = new();

    [Fact]
    public void A_later_candle_says_that_the_one_before_is_over()
    {
        Assert.Equal(["1 at 10 open"], Hear((1, 10)));
        Assert.Equal(["1 at 11 open"], Hear((1, 11)));
        Assert.Equal(["1 at 11 closed", "2 at 20 open"], Hear((2, 20)));
    }

    [Fact]
    public void The_past_that_a_subscription_begins_with_is_left_out()
    {
        Assert.Equal(["3 at 30 open"], Hear((3, 30), (2, 20), (1, 10)));
        Assert.Equal(["3 at 31 open", "3 at 31 closed", "4 at 40 open"], Hear((4, 40), (3, 31)));
    }

    [Fact]
    public void What_comes_late_is_left_out()
    {
        Hear((2, 20));
        Assert.Empty(Hear((1, 10)));
    }

    [Fact]
    public void After_a_hole_no_candle_is_said_to_be_over()
    {
        Hear((1, 10));
        _sequence.Forget();
        Assert.Equal(["2 at 20 open"], Hear((2, 20)));
    }

    private string[] Hear(params (int Minute, long Close)[] frame)
    {
        var batch = new EventBatch();
        _sequence.AddTo(batch, [.. frame.Select(candle => Candle(candle.Minute, candle.Close))]);
        return [.. TranslatedEvents.Of(batch).Candles.Select(candle =>
            $"{candle.Start.UnixMilliseconds / 60_000} at {candle.Close.Units} {(candle.IsClosed is true ? "closed" : "open")}")];
    }

    private static CandleUpdate Candle(int minute, long close) => new(
        new InstrumentId(0), Minute, Timestamp.FromMilliseconds(minute * 60_000L), new Price(1), new Price(99), new Price(1), new Price(close), 1, null, null, null, default);
}
