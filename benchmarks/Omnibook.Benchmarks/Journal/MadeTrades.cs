using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Journal;

/// <summary>Trades of ten instruments as venues tell them: some together in a millisecond, prices that walk, numbers that count.</summary>
internal static class MadeTrades
{
    public const int Instruments = 10;

    public static InstrumentCatalog Catalog()
    {
        var catalog = new InstrumentCatalog();
        for (var i = 0; i < Instruments; i++)
        {
            catalog.Register(new InstrumentListing
            {
                Venue = new VenueId("made"),
                Symbol = $"COIN{i}USDT",
                Pair = new Pair($"COIN{i}", "USDT"),
                Kind = InstrumentKind.Perpetual,
                PriceScale = new Scale(2),
                QuantityScale = new Scale(3),
                Tick = new Price(10),
                Lot = new Quantity(1),
            });
        }

        return catalog;
    }

    public static Trade[] Make(int count)
    {
        var random = new Random(8);
        var (prices, ids) = (new long[Instruments], new long[Instruments]);
        Array.Fill(prices, 6_180_020);
        Array.Fill(ids, 5_000_000_000);
        var trades = new Trade[count];
        var (instrument, now) = (0, 1_795_000_000_000_000_000);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(3) == 0)
            {
                instrument = random.Next(Instruments);
                now += random.Next(1, 20) * 1_000_000L;
            }

            prices[instrument] += 10 * random.Next(-2, 3);
            var times = new EventTimes(new Timestamp(now), new Timestamp(now + 3_000_000 + now % 977 * 100));
            var side = random.Next(2) == 0 ? TakerSide.Buy : TakerSide.Sell;
            trades[i] = new Trade(new InstrumentId(instrument), ++ids[instrument], new Price(prices[instrument]), new Quantity(random.NextInt64(1, 20_000)), side, times);
        }

        return trades;
    }
}
