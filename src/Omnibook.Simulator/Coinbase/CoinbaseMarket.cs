using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>One product: the market and what its channels have to tell.</summary>
internal sealed class CoinbaseMarket(CoinbaseListing listing, SimulatedMarket market)
{
    private const long Day = 24 * 3_600_000;
    private const int YearDays = 364;
    private (long Until, long Low, long High) _year;

    /// <summary>What is fixed about it.</summary>
    public CoinbaseListing Listing { get; } = listing;

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; } = market;

    /// <summary>The product's id.</summary>
    public string Id => Market.Rules.Symbol;

    /// <summary>What the next book frame has to tell.</summary>
    public CoinbaseChanges Changes { get; } = new();

    /// <summary>The fills of what happens now, oldest first.</summary>
    public List<MarketTrade> Fills { get; } = [];

    /// <summary>Changes with each trade.</summary>
    public long TradeCount { get; set; }

    /// <summary>A price as text, in the shortest form.</summary>
    public string Price(long units) => Market.Rules.PriceScale.Format(units);

    /// <summary>A quantity as text, in the shortest form.</summary>
    public string Quantity(long units) => Market.Rules.QuantityScale.Format(units);

    /// <summary>The best level of a side, or an empty one.</summary>
    public TrueLevel Best(Side side) => Market.Book.On(side).Best is { } best ? MatchingBook.Show(best) : default;

    /// <summary>The lowest and the highest price of 52 weeks, as far as history goes; looked up once a day.</summary>
    public (long Low, long High) YearRange(long now)
    {
        if (now >= _year.Until)
        {
            var days = Market.Candles.Between(CandleInterval.Find("1d")!, now - YearDays * Day, now);
            _year = (now + Day, days.Min(static day => day.Low), days.Max(static day => day.High));
        }

        return (_year.Low, _year.High);
    }
}
