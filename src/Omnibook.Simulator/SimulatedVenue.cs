using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator;

/// <summary>
/// One venue that is made up: its markets, its clock, its clients and its faults. Everything runs in virtual time under
/// <see cref="Gate"/>; what differs between venues is how they number, what they send and what they answer.
/// </summary>
internal abstract class SimulatedVenue : IMarketOwner, IDisposable
{
    private readonly Dictionary<string, SimulatedMarket> _markets = new(StringComparer.Ordinal);
    private readonly List<VenueConnection> _connections = [];

    /// <summary>Starts a venue's clock. The venue adds its markets and its schedule.</summary>
    protected SimulatedVenue(string key, SimulatorOptions options, Timestamp start)
    {
        (Key, Options) = (key, options);
        Seed = SeededRandom.SeedOf(options.Seed, key);
        Schedule = new Schedule(start.UnixMilliseconds / 60_000 * 60_000_000);
        Faults = new FaultBoard(new SeededRandom(SeededRandom.SeedOf(Seed, "faults")), Schedule, OnFaultEnded);
    }

    /// <summary>Taken by whoever touches the venue.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The venue's key.</summary>
    public string Key { get; }

    /// <summary>What to simulate.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>The venue's own seed.</summary>
    public ulong Seed { get; }

    /// <summary>The virtual clock.</summary>
    public Schedule Schedule { get; }

    /// <summary>What is wrong on purpose.</summary>
    public FaultBoard Faults { get; }

    /// <summary>What clients did.</summary>
    public TrafficCounters Traffic { get; } = new();

    /// <summary>The markets by symbol.</summary>
    public IReadOnlyDictionary<string, SimulatedMarket> Markets => _markets;

    /// <summary>The clients that are connected.</summary>
    public IReadOnlyList<VenueConnection> Connections => _connections;

    /// <summary>How much of the venue's request weight is used in the running minute.</summary>
    public abstract int UsedWeight { get; }

    /// <summary>How many connections listen to each stream.</summary>
    public abstract IEnumerable<(string Stream, int Listeners)> StreamCounts { get; }

    /// <summary>The kinds of streams, for the faults that pick one.</summary>
    public abstract IReadOnlyList<string> Channels { get; }

    /// <summary>The news that its history holds, oldest first; none at a venue of markets.</summary>
    public virtual IReadOnlyList<PublishedNews> News => [];

    /// <summary>How often the venue sends WebSocket pings; zero for never.</summary>
    public virtual TimeSpan PingInterval => TimeSpan.Zero;

    /// <summary>How long a client may take to answer a ping.</summary>
    public virtual TimeSpan PongPatience => TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public long StampMilliseconds => Schedule.Milliseconds;

    /// <summary>The writer of the venue's frames.</summary>
    protected JsonText Json { get; } = new();

    /// <summary>Lets everything happen that happens until a moment.</summary>
    public void Advance(Timestamp now)
    {
        lock (Gate)
        {
            Schedule.AdvanceTo(now.Nanoseconds / 1000);
        }
    }

    /// <summary>Accepts a client at a path, or null when the venue has no such path.</summary>
    public VenueConnection? Connect(string path, string streams)
    {
        var connection = Open(path, streams);
        if (connection is not null)
        {
            _connections.Add(connection);
            Traffic.ConnectionsOpened++;
        }

        return connection;
    }

    /// <summary>A client is gone.</summary>
    public void Disconnect(VenueConnection connection)
    {
        _connections.Remove(connection);
        connection.Forget();
        connection.Complete();
    }

    /// <summary>Answers a REST request, or as the faults say.</summary>
    public RestAnswer Answer(RestCall call)
    {
        var subject = Subject(call);
        var answer = Faults.Use("rest-status") is { } fault
            ? FaultyAnswers.Of(fault.Request, usualStatus: 503, ErrorBody(fault.Request.Status ?? 503))
            : Reply(call);
        Traffic.CountRequest(new SeenRequest(Schedule.Milliseconds, subject, answer.Status));
        return answer;
    }

    /// <summary>The answer to a handshake that a fault refuses, or null.</summary>
    /// <param name="query">The query of the handshake's URL, with its question mark.</param>
    public RestAnswer? RefuseHandshake(string query = "")
    {
        if (Faults.Find("refuse-handshake") is not { } known || IsWelcome(known.Request, query) || Faults.Use("refuse-handshake") is not { } fault)
        {
            return null;
        }

        Traffic.HandshakesRefused++;
        return FaultyAnswers.Of(fault.Request, usualStatus: 503, ErrorBody(fault.Request.Status ?? 503));
    }

    /// <summary>Switches a fault on.</summary>
    /// <returns>The fault, or the problem with the request.</returns>
    public (ActiveFault? Fault, string? Problem) Inject(FaultRequest request)
    {
        var names = string.Join(", ", FaultCatalog.All.Select(static kind => kind.Name));
        if (FaultCatalog.Find(request.Fault) is not { } kind)
        {
            return (null, $"'fault' is not '{request.Fault}' but one of: {names}.");
        }

        if (FaultProblem.Of(request, kind, [.. _markets.Keys], [.. Channels]) is { } problem)
        {
            return (null, problem);
        }

        var fault = Faults.Add(kind, request);
        Start(fault);
        return (fault, null);
    }

    /// <summary>The book at a recent sequence, or null when it is not that recent, or not yet there.</summary>
    /// <param name="symbol">A symbol, or what else <see cref="HasBook"/> knows.</param>
    /// <param name="sequence">The sequence; that of now when left out.</param>
    public virtual TrueBook? BookAt(string symbol, long? sequence)
    {
        var market = _markets[symbol];
        var wanted = sequence ?? CurrentSequence(market);
        return wanted > CurrentSequence(market) ? null : market.Oracle.At(market.Book, wanted);
    }

    /// <summary>True when <see cref="BookAt"/> can be asked for that name.</summary>
    public virtual bool HasBook(string name) => _markets.ContainsKey(name);

    /// <summary>The sequences between which <see cref="BookAt"/> knows the book.</summary>
    public virtual (long Oldest, long Newest) BookRange(string symbol) =>
        (_markets[symbol].Oracle.OldestSequence, CurrentSequence(_markets[symbol]));

    /// <summary>The id that the venue's clients see for a trade.</summary>
    public virtual long TradeIdOf(in MarketTrade trade) => trade.Id;

    /// <summary>The sequence number of a market's book of now.</summary>
    public abstract long CurrentSequence(SimulatedMarket market);

    /// <inheritdoc />
    public abstract long NextSequence(SimulatedMarket market);

    /// <inheritdoc />
    public abstract void OnChange(SimulatedMarket market, in LevelChange change);

    /// <inheritdoc />
    public abstract void OnTrade(SimulatedMarket market, in MarketTrade trade);

    /// <inheritdoc />
    public void Dispose() => Json.Dispose();

    /// <summary>Opens a connection at a path, or null when there is none.</summary>
    protected abstract VenueConnection? Open(string path, string streams);

    /// <summary>The venue's own answer.</summary>
    protected abstract RestAnswer Reply(RestCall call);

    /// <summary>What a request is about, for the list of seen requests.</summary>
    protected abstract string Subject(RestCall call);

    /// <summary>What the venue writes into an answer of an HTTP error status.</summary>
    protected abstract string ErrorBody(int status);

    /// <summary>True when a handshake is let in although others are refused.</summary>
    protected virtual bool IsWelcome(FaultRequest refusal, string query) => false;

    /// <summary>The fault has begun to hold for a market, or ended.</summary>
    protected virtual void OnDelisting(SimulatedMarket market, bool isDelisted) => market.IsHalted = isDelisted;

    /// <summary>Runs a change of a market that a fault makes, when the venue can show it: at once, or in its next block.</summary>
    protected virtual void AtNextChange(Action action) => action();

    /// <summary>The update ids start again.</summary>
    protected virtual void RestartSequence()
    {
    }

    /// <summary>Tells every connection that it will soon end, and ends it.</summary>
    protected virtual void AnnounceShutdown()
    {
    }

    /// <summary>Adds a market.</summary>
    protected SimulatedMarket AddMarket(MarketRules rules, ReferencePrice reference)
    {
        var market = new SimulatedMarket(this, Seed, rules, reference, Options.Remembered);
        _markets.Add(rules.Symbol, market);
        return market;
    }

    /// <summary>Finds a market by its exact symbol.</summary>
    protected bool TryGetMarket(string? symbol, [NotNullWhen(true)] out SimulatedMarket? market)
    {
        market = null;
        return symbol is not null && _markets.TryGetValue(symbol, out market);
    }

    private void Start(ActiveFault fault)
    {
        switch (fault.Kind.Name)
        {
            case "disconnect":
                EndConnections(fault.Request, connection => connection.Close(fault.Request.Code ?? 1001, ""));
                break;
            case "reset":
                EndConnections(fault.Request, static connection => connection.Cut(reset: true));
                break;
            case "server-shutdown":
                AnnounceShutdown();
                break;
            case "sequence-restart":
                RestartSequence();
                break;
            case "crossed":
                ForMarkets(fault, market => market.Cross(fault.Request.Ticks ?? 1));
                break;
            case "delist":
                ForMarkets(fault, market => OnDelisting(market, isDelisted: true));
                break;
            case "quiet-market":
                ForMarkets(fault, static market => market.IsQuiet = true);
                break;
            case "tick-change":
                ForMarkets(fault, market => market.CoarsenTick(Math.Max(2, fault.Request.Ticks ?? 10)));
                break;
        }
    }

    private void OnFaultEnded(ActiveFault fault)
    {
        switch (fault.Kind.Name)
        {
            case "crossed":
                ForMarkets(fault, static market => market.Uncross());
                break;
            case "delist":
                ForMarkets(fault, market => OnDelisting(market, isDelisted: false));
                break;
            case "quiet-market":
                ForMarkets(fault, static market => market.IsQuiet = false);
                break;
            case "tick-change":
                ForMarkets(fault, static market => market.RefineTick());
                break;
        }
    }

    private void ForMarkets(ActiveFault fault, Action<SimulatedMarket> action)
    {
        foreach (var market in _markets.Values.Where(market => fault.Concerns(market.Rules.Symbol, null)))
        {
            AtNextChange(() => action(market));
        }
    }

    private void EndConnections(FaultRequest request, Action<VenueConnection> end)
    {
        foreach (var connection in _connections.Take((int)Math.Min(request.Count ?? int.MaxValue, int.MaxValue)).ToList())
        {
            end(connection);
        }
    }
}
