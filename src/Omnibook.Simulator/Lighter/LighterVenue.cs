using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Lighter.Accounts;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>
/// Lighter. Nonces come from one counter of the whole chain; each book message begins at the nonce at which the one before it ended.
/// Offsets belong to the server that a connection has met, and jump.
/// </summary>
internal sealed class LighterVenue : SimulatedVenue
{
    private const int Servers = 3;
    private readonly Dictionary<string, LighterMarket> _symbols = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, LighterMarket> _byId = [];
    private readonly SeededRandom _ids;
    private readonly SeededRandom _choices;
    private readonly LighterPublisher _publisher;
    private readonly LighterRest _rest;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public LighterVenue(SimulatorOptions options, Timestamp start)
        : base("lighter", options, start)
    {
        _ids = new SeededRandom(SeededRandom.SeedOf(Seed, "ids"));
        _choices = new SeededRandom(SeededRandom.SeedOf(Seed, "connections"));
        Nonce = 10_000_000_000 + _ids.Below(1_000_000_000);
        foreach (var listing in LighterListings.First(options.LighterMarkets, options))
        {
            // The reference is seeded by the whole simulator, not by the venue, so that venues agree about an asset.
            var reference = new ReferencePrice(options.Seed, listing.Rules.Asset, listing.Rules.CentreMicros);
            var market = new LighterMarket(listing, AddMarket(listing.Rules, reference), Seed);
            _symbols.Add(market.Symbol, market);
            _byId.Add(market.Id, market);
            Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market.Market));
        }

        Accounts = new LighterAccounts(this);
        _publisher = new LighterPublisher(this);
        _rest = new LighterRest(this);
        _publisher.Start();
    }

    /// <summary>Who listens, by the names of answers.</summary>
    public ListenerBoard<LighterChannel, LighterConnection> Listeners { get; } = new();

    /// <summary>The markets by number, in the order of their numbers.</summary>
    public IReadOnlyDictionary<int, LighterMarket> ById => _byId;

    /// <summary>The users.</summary>
    public LighterAccounts Accounts { get; }

    /// <summary>The last nonce.</summary>
    public long Nonce { get; private set; }

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => LighterChannel.Kinds;

    /// <inheritdoc />
    public override int UsedWeight => _rest.UsedRequests;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Listeners.Counts;

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => market.Oracle.LastSequence;

    /// <inheritdoc />
    public override long TradeIdOf(in MarketTrade trade) => LighterMarket.TradeId(trade.Id);

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) => Nonce += 1 + _ids.Below(7);

    /// <summary>The symbol that a channel is about, or null.</summary>
    public string? SymbolOf(LighterChannel channel) => channel.Market is { } id ? _byId[id].Symbol : null;

    /// <summary>How far the next book message's offset jumps.</summary>
    public long OffsetStep() => 1 + _choices.Below(14);

    /// <summary>The offset that a server begins with.</summary>
    public long OffsetOf(int server) => 1_000_000 + (long)(SeededRandom.Mix(Seed, (ulong)server) % 60_000_000);

    /// <summary>Sends what a new subscriber gets at once.</summary>
    public void SendFirst(LighterChannel channel, LighterConnection connection) => _publisher.SendFirst(channel, connection);

    /// <summary>Writes a message.</summary>
    public byte[] Render(Action<Utf8JsonWriter> body) => Json.Write(body);

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Markets fill their books before they are listed here.
        if (_symbols.TryGetValue(market.Rules.Symbol, out var known))
        {
            known.ChangedMicroseconds = Schedule.Microseconds;
            known.Changes.Add(change);
            _publisher.OnChange(known, change.Sequence);
        }
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) => _symbols[market.Rules.Symbol].Pending.Add(trade);

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams)
    {
        if (path != "/stream")
        {
            return null;
        }

        var connection = new LighterConnection(this, (int)_choices.Below(Servers));
        var session = $"{_choices.Next():x16}{_choices.Next():x16}";
        connection.Send(FrameTag.Control, Render(json =>
        {
            json.WriteStartObject();
            json.WriteString("session_id", session);
            json.WriteString("type", "connected");
            json.WriteEndObject();
        }));
        return connection;
    }

    /// <summary>Who comes from a restricted region is refused with 400 and code 20558, unless he says that he only reads.</summary>
    protected override bool IsWelcome(FaultRequest refusal, string query) =>
        refusal.Status is 400 or 451 && query.Contains("readonly=true", StringComparison.Ordinal);

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => _rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("market_id", out var market) ? $"{call.Path}?market_id={market}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => LighterErrors.BodyOf(status);

    private void Run(SimulatedMarket market)
    {
        market.Step();
        Schedule.At(Schedule.Microseconds + market.NextPauseMicroseconds(), () => Run(market));
    }
}
