using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Server.Audit;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Campaigns;

/// <summary>The whole way from the simulators' sockets to the market, as the demo runs it, with a witness who knows the truth.</summary>
public sealed class SimulatedWorld : IAsyncLifetime
{
    /// <summary>Long enough for a machine that does other things too; nothing waits so long that works.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly (string Venue, string Symbol)[] DemoBooks =
    [
        ("binance-usdm", "BTCUSDT"), ("binance-usdm", "ETHUSDT"),
        ("hyperliquid", "BTC"), ("hyperliquid", "ETH"),
        ("hyperliquid-testnet", "merrli:BTC"), ("hyperliquid-testnet", "sekaw:BTC"), ("hyperliquid-testnet", "btcx:BTC-FEUSD"),
    ];

    private readonly (string Venue, string Symbol)[] _books;
    private readonly InstrumentCatalog _catalog = new();
    private readonly FeedOptions _feed;
    private MarketLoop _loop = null!;
    private MarketClock _clock = null!;
    private VenueFeeds _feeds = null!;
    private readonly Dictionary<string, SlowLine> _lines = new(StringComparer.Ordinal);
    private BookAudit? _audit;

    /// <summary>The venues of the demo.</summary>
    public SimulatedWorld()
        : this(DemoBooks)
    {
    }

    internal SimulatedWorld((string Venue, string Symbol)[] books, FeedOptions? feed = null) =>
        (_books, _feed) = (books, feed ?? FeedOptions.Default);

    /// <summary>What is simulated besides.</summary>
    internal Func<SimulatorOptions, SimulatorOptions> Change { get; init; } = static options => options;

    /// <summary>How patient books are.</summary>
    internal BookOptions Books { get; init; } = BookOptions.Default;

    /// <summary>Done to the venues before anybody asks them for anything.</summary>
    internal Action<SimulatorHost> Before { get; init; } = static _ => { };

    /// <summary>Whether sockets go over lines that can be made slow.</summary>
    internal bool HasLines { get; init; }

    /// <summary>The host by which sockets are named in place of their address; null for the address.</summary>
    internal string? SocketName { get; init; }

    internal SimulatorHost Simulator { get; private set; } = null!;

    internal TruthWitness Witness { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorHost.StartAsync(Change(new SimulatorOptions
        {
            Seed = 20261120,
            Remembered = 200_000,
            Venues = [.. _books.Select(book => book.Venue).Distinct(StringComparer.Ordinal)],
        }), TimeProvider.System);
        Before(Simulator);
        var options = Options(Simulator);
        var market = new Market(_catalog, [], VenueBooks.OptionsFor(options, Books));
        _loop = new MarketLoop(market, _catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        Witness = new TruthWitness(Simulator, _catalog);
        _loop.Subscribe(Witness);
        _loop.Start();
        _clock = new MarketClock(_loop, TimeProvider.System);
        _clock.Start();
        _feeds = new VenueFeeds(options, _catalog, _loop, TimeProvider.System, NullLogger<VenueFeeds>.Instance);
        _feeds.Start(venue => venue.Addresses);
        await WhenAllLiveAsync();
    }

    /// <summary>Compares each book with its venue every second from now on.</summary>
    internal void StartAudit()
    {
        var options = new AuditOptions { Period = TimeSpan.FromSeconds(1), Pace = TimeSpan.FromMilliseconds(100) };
        _audit = new BookAudit(options, _loop, _catalog, TimeProvider.System, NullLogger<BookAudit>.Instance);
        _audit.Start(_feeds.Venues);
    }

    /// <summary>What a book has met.</summary>
    internal Task<BookCounters> CountersAsync(string venue, string symbol) => _loop.ReadAsync(
        market => market.BookOf(_catalog.Instruments.Single(one => one.Venue.Key == venue && one.Symbol == symbol).Id).Counters,
        TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_audit?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _feeds.DisposeAsync();
        _clock.Dispose();
        foreach (var line in _lines.Values)
        {
            await line.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        await _loop.DisposeAsync();
    }

    /// <summary>The line to a venue.</summary>
    internal SlowLine LineTo(string venue) => _lines[venue];

    /// <summary>Every line.</summary>
    internal IReadOnlyCollection<SlowLine> Lines => _lines.Values;

    /// <summary>What is known now of an instrument.</summary>
    internal Instrument Find(string venue, string symbol) =>
        _catalog.TryFind(new VenueId(venue), symbol, out var instrument) ? instrument : throw new InvalidOperationException($"{venue} {symbol} is not followed.");

    /// <summary>Reads the market.</summary>
    internal Task<T> ReadAsync<T>(Func<Market, T> read) => _loop.ReadAsync(read, TestContext.Current.CancellationToken);

    /// <summary>How the connections of a venue are doing.</summary>
    internal IReadOnlyList<FeedStatus> FeedsOf(string venue) => _feeds.States.Single(state => state.Id.Key == venue).Feeds;

    /// <summary>Switches a fault on.</summary>
    internal void Inject(FaultRequest fault) => Simulator.Inject(fault);

    /// <summary>Waits until every book of every venue is live.</summary>
    internal Task WhenAllLiveAsync() => WhenAsync(
        () => Witness.Now.Count == _books.Length && Witness.Now.Values.All(status => status.State == BookState.Live),
        () => "not live: " + string.Join(", ", Witness.Now.Where(book => book.Value.State != BookState.Live)
            .Select(book => $"{_catalog[book.Key]} {book.Value.State} {book.Value.Reason}")));

    /// <summary>Waits until something was shown.</summary>
    internal Task WhenShownAsync(Func<TruthWitness.Shown, bool> wanted, string what) => WhenAsync(
        () => Witness.States.Any(wanted),
        () => $"{what} was not shown, but: " + string.Join(", ", Witness.States.Select(shown => $"{shown.Instrument} {shown.Status.State} {shown.Status.Reason}")));

    /// <summary>Lets real time pass, for what is not seen by waiting for it.</summary>
    internal Task PassAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Waits until so many more live books were compared with the truth.</summary>
    internal Task WhenComparedAsync(int more)
    {
        var enough = Witness.Compared + more;
        return WhenAsync(() => Witness.Compared >= enough, () => $"only {Witness.Compared} of {enough} live books were seen");
    }

    internal static async Task WhenAsync(Func<bool> condition, Func<string> otherwise)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private OmnibookOptions Options(SimulatorHost simulator) => new()
    {
        Listen = new ListenOptions(IPAddress.Loopback, [0], [], []),
        Storage = new StorageOptions(Path.GetTempPath(), null, TimeSpan.FromSeconds(4), TimeSpan.FromDays(30)),
        LogLevel = LogLevel.Warning,
        TestEndpoints = false,
        Nbbo = new NbboOptions(new VenueId("hyperliquid-testnet"), "NBBO", "BTC"),
        Venues = [.. simulator.Venues.Select(venue => new VenueOptions(
            new VenueId(venue.Key),
            new VenueAddresses(venue.Rest, SocketOf(venue)),
            [.. _books.Where(book => book.Venue == venue.Key).Select(book => book.Symbol)]) { Feed = _feed })],
        Composites = [Composite("NBBO", "hyperliquid-testnet"), Composite("BTC", "binance-usdm", "hyperliquid")],
        Remarks = [],
    };

    private Uri SocketOf(SimulatedVenueAddress venue)
    {
        var address = new UriBuilder(venue.Socket);
        if (HasLines)
        {
            var line = new SlowLine(address.Port);
            _lines.Add(venue.Key, line);
            address.Port = line.Port;
        }

        address.Host = SocketName ?? address.Host;
        return address.Uri;
    }

    private CompositeOptions Composite(string name, params string[] venues) => new(
        name,
        [.. _books.Where(book => venues.Contains(book.Venue) && book.Symbol.Contains("BTC", StringComparison.Ordinal))
            .Select(book => new MemberName(new VenueId(book.Venue), book.Symbol))]);
}
