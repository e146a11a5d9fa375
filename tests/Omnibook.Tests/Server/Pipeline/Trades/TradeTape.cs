using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Simulator;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Pipeline.Trades;

/// <summary>One simulated venue that is followed, and every trade that a listener of the market hears.</summary>
internal sealed class TradeTape : IMarketListener, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Trade> _heard = [];
    private readonly MarketLoop _loop;
    private readonly VenueFeeds _feeds;

    private TradeTape(SimulatorHost simulator, string venue, string symbol)
    {
        Simulator = simulator;
        _loop = new MarketLoop(new Market(Catalog, []), Catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        _loop.Subscribe(this);
        _loop.Start();
        _feeds = new VenueFeeds(Options(simulator, venue, symbol), Catalog, _loop, TimeProvider.System, NullLogger<VenueFeeds>.Instance);
        _feeds.Start(options => options.Addresses);
    }

    public SimulatorHost Simulator { get; }

    public InstrumentCatalog Catalog { get; } = new();

    /// <summary>What is said of missed trades.</summary>
    public Omnibook.Server.Pipeline.Trades.TradeHoleReport Report => _feeds.States[0].Trades;

    /// <summary>The trades in the order in which they were heard.</summary>
    public Trade[] Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    public static async Task<TradeTape> FollowAsync(string venue, string symbol)
    {
        var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Seed = 11, Venues = [venue], Remembered = 100_000, ActivityPercent = 300 }, TimeProvider.System, TestContext.Current.CancellationToken);
        return new TradeTape(simulator, venue, symbol);
    }

    public void OnChanges(Market market, MarketChanges changes)
    {
        lock (_gate)
        {
            _heard.AddRange(changes.Trades);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _feeds.DisposeAsync();
        await Simulator.DisposeAsync();
        await _loop.DisposeAsync();
    }

    private static OmnibookOptions Options(SimulatorHost simulator, string venue, string symbol) => new()
    {
        Listen = new ListenOptions(IPAddress.Loopback, [0], [], []),
        Storage = new StorageOptions(Path.GetTempPath(), null, TimeSpan.FromSeconds(4), TimeSpan.FromDays(30)),
        LogLevel = LogLevel.Warning,
        TestEndpoints = false,
        Nbbo = new NbboOptions(new VenueId(venue), "NBBO", "BTC"),
        Venues =
        [
            new VenueOptions(new VenueId(venue), new VenueAddresses(simulator.Venues[0].Rest, simulator.Venues[0].Socket), [symbol])
            {
                // Back before the venue has forgotten what was missed: these markets are lively, and Lighter remembers a hundred trades.
                Feed = FeedOptions.Default with { ReconnectDelay = TimeSpan.FromMilliseconds(100) },
            },
        ],
        Composites = [],
        Remarks = [],
    };
}
