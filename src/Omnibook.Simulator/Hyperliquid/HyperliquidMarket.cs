using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>One coin: the market and what its channels have to tell.</summary>
internal sealed class HyperliquidMarket
{
    private const long Hour = 3_600_000;
    private readonly FractalNoise _interest;
    private readonly ulong _seed;

    /// <summary>Wraps a market.</summary>
    public HyperliquidMarket(HyperliquidCoin coin, HyperliquidDex dex, SimulatedMarket market, ulong seed)
    {
        (Coin, Dex, Market) = (coin, dex, market);
        _seed = SeededRandom.SeedOf(seed, coin.Rules.Symbol);
        _interest = new FractalNoise(SeededRandom.SeedOf(_seed, "open interest"), 60_000, 14, 20_000);
        NextDue = market.NextPauseMicroseconds();
        Top = (Best(Side.Bid) ?? default, Best(Side.Ask) ?? default);
    }

    /// <summary>How it was set up.</summary>
    public HyperliquidCoin Coin { get; }

    /// <summary>The dex that lists it.</summary>
    public HyperliquidDex Dex { get; }

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; }

    /// <summary>For example <c>merrli:BTC</c>.</summary>
    public string Name => Coin.Rules.Symbol;

    /// <summary>When the next order arrives, in microseconds since the beginning.</summary>
    public long NextDue { get; set; }

    /// <summary>The trades of the running block.</summary>
    public List<MarketTrade> BlockTrades { get; } = [];

    /// <summary>The top that was last published.</summary>
    public (TrueLevel Bid, TrueLevel Ask) Top { get; set; }

    /// <summary>Changes with each trade.</summary>
    public long TradeCount { get; set; }

    /// <summary>A price as text.</summary>
    public string Price(long units) => HyperliquidText.Amount(units, Coin.Rules.PriceScale);

    /// <summary>A size as text.</summary>
    public string Size(long units) => HyperliquidText.Amount(units, Coin.Rules.QuantityScale);

    /// <summary>The best level of a side, or null.</summary>
    public TrueLevel? Best(Side side) => Market.IsHalted || Market.Book.On(side).Best is not { } best ? null : MatchingBook.Show(best);

    /// <summary>The middle of the touch, which may be half a tick off the grid; the fair price when a side is empty.</summary>
    public decimal Mid(long now) => Best(Side.Bid) is { } bid && Best(Side.Ask) is { } ask
        ? Coin.Rules.PriceScale.ToDecimal(bid.Price + ask.Price) / 2
        : Mark(now);

    /// <summary>The mark price at a moment, on the grid of prices.</summary>
    public decimal Mark(long milliseconds) => Coin.Rules.PriceScale.ToDecimal(Market.FairPriceAt(milliseconds));

    /// <summary>The oracle's price at a moment; it is renewed every three seconds.</summary>
    public decimal Oracle(long milliseconds) =>
        Coin.Rules.PriceScale.ToDecimal(Coin.Rules.OnGrid(Market.IndexMicrosAt(milliseconds / 3000 * 3000)));

    /// <summary>The hourly funding rate of a moment's hour, around 0.0000125.</summary>
    public decimal FundingAt(long milliseconds) =>
        0.0000125m + (decimal)((long)(SeededRandom.Mix(_seed, (ulong)(milliseconds / Hour)) % 16_001) - 8_000) / 1_000_000_000m;

    /// <summary>Open interest in the base coin.</summary>
    public decimal OpenInterestAt(long milliseconds) =>
        Coin.Rules.QuantityScale.ToDecimal(ReferencePrice.Stray(Coin.OpenInterest, _interest.At(milliseconds)));
}
