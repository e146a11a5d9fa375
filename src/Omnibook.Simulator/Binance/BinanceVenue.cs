using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>What Binance's markets share: the symbols and their pace, who listens to which stream, and how a socket is opened.</summary>
internal abstract class BinanceVenue : SimulatedVenue
{
    private readonly Dictionary<string, BinanceMarket> _symbols = new(StringComparer.Ordinal);

    /// <summary>Starts a venue's clock. The venue adds its symbols and its schedule.</summary>
    protected BinanceVenue(string key, SimulatorOptions options, Timestamp start)
        : base(key, options, start) => Publisher = new BinancePublisher(this, Json);

    /// <summary>Who listens.</summary>
    public StreamBoard Streams { get; } = new();

    /// <summary>The symbols.</summary>
    public IReadOnlyDictionary<string, BinanceMarket> Symbols => _symbols;

    /// <summary>The limits, and the words in which they are told.</summary>
    public abstract BinanceLimits Limits { get; }

    /// <summary>Writes the events.</summary>
    public abstract IBinanceFrames Frames { get; }

    /// <summary>Sends what both markets have.</summary>
    public BinancePublisher Publisher { get; }

    /// <inheritdoc />
    public override int UsedWeight => Rest.UsedWeight;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Streams.Counts;

    /// <summary>The REST interface.</summary>
    protected abstract BinanceRest Rest { get; }

    /// <summary>Reads the name of a stream. Null for a name that the venue does not know: it acknowledges those too, and never delivers.</summary>
    public abstract StreamName? ParseStream(string name);

    /// <summary>True for what the venue takes as the <c>id</c> of a client's message.</summary>
    public abstract bool IsRequestId(JsonElement id);

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => market.Oracle.LastSequence;

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Markets fill their books before they are listed here.
        if (_symbols.TryGetValue(market.Rules.Symbol, out var known))
        {
            Publisher.OnChange(known, change);
        }
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) => Publisher.OnTrade(_symbols[market.Rules.Symbol], trade);

    /// <summary>Lists a symbol and lets its market run.</summary>
    protected void List(BinanceMarket market)
    {
        market.Top = (market.Best(Side.Bid), market.Best(Side.Ask));
        _symbols.Add(market.Name, market);
        Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market));
    }

    /// <summary>The reference is seeded by the whole simulator, not by the venue, so that venues agree about an asset.</summary>
    protected SimulatedMarket AddMarket(MarketRules rules) =>
        AddMarket(rules, new ReferencePrice(Options.Seed, rules.Asset, rules.CentreMicros));

    /// <summary>Something has happened in a market, whole: a taker has taken all that it took.</summary>
    protected virtual void OnStepped(BinanceMarket market)
    {
    }

    /// <inheritdoc />
    protected override void RestartSequence()
    {
        foreach (var market in _symbols.Values)
        {
            market.Market.Oracle.Restart(0);
            foreach (var diff in market.Diffs)
            {
                diff.Restart();
            }
        }
    }

    /// <summary>A socket behind a route: <c>ws/…</c> or <c>stream?streams=…</c>; null for another path.</summary>
    protected BinanceConnection? Open(StreamRoute route, string[] path, string streams)
    {
        if (path is not ["ws", ..] and not ["stream"])
        {
            return null;
        }

        var connection = new BinanceConnection(this, route, path[0] == "stream");
        connection.Subscribe(path[0] == "ws" ? path[1..] : streams.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return connection;
    }

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => Rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("symbol", out var symbol) ? $"{call.Path}?symbol={symbol}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => BinanceErrors.BodyOf(status, Schedule.Milliseconds, Limits);

    private void Run(BinanceMarket market)
    {
        market.Market.Step();
        OnStepped(market);
        Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market));
    }
}
