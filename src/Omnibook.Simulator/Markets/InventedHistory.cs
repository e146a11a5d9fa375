namespace Omnibook.Simulator.Markets;

/// <summary>
/// Candles of the time before the simulator ran, drawn from the same reference price that the live market follows,
/// so that history and present join.
/// </summary>
internal sealed class InventedHistory(ulong seed, MarketRules rules, Func<long, long> fairPrice)
{
    private const int Samples = 4;

    /// <summary>Contiguous candles of one length, oldest first. Trade ids count up from <paramref name="firstTrade"/>.</summary>
    public IEnumerable<Candle> Between(long from, long to, long length, long firstTrade)
    {
        var open = fairPrice(from);
        for (var time = from; time < to; time += length)
        {
            var candle = Draw(time, length, open, firstTrade);
            yield return candle;
            open = candle.Close;
            firstTrade = candle.LastTrade + 1;
        }
    }

    private Candle Draw(long time, long length, long open, long firstTrade)
    {
        var close = fairPrice(time + length);
        var (low, high) = (Math.Min(open, close), Math.Max(open, close));
        for (var sample = 1; sample < Samples; sample++)
        {
            var price = fairPrice(time + length * sample / Samples);
            (low, high) = (Math.Min(low, price), Math.Max(high, price));
        }

        var random = new SeededRandom(SeededRandom.Mix(seed, (ulong)time));
        high += random.Below(8) * rules.Tick;
        low -= random.Below(8) * rules.Tick;
        var minutes = length / 60_000;
        var trades = (int)(random.Between(80, 300) * minutes);
        var volume = random.Between(60, 300) * minutes * rules.TypicalQuantity;
        var bought = volume * random.Between(350, 650) / 1000 / rules.Lot * rules.Lot;
        decimal middle = (open + close + high + low) / 4;
        return new Candle(
            time, open, high, low, close, volume, bought, middle * volume, middle * bought, trades, firstTrade, firstTrade + trades - 1);
    }
}
