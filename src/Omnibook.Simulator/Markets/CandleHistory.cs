namespace Omnibook.Simulator.Markets;

/// <summary>
/// The candles of a market: minutes of the last days, hours before that. Longer ones are joined from these, so that all
/// intervals agree with each other.
/// </summary>
internal sealed class CandleHistory
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const int InventedMinutesHours = 48;
    private const int InventedHours = 5000;
    private const int MostMinutes = 6 * 24 * 60;

    private readonly InventedHistory _invented;
    private readonly List<Candle> _minutes = [];
    private List<Candle>? _hours;

    /// <summary>Draws the minutes before <paramref name="start"/>, which is a whole minute.</summary>
    public CandleHistory(InventedHistory invented, long start, long firstTrade)
    {
        _invented = invented;
        var from = start / Hour * Hour - InventedMinutesHours * Hour;
        _minutes.AddRange(invented.Between(from, start, Minute, firstTrade));
        _minutes.Add(Candle.Flat(start, _minutes[^1].Close));
    }

    /// <summary>The id after that of the last invented trade.</summary>
    public long NextTrade => _minutes.FindLast(static minute => minute.Trades > 0).LastTrade + 1;

    /// <summary>The running minute.</summary>
    public Candle Running => _minutes[^1];

    /// <summary>Opens minutes until the one that holds a moment is running.</summary>
    public void OpenUntil(long milliseconds)
    {
        while (_minutes[^1].OpenTime + Minute <= milliseconds)
        {
            _minutes.Add(Candle.Flat(_minutes[^1].OpenTime + Minute, _minutes[^1].Close));
        }

        if (_minutes.Count > MostMinutes)
        {
            _ = Hours;
            _hours!.Add(Join(_minutes.Take(60), _minutes[0].OpenTime));
            _minutes.RemoveRange(0, 60);
        }
    }

    /// <summary>Adds a trade to the running minute.</summary>
    public void Add(in MarketTrade trade)
    {
        OpenUntil(trade.Milliseconds);
        _minutes[^1] = _minutes[^1].With(trade);
    }

    /// <summary>The interval that holds a moment, as far as it has come.</summary>
    public Candle At(CandleInterval interval, long milliseconds)
    {
        var from = interval.Floor(milliseconds);
        return Between(interval, from, milliseconds).LastOrDefault(Candle.Flat(from, Running.Close));
    }

    /// <summary>The candles that open between two moments, both included, oldest first.</summary>
    public IReadOnlyList<Candle> Between(CandleInterval interval, long from, long to)
    {
        var result = new List<Candle>();
        foreach (var part in Parts(interval, interval.Floor(from)))
        {
            var open = interval.Floor(part.OpenTime);
            if (open < from || open > to)
            {
                continue;
            }

            if (result.Count > 0 && result[^1].OpenTime == open)
            {
                result[^1] = result[^1].Join(part, open);
            }
            else
            {
                result.Add(part with { OpenTime = open });
            }
        }

        return result;
    }

    /// <summary>The last 24 hours as one candle.</summary>
    public Candle Day(long milliseconds) =>
        Join(MinutesFrom(milliseconds - 24 * Hour), Math.Max(milliseconds - 24 * Hour, _minutes[0].OpenTime));

    /// <summary>The price a day ago.</summary>
    public long PriceADayAgo(long milliseconds) => MinutesFrom(milliseconds - 24 * Hour).First().Open;

    private List<Candle> Hours => _hours ??=
        [.. _invented.Between(_minutes[0].OpenTime - InventedHours * Hour, _minutes[0].OpenTime, Hour, 1)];

    private IEnumerable<Candle> Parts(CandleInterval interval, long from) =>
        interval.Milliseconds < Hour || from >= _minutes[0].OpenTime
            ? MinutesFrom(from)
            : Hours.SkipWhile(hour => hour.OpenTime < from).Concat(_minutes);

    private IEnumerable<Candle> MinutesFrom(long from) =>
        _minutes.Skip((int)Math.Clamp((from - _minutes[0].OpenTime + Minute - 1) / Minute, 0, _minutes.Count - 1));

    private static Candle Join(IEnumerable<Candle> candles, long openTime) =>
        candles.Aggregate((left, right) => left.Join(right, openTime));
}
