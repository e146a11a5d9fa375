using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>A trade with what Bybit tells of it.</summary>
/// <param name="Trade">The fill.</param>
/// <param name="Sequence">The cross sequence; fills of one order share it.</param>
/// <param name="Tick">PlusTick, ZeroPlusTick, MinusTick or ZeroMinusTick.</param>
internal readonly record struct BybitTrade(MarketTrade Trade, long Sequence, string Tick);

/// <summary>One symbol of Bybit: the market and what its topics have to tell.</summary>
internal sealed class BybitMarket
{
    /// <summary>Eight hours in milliseconds.</summary>
    public const long FundingInterval = 8 * 3_600_000L;

    private const long Hour = 3_600_000;
    private readonly FractalNoise _interest;
    private readonly FractalNoise _accounts;
    private readonly ulong _seed;
    private (long Second, Candle Day, long HourAgo) _day;
    private string _tick = "ZeroPlusTick";
    private long _lastPrice;

    /// <summary>Wraps a market.</summary>
    public BybitMarket(BybitSymbol symbol, SimulatedMarket market, ulong seed, int remembered)
    {
        (Symbol, Market) = (symbol, market);
        _seed = SeededRandom.SeedOf(seed, market.Rules.Symbol);
        _interest = new FractalNoise(SeededRandom.SeedOf(_seed, "open interest"), 60_000, 14, 20_000);
        _accounts = new FractalNoise(SeededRandom.SeedOf(_seed, "accounts"), 300_000, 12, 2_000_000);
        _lastPrice = market.LastPrice;
        Trades = new TradeLedger<BybitTrade>(remembered, market.Trades.NextId);
        Depths = [.. BybitTopic.Depths.Select((levels, index) => new BybitDepth(levels, 200_000_000 * (index + 1) + (long)(_seed % 50_000_000), remembered))];
        foreach (var depth in Depths)
        {
            depth.TryMove(market);
        }
    }

    /// <summary>How it is written.</summary>
    public BybitSymbol Symbol { get; }

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; }

    /// <summary>For example BTCUSDT.</summary>
    public string Name => Market.Rules.Symbol;

    /// <summary>The book streams, shallowest first.</summary>
    public IReadOnlyList<BybitDepth> Depths { get; }

    /// <summary>The recent trades, with the ids of <see cref="SimulatedMarket.Trades"/>.</summary>
    public TradeLedger<BybitTrade> Trades { get; }

    /// <summary>The trades since the last push.</summary>
    public List<BybitTrade> Pending { get; } = [];

    /// <summary>The forced orders since the last push.</summary>
    public List<BybitLiquidation> Liquidations { get; } = [];

    /// <summary>The fields of the ticker that listeners have, by name.</summary>
    public Dictionary<string, string> Ticker { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts the ticker's messages: <c>cs</c>.</summary>
    public long TickerSequence { get; set; } = 9_000_000_000;

    /// <summary>The book stream of a depth.</summary>
    public BybitDepth DepthOf(int levels) => Depths.First(depth => depth.Levels == levels);

    /// <summary>A trade happened.</summary>
    public void Add(in MarketTrade trade, long sequence)
    {
        _tick = trade.Price > _lastPrice ? "PlusTick" : trade.Price < _lastPrice ? "MinusTick" : _tick.StartsWith("Zero", StringComparison.Ordinal) ? _tick : "Zero" + _tick;
        _lastPrice = trade.Price;
        var told = new BybitTrade(trade, sequence, _tick);
        Trades.Add(told);
        Pending.Add(told);
        if (trade.IsLiquidation)
        {
            AddLiquidation(trade);
        }
    }

    /// <summary>The direction of the last trade.</summary>
    public string TickDirection => _tick;

    /// <summary>The id of a trade, the same on the socket and in REST.</summary>
    public string TradeId(long id) => BybitText.TradeId(_seed, id);

    /// <summary>A price as text.</summary>
    public string Price(long units) => BybitText.Fixed(units, Market.Rules.PriceScale, Symbol.PriceDigits);

    /// <summary>A price in millionths of a dollar as text.</summary>
    public string PriceOfMicros(long micros) => BybitText.Fixed(BybitText.Dollars(micros), Symbol.PriceDigits);

    /// <summary>A quantity as text.</summary>
    public string Quantity(long units) => BybitText.Fixed(units, Market.Rules.QuantityScale, Symbol.QuantityDigits);

    /// <summary>A product of price and quantity units as a decimal.</summary>
    public decimal Value(decimal units) => units / Market.Rules.PriceScale.UnitsPerOne / Market.Rules.QuantityScale.UnitsPerOne;

    /// <summary>The best level of a side, or an empty one.</summary>
    public TrueLevel Best(Side side) => Market.Book.On(side).Best is { } best ? MatchingBook.Show(best) : default;

    /// <summary>The last 24 hours as one candle, and the price an hour ago. Looked up once a second.</summary>
    public (Candle Day, long HourAgo) DayAt(long milliseconds)
    {
        if (_day.Second != milliseconds / 1000)
        {
            Market.Candles.OpenUntil(milliseconds);
            var hourAgo = Market.Candles.Between(CandleInterval.Find("1m")!, milliseconds - Hour, milliseconds - Hour + 60_000)[0].Open;
            _day = (milliseconds / 1000, Market.Candles.Day(milliseconds), hourAgo);
        }

        return (_day.Day, _day.HourAgo);
    }

    /// <summary>The rate of a funding time in units of 10^-8, around 0.01 percent.</summary>
    public long FundingRateAt(long fundingTime) => 10_000 + (long)(SeededRandom.Mix(_seed, (ulong)fundingTime) % 9_001) - 4_500;

    /// <summary>The funding time after a moment: 00, 08 and 16 hours UTC.</summary>
    public static long NextFunding(long milliseconds) => (milliseconds / FundingInterval + 1) * FundingInterval;

    /// <summary>Open interest of both sides at a moment; always even, because each contract has two sides.</summary>
    public long OpenInterestAt(long milliseconds)
    {
        var grid = 2 * Market.Rules.Lot;
        return ReferencePrice.Stray(Symbol.OpenInterest, _interest.At(milliseconds)) / grid * grid;
    }

    /// <summary>The share of accounts that are long at a moment, in ten-thousandths.</summary>
    public long LongAccountsAt(long milliseconds) => Math.Clamp(5_400 + _accounts.At(milliseconds) / 100_000, 1_000, 9_000);

    private void AddLiquidation(in MarketTrade trade)
    {
        var same = Liquidations.Count > 0 && Liquidations[^1] is var last && last.Milliseconds == trade.Milliseconds && last.TakerSide == trade.TakerSide;
        if (!same)
        {
            Liquidations.Add(new BybitLiquidation(trade.TakerSide, 0, trade.Price, trade.Milliseconds));
        }

        Liquidations[^1] = Liquidations[^1] with { Quantity = Liquidations[^1].Quantity + trade.Quantity, WorstPrice = trade.Price };
    }
}

/// <summary>A forced order.</summary>
/// <param name="TakerSide">Ask when a long was liquidated, which sells.</param>
/// <param name="Quantity">What was filled.</param>
/// <param name="WorstPrice">The price of its last fill.</param>
/// <param name="Milliseconds">When.</param>
internal readonly record struct BybitLiquidation(Side TakerSide, long Quantity, long WorstPrice, long Milliseconds);
