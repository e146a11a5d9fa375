using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.History;

/// <summary>A day of trades: a seeded walk of the price, bursts at one moment and price, quantities of which most are small.</summary>
/// <param name="aDay">How many trades a day has.</param>
/// <param name="instruments">How many instruments share them.</param>
internal sealed class MadeTrades(int aDay, int instruments)
{
    private const long NanosecondsPerDay = 86_400_000_000_000;
    private const int Centre = 1_000_000;
    private const int Reach = 20_000;

    private readonly Random _random = new(1_511);
    private readonly long[] _prices = [.. Enumerable.Repeat((long)Centre, instruments)];
    private readonly long[] _ids = new long[instruments];
    private int _made;
    private int _burst;
    private int _instrument;
    private TakerSide _side;
    private EventTimes _times;

    public static Timestamp Begin { get; } = Timestamp.From(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A clock that stands at the end of the day; its timers are the system's.</summary>
    public static TimeProvider Clock { get; } = new EndOfDay();

    public static InstrumentCatalog NewCatalog(int instruments)
    {
        var catalog = new InstrumentCatalog();
        for (var i = 0; i < instruments; i++)
        {
            catalog.Register(new InstrumentListing
            {
                Venue = new VenueId("binance-usdm"),
                Symbol = $"COIN{i}USDT",
                Pair = new Pair($"COIN{i}", "USDT"),
                Kind = InstrumentKind.Perpetual,
                PriceScale = new Scale(1),
                QuantityScale = new Scale(3),
                Tick = new Price(1),
                Lot = new Quantity(1),
            });
        }

        return catalog;
    }

    public Trade Next()
    {
        if (_burst-- <= 0)
        {
            BeginBurst();
        }

        _made++;
        var quantity = 1 + (_random.Next(3) == 0 ? _random.Next(20_000) : _random.Next(200));
        return new Trade(
            new InstrumentId(_instrument), ++_ids[_instrument], new Price(_prices[_instrument] + (_burst & 1)), new Quantity(quantity), _side, _times);
    }

    /// <summary>Another frame: one instrument, one moment, one side.</summary>
    private void BeginBurst()
    {
        _burst = _random.Next(6);
        _instrument = _random.Next(instruments);
        _side = (TakerSide)_random.Next(2);
        _prices[_instrument] += _random.Next(-3, 4) + (_prices[_instrument] > Centre + Reach ? -2 : _prices[_instrument] < Centre - Reach ? 2 : 0);
        var milliseconds = (long)((double)_made / aDay * NanosecondsPerDay) / 1_000_000;
        _times = new EventTimes(
            new Timestamp(Begin.Nanoseconds + milliseconds * 1_000_000),
            new Timestamp(Begin.Nanoseconds + milliseconds * 1_000_000 + 23_000_000 + _random.Next(40_000) * 100));
    }

    private sealed class EndOfDay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Begin.ToDateTimeOffset().AddDays(1).AddMinutes(-1);
    }
}
