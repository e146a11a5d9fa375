using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Omnibook.Server.Trading;
using Omnibook.Simulator;
using Omnibook.Venues;
using Omnibook.Venues.Feed;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Hyperliquid.Orders;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Tests.Server.Trading;

/// <summary>The desk of orders, a journal in a folder of the test, and a simulated Hyperliquid behind a real socket.</summary>
internal sealed class OrderWorld : IAsyncDisposable
{
    public const string Key = "0x0123456789012345678901234567890123456789012345678901234567890123";
    public const string Address = "0x14791697260e4c9a71f18484c9f997b308e59325";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-orders-");
    private readonly RestClient _rest;
    private ServiceProvider _services;

    private OrderWorld(SimulatorHost simulator, TradingOptions options)
    {
        (Simulator, Options) = (simulator, options);
        _rest = new RestClient(simulator.Venues.Single().Rest, new HyperliquidVenue(new("hyperliquid"), HyperliquidVenue.Mainnet).Rules, TimeProvider.System);
        Wire = new WatchedWire(_rest);
        _services = Build();
    }

    public SimulatorHost Simulator { get; }

    public TradingOptions Options { get; }

    public WatchedWire Wire { get; }

    public List<string> Log { get; } = [];

    public OrderDesk Desk => _services.GetRequiredService<OrderDesk>();

    public string Folder => _folder.FullName;

    public string Journal => string.Concat(Directory.GetFiles(_folder.FullName, "*.jsonl").Order().Select(File.ReadAllText));

    public string JournalFile => Directory.GetFiles(_folder.FullName, "*.jsonl").Order().Last();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OrderWorld> StartAsync(Func<TradingOptions, TradingOptions>? change = null)
    {
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Seed = 45, Venues = ["hyperliquid"] }, TimeProvider.System, Cancel);
        simulator.Fund("hyperliquid", Address, 1_000_000);
        var options = new TradingOptions
        {
            Mode = TradingMode.Live,
            Signer = new ActionSigner(Key, isMainnet: true),
            MaxOrderUsd = 20_000,
            MaxDayUsd = 100_000,
            ActionLife = TimeSpan.FromSeconds(4),
        };
        return new OrderWorld(simulator, change?.Invoke(options) ?? options);
    }

    /// <summary>As after a crash: everything but the journal and the venue is new.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    /// <summary>A price that is below the market by some dollars, or above it.</summary>
    public decimal Near(decimal dollars)
    {
        var book = Simulator.TrueBookNow("hyperliquid", "BTC");
        return book.PriceScale.ToDecimal(book.Asks[0].Price) + dollars;
    }

    public OrderTerms Order(decimal price, decimal size = 0.01m, bool isBuy = true, TimeInForce tif = TimeInForce.Gtc, string? cloid = null) =>
        new() { Coin = "BTC", IsBuy = isBuy, Price = price, Size = size, TimeInForce = tif, ClientId = cloid };

    public async Task<OrderReport> PlaceAsync(OrderTerms order) => (await Desk.PlaceAsync([order], Cancel))[0];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _rest.Dispose();
        await Simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LinesLog(Log)))
        .AddTrading(TradingIdentity.For(Options), _ => Wire, provider => new OrderJournal(_folder.FullName, provider.GetRequiredService<TimeProvider>()))
        .BuildServiceProvider();
}

/// <summary>The wire, with what went over it, and orders that get lost on it when a test wants so.</summary>
internal sealed class WatchedWire(VenueRest rest) : VenueRest
{
    public List<string> Sent { get; } = [];

    public int Lose { get; set; }

    public IEnumerable<string> Orders => Sent.Where(body => body.Contains("\"signature\"", StringComparison.Ordinal));

    public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        lock (Sent)
        {
            Sent.Add(System.Text.Encoding.UTF8.GetString(request.Body!.Value.Span));
        }

        return request.Path == "exchange" && Lose-- > 0
            ? throw new VenueRequestException(RequestFailure.TimedOut, "lost on the way")
            : rest.SendAsync(request, cancellationToken);
    }
}

/// <summary>Keeps every line that is logged.</summary>
internal sealed class LinesLog(List<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
