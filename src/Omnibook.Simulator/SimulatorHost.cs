using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Events;
using Omnibook.Simulator.Control;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Hyperliquid;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator;

/// <summary>
/// Simulated venues on loopback ports, driven by one clock, with a control route beside them. Also answers in process what
/// tests ask: the true book at a sequence number, the trades that happened.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly IReadOnlyList<SimulatedVenue> _venues;
    private readonly List<LoopbackServer> _servers = [];
    private readonly TimeProvider _clock;
    private ITimer? _timer;
    private int _isAdvancing;

    private SimulatorHost(SimulatorOptions options, TimeProvider clock)
    {
        _clock = clock;
        var start = Timestamp.From(clock.GetUtcNow() - options.WarmUp);
        _venues = [.. options.Venues.Select(key => Create(key, options, start))];
    }

    /// <summary>The venues that can be simulated.</summary>
    public static IReadOnlyList<string> VenueKeys { get; } = [.. SimulatedVenueKind.All.Select(static kind => kind.Key)];

    /// <summary>The venues that are simulated unless others are asked for.</summary>
    public static IReadOnlyList<string> UsualVenueKeys { get; } =
        [.. SimulatedVenueKind.All.Where(static kind => kind.IsUsual).Select(static kind => kind.Key)];

    /// <summary>Where the venues listen.</summary>
    public IReadOnlyList<SimulatedVenueAddress> Venues { get; private set; } = [];

    /// <summary>The base of the control route, for example <c>http://127.0.0.1:40124/</c>.</summary>
    public Uri Control { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts the venues and the control route.</summary>
    /// <exception cref="ArgumentException">A venue key is unknown.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var host = new SimulatorHost(options, timeProvider);
        try
        {
            host.Advance();
            await host.ListenAsync(options, cancellationToken);
            host._timer = timeProvider.CreateTimer(_ => host.Advance(), null, options.Step, options.Step);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The book that a venue had at a sequence number: Binance's update id, Hyperliquid's time, Bybit's seq, Lighter's nonce, Coinbase's sequence_num.</summary>
    /// <remarks>
    /// Bybit also knows what each of its streams showed: <c>orderbook.200.BTCUSDT</c> as the symbol, u as the sequence. Coinbase numbers the
    /// frames of a connection: <c>BTC-USD</c> is of the newest that carries it, <c>3:BTC-USD</c> of the fourth.
    /// </remarks>
    /// <returns>False when it is too long ago, or not yet there.</returns>
    /// <exception cref="KeyNotFoundException">There is no such symbol.</exception>
    public bool TryGetTrueBook(string venue, string symbol, long sequence, [NotNullWhen(true)] out TrueBook? book)
    {
        var simulated = Find(venue);
        lock (simulated.Gate)
        {
            book = simulated.BookAt(symbol, sequence);
        }

        return book is not null;
    }

    /// <summary>The book of now, with its sequence number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such symbol.</exception>
    public TrueBook TrueBookNow(string venue, string symbol)
    {
        var simulated = Find(venue);
        lock (simulated.Gate)
        {
            return simulated.BookAt(symbol, null)!;
        }
    }

    /// <summary>The trades that a venue remembers, oldest first, without those of invented history.</summary>
    /// <exception cref="KeyNotFoundException">There is no such symbol.</exception>
    public IReadOnlyList<MarketTrade> Trades(string venue, string symbol)
    {
        var simulated = Find(venue);
        lock (simulated.Gate)
        {
            return [.. simulated.Markets[symbol].Trades.Newest(int.MaxValue)];
        }
    }

    /// <summary>The news that a venue's history holds, oldest first.</summary>
    public IReadOnlyList<PublishedNews> News(string venue)
    {
        var simulated = Find(venue);
        lock (simulated.Gate)
        {
            return simulated.News;
        }
    }

    /// <summary>Gives an account of a simulated Hyperliquid money to trade with. Nobody else can place orders there.</summary>
    /// <param name="venue"><c>hyperliquid</c> or <c>hyperliquid-testnet</c>.</param>
    /// <param name="address">0x and 40 digits.</param>
    /// <param name="usd">How much is paid in.</param>
    /// <param name="agent">A key's address that may act for the account; null for none.</param>
    /// <param name="dex">The dex on which the money is; empty for the first.</param>
    /// <param name="master">Who may act for the account when it is a vault; null when it is none.</param>
    /// <exception cref="ArgumentException">The venue is not simulated, or takes no orders.</exception>
    public void Fund(string venue, string address, decimal usd, string? agent = null, string dex = "", string? master = null)
    {
        var chain = Find(venue) as HyperliquidVenue ?? throw new ArgumentException($"'{venue}' takes no orders.", nameof(venue));
        lock (chain.Gate)
        {
            chain.Traders.Fund(address, dex, usd, master);
            if (agent is not null)
            {
                chain.Traders.Approve(agent, address);
            }
        }
    }

    /// <summary>Switches a fault on, as the control route does.</summary>
    /// <exception cref="ArgumentException">The request is wrong; the message names the allowed values.</exception>
    public ActiveFault Inject(FaultRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var simulated = Find(request.Venue);
        lock (simulated.Gate)
        {
            var (fault, problem) = simulated.Inject(request);
            return fault ?? throw new ArgumentException(problem, nameof(request));
        }
    }

    /// <summary>Switches all faults of all venues off.</summary>
    public void ClearFaults()
    {
        foreach (var venue in _venues)
        {
            lock (venue.Gate)
            {
                venue.Faults.Clear();
            }
        }
    }

    /// <summary>Lets the venues follow the clock at once, without waiting for the next step.</summary>
    public void Advance()
    {
        if (Interlocked.Exchange(ref _isAdvancing, 1) == 1)
        {
            return;
        }

        try
        {
            foreach (var venue in _venues)
            {
                venue.Advance(Timestamp.From(_clock.GetUtcNow()));
            }
        }
        finally
        {
            Volatile.Write(ref _isAdvancing, 0);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        foreach (var venue in _venues)
        {
            lock (venue.Gate)
            {
                venue.Connections.ToList().ForEach(static connection => connection.Cut());
            }
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    internal SimulatedVenue Find(string key) =>
        _venues.FirstOrDefault(venue => venue.Key == key)
        ?? throw new ArgumentException($"'{key}' is not simulated, only: {string.Join(", ", _venues.Select(static venue => venue.Key))}.", nameof(key));

    private static SimulatedVenue Create(string key, SimulatorOptions options, Timestamp start) =>
        SimulatedVenueKind.All.FirstOrDefault(kind => kind.Key == key)?.Create(options, start)
        ?? throw new ArgumentException($"'{key}' cannot be simulated, only: {string.Join(", ", VenueKeys)}.", nameof(key));

    private async Task ListenAsync(SimulatorOptions options, CancellationToken cancel)
    {
        var addresses = new List<SimulatedVenueAddress>();
        foreach (var venue in _venues)
        {
            var endpoint = new VenueEndpoint(venue, _clock);
            var server = await LoopbackServer.StartAsync(options.Ports.GetValueOrDefault(venue.Key), endpoint.HandleAsync, cancel);
            _servers.Add(server);
            addresses.Add(new SimulatedVenueAddress(venue.Key, server.Address, server.SocketAddress));
        }

        Venues = addresses;
        var control = await LoopbackServer.StartAsync(options.ControlPort, new ControlRoute(_venues, addresses).HandleAsync, cancel);
        _servers.Add(control);
        Control = control.Address;
    }
}
