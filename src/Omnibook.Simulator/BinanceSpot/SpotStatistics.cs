using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>Figures that the streams and REST both tell.</summary>
internal static class SpotStatistics
{
    private const long Minute = 60_000;
    private const int AverageMinutes = 5;

    /// <summary>How far the last price is from the first, in percent.</summary>
    public static string ChangePercent(in Candle candle) => BinanceText.Fixed((decimal)(candle.Close - candle.Open) * 100 / candle.Open, 3);

    /// <summary>The price weighted by volume; the last one when nothing was traded.</summary>
    public static string WeightedAverage(BinanceMarket market, in Candle candle) => candle.Volume == 0
        ? market.Price(candle.Close)
        : BinanceText.Fixed(candle.Quote / candle.Volume / market.Market.Rules.PriceScale.UnitsPerOne, SpotSymbols.Digits);

    /// <summary>The weighted price of the last five minutes.</summary>
    public static string AveragePrice(BinanceMarket market, long now)
    {
        var minutes = market.Market.Candles.Between(CandleInterval.Find("1m")!, now - AverageMinutes * Minute, now);
        return WeightedAverage(market, minutes.Aggregate((left, right) => left.Join(right, left.OpenTime)));
    }

    /// <summary>When the last trade was, Unix milliseconds; now before the first.</summary>
    public static long LastTradeTime(BinanceMarket market, long now) =>
        market.Market.Trades.Newest(1).Select(static trade => trade.Milliseconds).FirstOrDefault(now);
}
