using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>A venue, as its markets see it: it numbers their changes and publishes them.</summary>
internal interface IMarketOwner
{
    /// <summary>The moment, in Unix milliseconds, with which what happens now is stamped.</summary>
    long StampMilliseconds { get; }

    /// <summary>The sequence number of the change that happens now in a market.</summary>
    long NextSequence(SimulatedMarket market);

    /// <summary>A level of a market changed.</summary>
    void OnChange(SimulatedMarket market, in LevelChange change);

    /// <summary>A trade happened.</summary>
    void OnTrade(SimulatedMarket market, in MarketTrade trade);
}

/// <summary>One market of one venue: the matching book, what drives it, and everything that is remembered of it.</summary>
internal sealed class SimulatedMarket : IMatchingObserver
{
    private readonly IMarketOwner _owner;
    private readonly ReferencePrice _reference;
    private readonly FractalNoise _wander;
    private readonly SeededRandom _pace;
    private readonly OrderFlow _flow;
    /// <summary>Makers need some prices to choose from.</summary>
    private const int LeastSpan = 50;

    private MarketRules? _finer;
    private RestingOrder? _crossing;
    private bool _isLiquidating;

    /// <summary>Creates a market with invented history and a full book.</summary>
    public SimulatedMarket(IMarketOwner owner, ulong seed, MarketRules rules, ReferencePrice reference, int remembered)
    {
        (_owner, Rules, _reference) = (owner, rules, reference);
        var own = SeededRandom.SeedOf(seed, "market/" + rules.Symbol);
        _wander = new FractalNoise(SeededRandom.SeedOf(own, "wander"), 2000, 5, rules.WanderPartsPerBillion);
        _pace = new SeededRandom(SeededRandom.SeedOf(own, "pace"));
        Book = new MatchingBook(this);
        Oracle = new TrueBooks(rules, remembered);
        _flow = new OrderFlow(new SeededRandom(SeededRandom.SeedOf(own, "flow")), rules, Book);
        var invented = new InventedHistory(SeededRandom.SeedOf(own, "history"), rules, FairPriceAt);
        Candles = new CandleHistory(invented, owner.StampMilliseconds, 1_000_000_000 + (long)(own % 1_000_000_000));
        Trades = new TradeLedger<MarketTrade>(remembered, Candles.NextTrade);
        _flow.Populate(FairPriceAt(owner.StampMilliseconds));
    }

    /// <summary>What is fixed about the market.</summary>
    public MarketRules Rules { get; private set; }

    /// <summary>The book of now.</summary>
    public MatchingBook Book { get; }

    /// <summary>The recent books.</summary>
    public TrueBooks Oracle { get; }

    /// <summary>The recent trades.</summary>
    public TradeLedger<MarketTrade> Trades { get; }

    /// <summary>The candles.</summary>
    public CandleHistory Candles { get; }

    /// <summary>True while nothing happens and the venue is well: a fault.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>True while nothing may happen: the market is delisted by a fault.</summary>
    public bool IsHalted { get; set; }

    /// <summary>The price of the last trade, or of the last invented candle.</summary>
    public long LastPrice => Candles.Running.Close;

    /// <summary>What the asset is worth at this venue at a moment, on the tick grid.</summary>
    public long FairPriceAt(long milliseconds) => Rules.OnGrid(FairMicrosAt(milliseconds));

    /// <summary>The same in millionths of a dollar, off the grid: the mark price.</summary>
    public long FairMicrosAt(long milliseconds) =>
        ReferencePrice.Stray(_reference.MicrosAt(milliseconds), Rules.BiasPartsPerBillion + _wander.At(milliseconds));

    /// <summary>The shared index price in millionths of a dollar.</summary>
    public long IndexMicrosAt(long milliseconds) => _reference.MicrosAt(milliseconds);

    /// <summary>How long until the next event, in microseconds.</summary>
    public long NextPauseMicroseconds() => Math.Max(1, _pace.Between(1, 2000) * 1_000_000 / Rules.EventsPerThousandSeconds);

    /// <summary>One event happens now.</summary>
    public void Step()
    {
        if (IsHalted || IsQuiet)
        {
            return;
        }

        if (_flow.Step(FairPriceAt(_owner.StampMilliseconds), _crossing is not null))
        {
            _isLiquidating = true;
            _flow.Liquidate();
            _isLiquidating = false;
        }
    }

    /// <summary>A fault: prices are so many times coarser until <see cref="RefineTick"/>. Orders between two of the new ticks are cancelled.</summary>
    public void CoarsenTick(int times)
    {
        RefineTick();
        _finer = Rules;
        Keep(Rules with { Tick = Rules.Tick * times, SpanTicks = Math.Max(LeastSpan, Rules.SpanTicks / times) });
        for (var slot = Book.OrderCount - 1; slot >= 0; slot--)
        {
            if (Book.OrderAt(slot) is var order && order.Level.Price % Rules.Tick != 0)
            {
                Book.Cancel(order);
            }
        }
    }

    /// <summary>Ends <see cref="CoarsenTick"/>.</summary>
    public void RefineTick()
    {
        if (_finer is { } rules)
        {
            _finer = null;
            Keep(rules);
        }
    }

    private void Keep(MarketRules rules)
    {
        Rules = rules;
        _flow.Keep(rules);
    }

    /// <summary>A fault: puts a bid at, or some ticks above, the best ask, and freezes the touch until <see cref="Uncross"/>.</summary>
    public void Cross(int ticks)
    {
        if (_crossing is null && Book.Asks.Best is { } ask)
        {
            _crossing = Book.Place(Side.Bid, ask.Price + ticks * Rules.Tick, Rules.TypicalQuantity);
        }
    }

    /// <summary>Ends <see cref="Cross"/>.</summary>
    public void Uncross()
    {
        if (_crossing is not null)
        {
            Book.Cancel(_crossing);
            _crossing = null;
        }
    }

    /// <inheritdoc />
    public void OnLevel(Side side, TrueLevel before, TrueLevel after)
    {
        var change = new LevelChange(_owner.NextSequence(this), _owner.StampMilliseconds, side, before, after);
        Oracle.Add(change);
        _owner.OnChange(this, change);
    }

    /// <inheritdoc />
    public void OnFill(RestingOrder maker, long quantity)
    {
        var takerSide = maker.Side == Side.Bid ? Side.Ask : Side.Bid;
        var trade = new MarketTrade(
            Trades.NextId, maker.Level.Price, quantity, _owner.StampMilliseconds, takerSide, maker.Id, _isLiquidating);
        Trades.Add(trade);
        Candles.Add(trade);
        _owner.OnTrade(this, trade);
    }
}
