using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Simulator.Markets;

public class CandleHistoryTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    private SimulatedMarket Market => _venue.Venue.Markets["BTCUSDT"];

    private long Now => _venue.Venue.Schedule.Milliseconds;

    [Theory]
    [InlineData("5m")]
    [InlineData("1h")]
    [InlineData("4h")]
    [InlineData("1d")]
    public void A_longer_candle_is_the_sum_of_the_minutes_in_it(string name)
    {
        _venue.Run(130);
        Market.Candles.OpenUntil(Now);
        var interval = CandleInterval.Find(name)!;
        var long_ = Market.Candles.At(interval, Now);
        var minutes = Market.Candles.Between(CandleInterval.Find("1m")!, interval.Floor(Now), Now);

        Assert.Equal(minutes.Sum(static minute => minute.Volume), long_.Volume);
        Assert.Equal(minutes.Max(static minute => minute.High), long_.High);
        Assert.Equal(minutes.Min(static minute => minute.Low), long_.Low);
        Assert.Equal(minutes[0].Open, long_.Open);
        Assert.Equal(minutes[^1].Close, long_.Close);
    }

    [Fact]
    public void The_minutes_since_the_start_are_the_trades_and_their_ids_follow_those_of_history()
    {
        var first = Market.Trades.OldestId;
        _venue.Run(150);
        var minutes = Market.Candles.Between(CandleInterval.Find("1m")!, 0, Now);
        var live = minutes.First(minute => minute.FirstTrade == first);
        var trades = Market.Trades.From(first, live.Trades).ToList();

        Assert.Equal(trades.Sum(static trade => trade.Quantity), live.Volume);
        Assert.Equal(first - 1, minutes.Last(minute => minute.OpenTime < live.OpenTime && minute.Trades > 0).LastTrade);
        Assert.True(minutes.Zip(minutes.Skip(1)).All(static pair => pair.First.OpenTime + 60_000 == pair.Second.OpenTime));
    }
}
