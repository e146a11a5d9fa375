using System.Numerics;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;

namespace Omnibook.Tests.Core.Flow;

/// <summary>Candles and footprints as anybody would write them who has all the time in the world: every question goes through every trade.</summary>
internal sealed class NaiveFlow(IEnumerable<Trade> trades)
{
    private readonly Trade[] _trades = [.. trades.OrderBy(TimeOf)];

    public Dictionary<long, string> Candles(long intervalMs, long tick) => _trades
        .GroupBy(trade => Floor(TimeOf(trade).UnixMilliseconds, intervalMs))
        .ToDictionary(group => group.Key, group => Describe([.. group], tick));

    public string Whole() => Sums(_trades);

    /// <summary>The same of a candle of ours, in the same words.</summary>
    public static string Describe(FlowCandle candle)
    {
        var cells = candle.Cells.Select(cell => $"{cell.Price.Units}: {Sums(cell.Volume)}");
        return $"{candle.Open.Units} {candle.High.Units} {candle.Low.Units} {candle.Close.Units} {Sums(candle.Volume)} [{string.Join("; ", cells)}]";
    }

    public static string Sums(FlowVolume volume) =>
        $"{volume.Bought} {volume.Sold} {volume.BoughtQuote} {volume.SoldQuote} {volume.Buys} {volume.Sells}";

    private static string Describe(Trade[] trades, long tick)
    {
        var cells = tick == 0 ? [] : trades.GroupBy(trade => Floor(trade.Price.Units, tick)).OrderBy(group => group.Key).Select(group => $"{group.Key}: {Sums([.. group])}");
        var prices = trades.Select(trade => trade.Price.Units).ToArray();
        return $"{prices[0]} {prices.Max()} {prices.Min()} {prices[^1]} {Sums(trades)} [{string.Join("; ", cells)}]";
    }

    private static string Sums(Trade[] trades)
    {
        var (buys, sells) = (trades.Where(trade => trade.TakerSide == TakerSide.Buy).ToArray(), trades.Where(trade => trade.TakerSide == TakerSide.Sell).ToArray());
        return $"{Base(buys)} {Base(sells)} {Quote(buys)} {Quote(sells)} {buys.Length} {sells.Length}";
    }

    private static BigInteger Base(Trade[] trades) => trades.Aggregate(BigInteger.Zero, (sum, trade) => sum + trade.Quantity.Units);

    private static BigInteger Quote(Trade[] trades) =>
        trades.Aggregate(BigInteger.Zero, (sum, trade) => sum + (BigInteger)trade.Price.Units * trade.Quantity.Units);

    private static long Floor(long value, long step) => (long)Math.Floor((decimal)value / step) * step;

    private static Timestamp TimeOf(Trade trade) => trade.Times.VenueTime;
}
