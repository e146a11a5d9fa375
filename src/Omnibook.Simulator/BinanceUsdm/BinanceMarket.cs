using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>One symbol of Binance: the market and what its streams have to tell.</summary>
internal sealed class BinanceMarket
{
    private const long Hour = 3_600_000;
    private const long FundingInterval = 8 * Hour;
    private readonly FractalNoise _interest;
    private readonly FractalNoise _accounts;
    private readonly ulong _seed;

    /// <summary>Wraps a market.</summary>
    public BinanceMarket(BinanceSymbol symbol, SimulatedMarket market, ulong seed, int remembered)
    {
        (Symbol, Market) = (symbol, market);
        _seed = SeededRandom.SeedOf(seed, market.Rules.Symbol);
        _interest = new FractalNoise(SeededRandom.SeedOf(_seed, "open interest"), 60_000, 14, 20_000);
        _accounts = new FractalNoise(SeededRandom.SeedOf(_seed, "accounts"), 300_000, 12, 2_000_000);
        Aggregates = new AggregateTrades(remembered, 2_000_000_000 + (long)(_seed % 100_000_000));
        Stream = market.Rules.Symbol.ToLowerInvariant();
    }

    /// <summary>How it is written.</summary>
    public BinanceSymbol Symbol { get; }

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; }

    /// <summary>The name in capitals.</summary>
    public string Name => Market.Rules.Symbol;

    /// <summary>The name in stream names.</summary>
    public string Stream { get; }

    /// <summary>The three diff streams: 100, 250 and 500 ms.</summary>
    public DiffStream Fast { get; } = new("@100ms");

    /// <summary>250 ms.</summary>
    public DiffStream Usual { get; } = new("");

    /// <summary>500 ms.</summary>
    public DiffStream Slow { get; } = new("@500ms");

    /// <summary>The aggregates of its trades.</summary>
    public AggregateTrades Aggregates { get; }

    /// <summary>Its liquidations of the running second.</summary>
    public ForcedOrders Forced { get; } = new();

    /// <summary>The top that was last published.</summary>
    public (TrueLevel Bid, TrueLevel Ask) Top { get; set; }

    /// <summary>Changes with each trade.</summary>
    public long TradeCount { get; set; }

    /// <summary>A price as text.</summary>
    public string Price(long units) => BinanceText.Fixed(units, Market.Rules.PriceScale, Symbol.PriceDigits);

    /// <summary>A quantity as text.</summary>
    public string Quantity(long units) => BinanceText.Fixed(units, Market.Rules.QuantityScale, Symbol.QuantityDigits);

    /// <summary>A product of price and quantity units as a decimal.</summary>
    public decimal Value(decimal units) => units / Market.Rules.PriceScale.UnitsPerOne / Market.Rules.QuantityScale.UnitsPerOne;

    /// <summary>The best level of a side, or an empty one.</summary>
    public TrueLevel Best(Side side) => Market.Book.On(side).Best is { } best ? MatchingBook.Show(best) : default;

    /// <summary>The top levels of a side, best first.</summary>
    public IEnumerable<TrueLevel> Levels(Side side, int count)
    {
        var ladder = Market.Book.On(side);
        for (var rank = 0; rank < Math.Min(count, ladder.Count); rank++)
        {
            yield return MatchingBook.Show(ladder[rank]);
        }
    }

    /// <summary>The funding time at or after a moment: 00, 08 and 16 hours UTC.</summary>
    public static long NextFunding(long milliseconds) => (milliseconds / FundingInterval + 1) * FundingInterval;

    /// <summary>The rate of a funding time in units of 10^-8, around 0.01 percent.</summary>
    public long FundingRateAt(long fundingTime) => 10_000 + (long)(SeededRandom.Mix(_seed, (ulong)fundingTime) % 9_001) - 4_500;

    /// <summary>Open interest at a moment, in units of the quantity scale.</summary>
    public long OpenInterestAt(long milliseconds) =>
        ReferencePrice.Stray(Symbol.OpenInterest, _interest.At(milliseconds)) / Market.Rules.Lot * Market.Rules.Lot;

    /// <summary>The share of accounts that are long at a moment, in ten-thousandths.</summary>
    public long LongAccountsAt(long milliseconds) => Math.Clamp(5_800 + _accounts.At(milliseconds) / 100_000, 1_000, 9_000);
}
