using Microsoft.Extensions.Logging.Console;
using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Access;
using Omnibook.Server.Alerts;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Apis.CryExc.V1;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.Liquidity.Kept;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Apis.PerpDex.Positions;
using Omnibook.Server.Audit;
using Omnibook.Server.Configuration;
using Omnibook.Server.History;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Recording;
using Omnibook.Server.Redis;
using Omnibook.Server.Replay;
using Omnibook.Server.Startup;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Server.Hosting;

/// <summary>Puts the server together: services, what every request passes, routes.</summary>
internal static class ServerHost
{
    /// <summary>How long requests and sockets may take to end, so that the whole ends within five seconds.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Builds the server; nothing is opened, locked or started before it is started.</summary>
    public static WebApplication Build(ServerPlan plan, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(ServerHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });

        // Our own configuration is complete and checked. The framework's sources would let other names have their say.
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => Kestrel.Configure(kestrel, plan.Options.Listen));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        AddLogging(builder.Logging, plan.Options.LogLevel);
        builder.Services.AddTrading(plan);
        AddMarket(builder.Services, plan, time ?? TimeProvider.System);
        AddApis(builder.Services, plan.Options);
        builder.Services.AddAlerts(plan);
        var app = builder.Build();
        app.UseApis();
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", Higher(level, LogLevel.Warning));
        logging.AddFilter("System", Higher(level, LogLevel.Warning));
        logging.AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = LogLine.FormatterName;

            // The screen and the results of commands have the standard output for themselves.
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }

    private static void AddMarket(IServiceCollection services, ServerPlan plan, TimeProvider time) =>
        services
            .AddSingleton(plan)
            .AddSingleton(plan.Options)
            .AddSingleton(time)
            .AddSingleton(_ => DataFolder.Open(plan.Options.Storage.DataFolder))
            .AddSingleton(provider => Snapshots.Open(plan, provider))
            .AddSingleton(provider => PaperStorage.Open(plan, provider))
            .AddSingleton<InstrumentCatalog>()
            .AddHistory(plan)
            .AddArchive(plan)
            .AddSingleton(provider => new Market(provider.GetRequiredService<InstrumentCatalog>(), [], HistoryWiring.Remembering(provider, VenueBooks.OptionsFor(plan.Options))))
            .AddSingleton(new MarketLoopOptions())
            .AddSingleton<MarketLoop>()
            .AddSingleton<MarketClock>()
            .AddSingleton<VenueFeeds>()
            .AddSingleton<MarketDemand>()
            .AddSingleton(provider => new CandleClosing(
                provider.GetRequiredService<MarketLoop>(),
                provider.GetRequiredService<InstrumentCatalog>(),
                provider.GetRequiredService<MarketDemand>().HasStoodSince))
            .AddSingleton(new AuditOptions { Period = plan.Options.BookCheckPeriod })
            .AddSingleton<BookAudit>()
            .AddSingleton<RestBans>()
            .AddSingleton<SnapshotRecorder>()
            .AddSingleton<ServerState>()
            .AddMetricsHistory(plan)
            .AddRecording(plan)
            .AddHostedService<MarketHost>()
            .AddHostedService(provider => provider.GetRequiredService<FundingCollector>())
            .AddHistoryDatabase()
            .AddHostedService<ReplayHost>()
            .AddHostedService<StartScreen>();

    private static void AddApis(IServiceCollection services, OmnibookOptions options) =>
        services
            .AddSingleton(LiquiditySettings.Of(options))
            .AddRedis(options.Redis)
            .AddSingleton(new V1Rules(options.HistoryToken))
            .AddSingleton(provider => new HyperliquidInfo(new FollowedRest(provider.GetRequiredService<VenueFeeds>(), options.Nbbo.Venue)))
            .AddApis(
                new ApiOptions
                {
                    AllowedHosts = options.Listen.AllowedHosts,
                    AllowedOrigins = options.Listen.AllowedOrigins,
                    TestEndpoints = options.TestEndpoints,
                    Access = AccessRules.Of(options),
                },
                new NbboRules
                {
                    Venue = options.Nbbo.Venue,
                    Composite = options.Nbbo.Composite,
                    Coin = options.Nbbo.Coin,
                    Coins = [.. options.Composites.Where(one => one.Name == options.Nbbo.Composite).SelectMany(one => one.Members).Select(one => one.Symbol)],
                },
                new MarketDataRules
                {
                    LargeTradeUsd = options.MarketData.LargeTradeUsd,
                    Symbols = options.MarketData.Symbols,
                    Intervals = options.MarketData.Intervals,
                },
                Exchanges,
                Following,
                Health);

    private static ExchangeSources Exchanges(IServiceProvider provider)
    {
        var feeds = provider.GetRequiredService<VenueFeeds>();
        return new ExchangeSources(exchange => feeds.DataOf(exchange.Venue) is { } data && feeds.RestOf(exchange.Venue) is { } rest
            ? feeds.DirectoryOf(exchange.Venue) is { } directory
                ? new ServedExchange(exchange, data, rest, directory.Resolve) { Listings = directory.Listings }
                : new ServedExchange(exchange, data, rest, null, feeds.States.First(venue => venue.Id == exchange.Venue).Reason)
            : null);
    }

    private static MarketFollowing Following(IServiceProvider provider)
    {
        var demand = provider.GetRequiredService<MarketDemand>();
        return new MarketFollowing(demand.Acquire, demand.AcquireCandles, demand.HasStoodSince);
    }

    private static HealthSources Health(IServiceProvider provider)
    {
        var (state, feeds) = (provider.GetRequiredService<ServerState>(), provider.GetRequiredService<VenueFeeds>());
        return new HealthSources(
            state.Mode.ToString().ToLowerInvariant(), ServerState.Version, state.StartedAt, () => [.. feeds.States.Select(Describe)])
        {
            DownAfter = provider.GetRequiredService<OmnibookOptions>().ReconnectAttempts,
            History = () => provider.GetRequiredService<ServerHistory>().Report,
            Database = () => provider.GetRequiredService<ServerDatabase>().Database is { } database ? DatabaseReport.Of(database.Status) : null,
        };
    }

    private static VenueHealth Describe(VenueState venue) =>
        new(venue.Id.Key, venue.Listing is null ? string.Empty : $"its instruments are not known yet: {venue.Reason}", venue.Until, venue.Unlisted, venue.Feeds, venue.News)
        {
            Trades = venue.Trades,
            IsOnDemandAlone = venue.Symbols.Count == 0 && venue.News is null,
        };

    private static LogLevel Higher(LogLevel left, LogLevel right) => left > right ? left : right;
}
