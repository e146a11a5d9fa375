using Omnibook.Core.Events;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>
/// Bybit's linear perpetuals. <c>seq</c> comes from one counter shared by all symbols and depths and has holes; each book stream
/// counts its own messages with <c>u</c>. The true book is known by either: <c>BTCUSDT</c> at a <c>seq</c> is the whole book,
/// <c>orderbook.50.BTCUSDT</c> at a <c>u</c> what that stream showed.
/// </summary>
internal sealed class BybitVenue : SimulatedVenue
{
    private readonly Dictionary<string, BybitMarket> _symbols = new(StringComparer.Ordinal);
    private readonly SeededRandom _ids;
    private readonly BybitPublisher _publisher;
    private readonly BybitRest _rest;
    private long _lastSequence;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public BybitVenue(SimulatorOptions options, Timestamp start)
        : base("bybit", options, start)
    {
        _ids = new SeededRandom(SeededRandom.SeedOf(Seed, "ids"));
        _lastSequence = 60_000_000_000 + _ids.Below(1_000_000_000);
        Choices = new SeededRandom(SeededRandom.SeedOf(Seed, "connections"));
        _publisher = new BybitPublisher(this);
        _rest = new BybitRest(this);
        foreach (var symbol in BybitSymbols.First(options.BybitSymbols, options))
        {
            // The reference is seeded by the whole simulator, not by the venue, so that venues agree about an asset.
            var reference = new ReferencePrice(options.Seed, symbol.Rules.Asset, symbol.Rules.CentreMicros);
            var market = new BybitMarket(symbol, AddMarket(symbol.Rules, reference), Seed, options.Remembered);
            _symbols.Add(market.Name, market);
            Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market.Market));
        }

        _publisher.Start();
    }

    /// <summary>Who listens.</summary>
    public ListenerBoard<BybitTopic, BybitConnection> Topics { get; } = new();

    /// <summary>The symbols.</summary>
    public IReadOnlyDictionary<string, BybitMarket> Symbols => _symbols;

    /// <summary>Draws what is left to chance about connections: their ids, and whether data outruns an acknowledgement.</summary>
    public SeededRandom Choices { get; }

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => BybitTopic.Channels;

    /// <inheritdoc />
    public override int UsedWeight => _rest.UsedRequests;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Topics.Counts;

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => market.Oracle.LastSequence;

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) => _lastSequence += 1 + _ids.Below(9);

    /// <summary>Sends what a new subscriber gets at once.</summary>
    public void SendFirst(BybitTopic topic, BybitConnection connection) => _publisher.SendFirst(topic, connection);

    /// <summary>Writes a message.</summary>
    public byte[] Render(Action<System.Text.Json.Utf8JsonWriter> body) => Json.Write(body);

    /// <summary>True when there is such a topic now: the symbol is listed.</summary>
    public bool Serves(BybitTopic topic) => _symbols.TryGetValue(topic.Symbol, out var market) && !market.Market.IsHalted;

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Books are pushed by the clock of their depth, not by each change.
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) =>
        _symbols[market.Rules.Symbol].Add(trade, market.Oracle.LastSequence);

    /// <inheritdoc />
    public override bool HasBook(string name) => base.HasBook(name) || StreamOf(name) is not null;

    /// <inheritdoc />
    public override TrueBook? BookAt(string symbol, long? sequence)
    {
        if (StreamOf(symbol) is not var (market, depth))
        {
            return base.BookAt(symbol, sequence);
        }

        var update = sequence ?? depth.Update;
        var whole = depth.SequenceOf(update) switch
        {
            null => null,
            0 => Empty(market),
            { } known => market.Market.Oracle.At(market.Market.Book, known),
        };
        return whole is null ? null : whole with
        {
            Sequence = update,
            Bids = [.. whole.Bids.Take(depth.Levels)],
            Asks = [.. whole.Asks.Take(depth.Levels)],
        };
    }

    /// <inheritdoc />
    public override (long Oldest, long Newest) BookRange(string symbol)
    {
        if (StreamOf(symbol) is not var (market, depth))
        {
            return base.BookRange(symbol);
        }

        var oldest = depth.Update;
        while (depth.SequenceOf(oldest - 1) >= market.Market.Oracle.OldestSequence)
        {
            oldest--;
        }

        return (oldest, depth.Update);
    }

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams) => path == "/v5/public/linear" ? new BybitConnection(this) : null;

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => _rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("symbol", out var symbol) ? $"{call.Path}?symbol={symbol}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => BybitErrors.BodyOf(status, Schedule.Milliseconds);

    /// <inheritdoc />
    protected override void OnDelisting(SimulatedMarket market, bool isDelisted)
    {
        base.OnDelisting(market, isDelisted);
        _publisher.Restart(_symbols[market.Rules.Symbol]);
    }

    /// <inheritdoc />
    protected override void RestartSequence()
    {
        foreach (var market in _symbols.Values)
        {
            _publisher.Restart(market);
        }
    }

    private (BybitMarket Market, BybitDepth Depth)? StreamOf(string name) =>
        BybitTopic.Parse(name) is { Channel: "orderbook" } topic && _symbols.TryGetValue(topic.Symbol, out var market)
            ? (market, market.DepthOf(topic.Depth))
            : null;

    private static TrueBook Empty(BybitMarket market) => new(0, [], [], market.Market.Rules.PriceScale, market.Market.Rules.QuantityScale);

    private void Run(SimulatedMarket market)
    {
        market.Step();
        Schedule.At(Schedule.Microseconds + market.NextPauseMicroseconds(), () => Run(market));
    }
}
