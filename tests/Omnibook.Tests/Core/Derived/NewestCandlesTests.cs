using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Server.Pipeline;

namespace Omnibook.Tests.Core.Derived;

public sealed class NewestCandlesTests
{
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");
    private readonly Market _market;
    private readonly InstrumentId _id;

    public NewestCandlesTests()
    {
        var catalog = new InstrumentCatalog();
        _id = catalog.Register(MadeMarket.Listing("BTC")).Id;
        _market = new Market(catalog, []);
    }

    [Fact]
    public void A_candle_is_told_when_it_changes_and_once_when_it_is_over()
    {
        Assert.True(IsTold(Candle(1, 10)));
        Assert.False(IsTold(Candle(1, 10)));
        Assert.True(IsTold(Candle(1, 11)));
        Assert.True(IsTold(Candle(1, 11, isClosed: true)));
        Assert.False(IsTold(Candle(1, 11, isClosed: true)));
        Assert.False(IsTold(Candle(1, 12)));
        Assert.Equal(Candle(1, 11, isClosed: true), _market.CandleOf(_id, Minute));
    }

    [Fact]
    public void A_venue_may_correct_a_candle_that_is_over()
    {
        Assert.True(IsTold(Candle(1, 11, isClosed: true)));
        Assert.True(IsTold(Candle(1, 12, isClosed: true)));
    }

    [Fact]
    public void An_earlier_candle_is_no_news()
    {
        Assert.True(IsTold(Candle(2, 20)));
        Assert.False(IsTold(Candle(1, 10, isClosed: true)));
    }

    [Fact]
    public void Intervals_are_kept_apart_and_forgotten_apart()
    {
        var hour = CandleInterval.Parse("1h");
        Assert.True(IsTold(Candle(60, 10)));
        Assert.True(IsTold(Candle(60, 10) with { Interval = hour }));
        _market.ForgetCandle(_id, Minute);
        Assert.Null(_market.CandleOf(_id, Minute));
        Assert.NotNull(_market.CandleOf(_id, hour));
    }

    private bool IsTold(CandleUpdate candle)
    {
        _market.On(candle);
        var isTold = _market.Changes.Candles.Count == 1;
        _market.Changes.Clear();
        return isTold;
    }

    private CandleUpdate Candle(int minute, long close, bool isClosed = false) => new(
        _id, Minute, Timestamp.FromMilliseconds(minute * 60_000L), new Price(1), new Price(99), new Price(1), new Price(close), 1, null, null, isClosed, default);
}
