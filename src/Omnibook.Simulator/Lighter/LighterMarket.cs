using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>One market of Lighter: the market and what its channels have to tell.</summary>
internal sealed class LighterMarket
{
    /// <summary>One hour in milliseconds: how often funding is paid.</summary>
    public const long Hour = 3_600_000;

    private const long FirstTradeId = 18_000_000_000;
    private readonly FractalNoise _interest;
    private (long Second, Candle Day) _day;

    /// <summary>Wraps a market.</summary>
    public LighterMarket(LighterListing listing, SimulatedMarket market, ulong seed)
    {
        (Listing, Market) = (listing, market);
        Seed = SeededRandom.SeedOf(seed, market.Rules.Symbol);
        _interest = new FractalNoise(SeededRandom.SeedOf(Seed, "open interest"), 60_000, 14, 20_000);
        Nonce = market.Oracle.LastSequence;
        ChangedMicroseconds = market.Oracle.LastMilliseconds * 1000;
    }

    /// <summary>How it is listed.</summary>
    public LighterListing Listing { get; }

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; }

    /// <summary>The market's own seed.</summary>
    public ulong Seed { get; }

    /// <summary>The market's number.</summary>
    public int Id => Listing.Id;

    /// <summary>For example BTC.</summary>
    public string Symbol => Market.Rules.Symbol;

    /// <summary>The nonce of the last book message, from which the next one begins.</summary>
    public long Nonce { get; set; }

    /// <summary>Counts book messages with jumps; each server adds its own beginning.</summary>
    public long Offset { get; set; }

    /// <summary>When the book last changed, Unix microseconds.</summary>
    public long ChangedMicroseconds { get; set; }

    /// <summary>What the next book message has to tell.</summary>
    public LighterChanges Changes { get; } = new();

    /// <summary>The trades since the last push.</summary>
    public List<MarketTrade> Pending { get; } = [];

    /// <summary>The statistics that were last pushed, to tell whether they changed.</summary>
    public string LastStatistics { get; set; } = "";

    /// <summary>The id of a trade as clients see it.</summary>
    public static long TradeId(long id) => FirstTradeId + id;

    /// <summary>A price as text.</summary>
    public string Price(long units) => LighterText.Fixed(units, Market.Rules.PriceScale);

    /// <summary>A price in dollars as text.</summary>
    public string Price(decimal dollars) => LighterText.Fixed(dollars, Market.Rules.PriceScale.Decimals);

    /// <summary>A size as text.</summary>
    public string Size(long units) => LighterText.Fixed(units, Market.Rules.QuantityScale);

    /// <summary>A product of price and size units in dollars.</summary>
    public decimal Value(decimal units) => units / Market.Rules.PriceScale.UnitsPerOne / Market.Rules.QuantityScale.UnitsPerOne;

    /// <summary>The best level of a side, or null.</summary>
    public TrueLevel? Best(Side side) => Market.IsHalted || Market.Book.On(side).Best is not { } best ? null : MatchingBook.Show(best);

    /// <summary>The mark price in dollars.</summary>
    public decimal Mark(long milliseconds) => LighterText.Dollars(Market.FairMicrosAt(milliseconds));

    /// <summary>The index price in dollars.</summary>
    public decimal Index(long milliseconds) => LighterText.Dollars(Market.IndexMicrosAt(milliseconds));

    /// <summary>The last 24 hours as one candle. Looked up once a second.</summary>
    public Candle DayAt(long milliseconds)
    {
        if (_day.Second != milliseconds / 1000)
        {
            Market.Candles.OpenUntil(milliseconds);
            _day = (milliseconds / 1000, Market.Candles.Day(milliseconds));
        }

        return _day.Day;
    }

    /// <summary>The rate of the hour that ends at a moment's next full hour, in percent an hour, to four decimals.</summary>
    public decimal FundingPercentAt(long milliseconds) => (12 + (long)(SeededRandom.Mix(Seed, (ulong)(milliseconds / Hour)) % 81) - 40) / 10_000m;

    /// <summary>Open interest of one side in the base.</summary>
    public decimal OpenInterestAt(long milliseconds) =>
        Market.Rules.QuantityScale.ToDecimal(ReferencePrice.Stray(Listing.OpenInterest, _interest.At(milliseconds)));
}
