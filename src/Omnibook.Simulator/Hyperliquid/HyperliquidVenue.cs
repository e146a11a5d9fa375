using Omnibook.Core.Events;
using Omnibook.Simulator.Hyperliquid.Accounts;
using Omnibook.Simulator.Hyperliquid.Exchange;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>
/// Hyperliquid, mainnet or testnet. Everything happens in blocks, ten a second; a book's <c>time</c> is that of its block, and is
/// the only number that a book carries.
/// </summary>
internal sealed class HyperliquidVenue : SimulatedVenue
{
    private const long BlockMilliseconds = 100;
    private const long IdleMilliseconds = 60_000;
    private readonly Dictionary<string, HyperliquidMarket> _coins = new(StringComparer.Ordinal);
    private readonly List<Action> _atNextBlock = [];
    private readonly SeededRandom _delays;
    private readonly HyperliquidPublisher _publisher;
    private readonly HyperliquidRest _rest;
    private readonly Matching _matching;
    private readonly long _start;
    private long _sequence;

    /// <summary>Creates an instance with markets that have just opened.</summary>
    public HyperliquidVenue(string key, SimulatorOptions options, Timestamp start)
        : base(key, options, start)
    {
        _start = Schedule.Microseconds;
        _sequence = BlockTime = Schedule.Milliseconds;
        _delays = new SeededRandom(SeededRandom.SeedOf(Seed, "delays"));
        _publisher = new HyperliquidPublisher(this, Json);
        Dexes = HyperliquidCoins.Dexes(key, options);
        foreach (var dex in Dexes)
        {
            foreach (var coin in dex.Coins)
            {
                var reference = new ReferencePrice(options.Seed, coin.Rules.Asset, coin.Rules.CentreMicros);
                _coins.Add(coin.Rules.Symbol, new HyperliquidMarket(coin, dex, AddMarket(coin.Rules, reference), Seed));
            }
        }

        Accounts = new AccountBook(this);
        _matching = new Matching(this);
        Exchange = new ExchangeEndpoint(this, Traders, _matching);
        _rest = new HyperliquidRest(this);
        Schedule.Every(TimeSpan.FromMilliseconds(BlockMilliseconds), RunBlock);
        Schedule.Every(TimeSpan.FromSeconds(1), CutIdle);
        _publisher.Start();
    }

    /// <summary>The dexes, the first one first.</summary>
    public IReadOnlyList<HyperliquidDex> Dexes { get; }

    /// <summary>The coins by name.</summary>
    public IReadOnlyDictionary<string, HyperliquidMarket> Coins => _coins;

    /// <summary>Who is subscribed to what.</summary>
    public TopicBoard Topics { get; } = new();

    /// <summary>The users.</summary>
    public AccountBook Accounts { get; }

    /// <summary>The users that trade.</summary>
    public Traders Traders { get; } = new();

    /// <summary>Takes orders.</summary>
    public ExchangeEndpoint Exchange { get; }

    /// <summary>The time of the last block, Unix milliseconds.</summary>
    public long BlockTime { get; private set; }

    /// <summary>Answers requests, for <c>post</c> messages too.</summary>
    public HyperliquidRest Rest => _rest;

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => Subscription.Types;

    /// <inheritdoc />
    public override int UsedWeight => _rest.UsedWeight;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Topics.Counts;

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => BlockTime;

    /// <inheritdoc />
    public override long TradeIdOf(in MarketTrade trade) => HyperliquidFrames.TradeId(trade);

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) => _sequence;

    /// <summary>The coins of a dex, in the order of its universe.</summary>
    public IEnumerable<HyperliquidMarket> CoinsOf(HyperliquidDex dex) => dex.Coins.Select(coin => _coins[coin.Rules.Symbol]);

    /// <summary>A dex by name, the empty name being the first; null when there is none. The case counts.</summary>
    public HyperliquidDex? FindDex(string name) => Dexes.FirstOrDefault(dex => dex.Name == name);

    /// <summary>After how long a bad subscription costs the socket: 0.1 to 0.8 seconds.</summary>
    public TimeSpan DeathDelay() => TimeSpan.FromMilliseconds(_delays.Between(100, 800));

    /// <summary>Sends what a new subscriber gets at once.</summary>
    public void SendFirst(Subscription topic, HyperliquidConnection connection) => _publisher.SendFirst(topic, connection);

    /// <summary>Runs something at the beginning of the next block.</summary>
    public void InNextBlock(Action action) => AtNextChange(action);

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Books are published per block, not per change.
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade)
    {
        var coin = _coins[market.Rules.Symbol];
        coin.BlockTrades.Add(trade);
        coin.TradeCount++;
        _matching.OnTrade(coin, trade);
    }

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams) => path == "/ws" ? new HyperliquidConnection(this) : null;

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => _rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) => HyperliquidRest.Subject(call);

    /// <inheritdoc />
    protected override string ErrorBody(int status) => status switch
    {
        403 or 451 => "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n",
        502 or 503 or 504 => "<html>\r\n<head><title>Service Unavailable</title></head>\r\n<body>\r\n<center><h1>Service Unavailable</h1></center>\r\n</body>\r\n</html>\r\n",
        _ => "null",
    };

    /// <inheritdoc />
    protected override void AtNextChange(Action action) => _atNextBlock.Add(action);

    private void RunBlock()
    {
        BlockTime = _sequence = Schedule.Milliseconds;
        _atNextBlock.ForEach(static action => action());
        _atNextBlock.Clear();
        foreach (var coin in _coins.Values)
        {
            while (coin.NextDue <= Schedule.Microseconds - _start)
            {
                coin.Market.Step();
                coin.NextDue += coin.Market.NextPauseMicroseconds();
            }
        }

        _matching.Sweep();
        _publisher.OnBlock();
        // What happens between blocks belongs to the next one.
        _sequence = BlockTime + BlockMilliseconds;
    }

    /// <summary>The venue closes sockets to which it has sent nothing for a minute, without a close frame.</summary>
    private void CutIdle()
    {
        foreach (var connection in Connections.Where(connection => Schedule.Milliseconds - connection.LastSentMilliseconds >= IdleMilliseconds).ToList())
        {
            connection.Cut();
        }
    }
}
