namespace Omnibook.Simulator;

/// <summary>What to simulate. The defaults are modest: four venues cost a few percent of one core.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Chooses the whole run: prices, orders, faults by chance, accounts.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The keys of the venues; see <see cref="SimulatorHost.VenueKeys"/>.</summary>
    public IReadOnlyList<string> Venues { get; init; } = SimulatorHost.UsualVenueKeys;

    /// <summary>The port of a venue by key; a venue that is left out gets a free one.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The port of the control route; 0 takes a free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>How many symbols Binance USD-M has, 1 to 10: BTC, ETH, SOL, BNB, XRP, DOGE, ADA, AVAX, LINK, HYPE against USDT.</summary>
    public int BinanceSymbols { get; init; } = 3;

    /// <summary>How many pairs Binance Spot has, 1 to 10: BTC, ETH, SOL, BNB, XRP, DOGE, ADA, AVAX, LINK, LTC against USDT.</summary>
    public int SpotSymbols { get; init; } = 3;

    /// <summary>How many symbols Bybit has, 1 to 10: BTC, ETH, SOL, XRP, DOGE, ADA, LINK, HYPE, BNB, AVAX against USDT.</summary>
    public int BybitSymbols { get; init; } = 3;

    /// <summary>
    /// How many products Coinbase has, 1 to 40: BTC, ETH, SOL, XRP, DOGE, ADA, AVAX, LINK against USD, then quiet ones named COIN9-USD and so on.
    /// </summary>
    public int CoinbaseProducts { get; init; } = 3;

    /// <summary>
    /// Levels a side far behind the others in each of Coinbase's books. The real BTC-USD has some 44,000 levels, which make a snapshot of
    /// nearly 5 MB; 22,000 here do the same.
    /// </summary>
    public int CoinbaseFarLevels { get; init; }

    /// <summary>How many markets Lighter has, 1 to 10: ETH, BTC, SOL, DOGE, XRP, HYPE, LINK, AVAX, BNB, ADA.</summary>
    public int LighterMarkets { get; init; } = 3;

    /// <summary>How many coins Hyperliquid's first dex has, 1 to 10: BTC, ETH, SOL, HYPE, BNB, XRP, DOGE, ADA, AVAX, LINK.</summary>
    public int HyperliquidCoins { get; init; } = 4;

    /// <summary>The pace of all markets in percent of the usual: 40 events a second at Binance and Bybit, 20 at Hyperliquid and Lighter.</summary>
    public int ActivityPercent { get; init; } = 100;

    /// <summary>At most so many levels a side, 20 to 900.</summary>
    public int MaxLevels { get; init; } = 400;

    /// <summary>How often Hyperliquid pushes its 20-level book. The real venue took 5.4 seconds in September 2026 and 0.5 before.</summary>
    public TimeSpan HyperliquidBookCadence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often Hyperliquid pushes its fast 5-level book.</summary>
    public TimeSpan HyperliquidFastBookCadence { get; init; } = TimeSpan.FromMilliseconds(540);

    /// <summary>How long the markets have been running when the simulator starts.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many level changes and trades of a market are remembered: how far back a true book can be asked for.</summary>
    public int Remembered { get; init; } = 10_000;

    /// <summary>How often the virtual clock follows the host's.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often Tree of Alpha has news, give or take a half.</summary>
    public TimeSpan NewsInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often Binance Spot pings its clients.</summary>
    public TimeSpan SpotPingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often Binance USD-M pings its clients.</summary>
    public TimeSpan BinancePingInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a Binance connection lives.</summary>
    public TimeSpan BinanceConnectionLife { get; init; } = TimeSpan.FromHours(24);
}
