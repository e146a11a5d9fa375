using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>A perpetual contract: besides the market its funding, open interest, positioning and liquidations.</summary>
internal sealed class UsdmMarket : BinanceMarket
{
    private const long Hour = 3_600_000;
    private const long FundingInterval = 8 * Hour;
    private static readonly TimeSpan AggregateWindow = TimeSpan.FromMilliseconds(100);
    private readonly FractalNoise _interest;
    private readonly FractalNoise _accounts;
    private readonly ulong _seed;

    /// <summary>Wraps a market.</summary>
    public UsdmMarket(UsdmContract contract, SimulatedMarket market, ulong seed, int remembered)
        : base(contract.Symbol, market, AggregatesOf(market, seed, remembered), [new("@100ms"), new(""), new("@500ms")])
    {
        Contract = contract;
        _seed = SeedOf(market, seed);
        _interest = new FractalNoise(SeededRandom.SeedOf(_seed, "open interest"), 60_000, 14, 20_000);
        _accounts = new FractalNoise(SeededRandom.SeedOf(_seed, "accounts"), 300_000, 12, 2_000_000);
    }

    /// <summary>What is fixed about the contract.</summary>
    public UsdmContract Contract { get; }

    /// <summary>Its liquidations of the running second.</summary>
    public ForcedOrders Forced { get; } = new();

    /// <summary>The funding time after a moment: 00, 08 and 16 hours UTC.</summary>
    public static long NextFunding(long milliseconds) => (milliseconds / FundingInterval + 1) * FundingInterval;

    /// <summary>The rate of a funding time in units of 10^-8, around 0.01 percent.</summary>
    public long FundingRateAt(long fundingTime) => 10_000 + (long)(SeededRandom.Mix(_seed, (ulong)fundingTime) % 9_001) - 4_500;

    /// <summary>Open interest at a moment, in units of the quantity scale.</summary>
    public long OpenInterestAt(long milliseconds) =>
        ReferencePrice.Stray(Contract.OpenInterest, _interest.At(milliseconds)) / Market.Rules.Lot * Market.Rules.Lot;

    /// <summary>The share of accounts that are long at a moment, in ten-thousandths.</summary>
    public long LongAccountsAt(long milliseconds) => Math.Clamp(5_800 + _accounts.At(milliseconds) / 100_000, 1_000, 9_000);

    private static ulong SeedOf(SimulatedMarket market, ulong seed) => SeededRandom.SeedOf(seed, market.Rules.Symbol);

    private static AggregateTrades AggregatesOf(SimulatedMarket market, ulong seed, int remembered) =>
        new(remembered, 2_000_000_000 + (long)(SeedOf(market, seed) % 100_000_000), AggregateWindow);
}
