using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>
/// Binance USD-M futures. Update ids come from one counter shared by all symbols, so that each symbol's ids have holes and only
/// the chain of <c>pu</c> says whether an event is missing.
/// </summary>
internal sealed class BinanceVenue : SimulatedVenue
{
    private readonly Dictionary<string, BinanceMarket> _markets = new(StringComparer.Ordinal);
    private readonly SeededRandom _ids;
    private readonly BinancePublisher _publisher;
    private readonly BinanceRest _rest;
    private long _lastId;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public BinanceVenue(SimulatorOptions options, Timestamp start)
        : base("binance-usdm", options, start)
    {
        _ids = new SeededRandom(SeededRandom.SeedOf(Seed, "ids"));
        _lastId = 9_000_000_000_000 + _ids.Below(1_000_000_000);
        _publisher = new BinancePublisher(this, Json);
        _rest = new BinanceRest(this);
        foreach (var symbol in BinanceSymbols.First(options.BinanceSymbols, options))
        {
            // The reference is seeded by the whole simulator, not by the venue, so that venues agree about an asset.
            var reference = new ReferencePrice(options.Seed, symbol.Rules.Asset, symbol.Rules.CentreMicros);
            var market = new BinanceMarket(symbol, AddMarket(symbol.Rules, reference), Seed, options.Remembered);
            market.Top = (market.Best(Side.Bid), market.Best(Side.Ask));
            _markets.Add(market.Name, market);
            Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market.Market));
        }

        _publisher.Start();
    }

    /// <summary>Who listens.</summary>
    public StreamBoard Streams { get; } = new();

    /// <summary>The symbols.</summary>
    public IReadOnlyDictionary<string, BinanceMarket> Symbols => _markets;

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => StreamName.Channels;

    /// <inheritdoc />
    public override int UsedWeight => _rest.UsedWeight;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Streams.Counts;

    /// <inheritdoc />
    public override TimeSpan PingInterval => Options.BinancePingInterval;

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => market.Oracle.LastSequence;

    /// <inheritdoc />
    public override long NextSequence() => _lastId += 1 + _ids.Below(12);

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Markets fill their books before they are listed here.
        if (_markets.TryGetValue(market.Rules.Symbol, out var known))
        {
            _publisher.OnChange(known, change);
        }
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) => _publisher.OnTrade(_markets[market.Rules.Symbol], trade);

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams)
    {
        var parts = path.Trim('/').Split('/');
        var (route, rest) = parts[0] switch
        {
            "public" => (StreamRoute.Public, parts[1..]),
            "market" => (StreamRoute.Market, parts[1..]),
            "private" => (StreamRoute.Private, parts[1..]),
            _ => (StreamRoute.Public, parts),
        };
        if (rest is not ["ws", ..] and not ["stream"])
        {
            return null;
        }

        var connection = new BinanceConnection(this, route, rest[0] == "stream");
        connection.Subscribe(rest[0] == "ws" ? rest[1..] : streams.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return connection;
    }

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => _rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("symbol", out var symbol) ? $"{call.Path}?symbol={symbol}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => BinanceErrors.BodyOf(status, Schedule.Milliseconds);

    /// <inheritdoc />
    protected override void OnDelisting(SimulatedMarket market, bool isDelisted)
    {
        base.OnDelisting(market, isDelisted);
        _publisher.OnContract(_markets[market.Rules.Symbol]);
    }

    /// <inheritdoc />
    protected override void RestartSequence()
    {
        _lastId = 1;
        foreach (var market in Markets.Values)
        {
            market.Oracle.Restart(0);
        }
    }

    private void Run(SimulatedMarket market)
    {
        market.Step();
        Schedule.At(Schedule.Microseconds + market.NextPauseMicroseconds(), () => Run(market));
    }
}
