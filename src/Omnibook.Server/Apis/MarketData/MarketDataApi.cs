using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData.Live;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>The MarketData dialect: candles, open interest, funding, large trades and liquidations of every venue in one shape.</summary>
internal static class MarketDataApi
{
    /// <summary>The tag of the dialect in the API document.</summary>
    public const string Tag = "MarketData";

    private const string Prefix = "/markets";

    /// <summary>Registers the dialect. It expects the market loop, the instrument catalog, the cache of answers and the streams.</summary>
    public static IServiceCollection AddMarketData(
        this IServiceCollection services,
        MarketDataRules rules,
        Func<IServiceProvider, ExchangeSources> sources,
        Func<IServiceProvider, MarketFollowing> following) =>
        services
            .AddSingleton(rules)
            .AddSingleton(sources)
            .AddSingleton<Exchanges>()
            .AddSingleton(following)
            .AddSingleton<MarketQueries>()
            .AddSingleton<LiveStreams>()
            .AddSingleton<EverythingStream>()
            .AddSingleton<OpenInterestWatch>()
            .AddHostedService(provider => provider.GetRequiredService<LiveStreams>())
            .AddHostedService(provider => provider.GetRequiredService<EverythingStream>())
            .AddHostedService(provider => provider.GetRequiredService<OpenInterestWatch>());

    /// <summary>Maps the dialect at the root, for the clients that exist, and under its own prefix.</summary>
    public static void MapMarketData(this IEndpointRouteBuilder routes)
    {
        MapAll(routes.MapGroup(string.Empty));
        var own = routes.MapGroup(Prefix);
        MapAll(own);
        own.MapRead("/", context => Task.FromResult(About(context)))
            .Describe("MarketData", "What the dialect's own root always said.")
            .Answers(StatusCodes.Status200OK, "What this is.", """{"name":"Omnibook","version":"0.1.0","status":"operational","docs":"/docs","exchanges":["binance","hyperliquid","bybit"]}""")
            .WithTags(Tag);
        own.MapRead("/health", context => Task.FromResult(Health(context)))
            .Describe("Exchanges that are connected", "What the dialect's own health route always said; the root's /health says everything.")
            .Answers(StatusCodes.Status200OK, "Always 200.", """{"status":"healthy","exchanges":{"binance":true,"hyperliquid":true,"bybit":true}}""")
            .WithTags(Tag);
    }

    private static void MapAll(RouteGroupBuilder routes)
    {
        routes.WithTags(Tag).AddEndpointFilter<RouteGroupBuilder, UpstreamErrors>();
        routes.MapExchanges();
        routes.MapCandles();
        routes.MapMultiCandles();
        routes.MapOpenInterest();
        routes.MapFunding();
        routes.MapPredictedFunding();
        routes.MapBinanceProxies();
        routes.MapInstrumentSockets();
        routes.MapEverythingSockets();
        routes.MapOpenInterestSockets();
    }

    private static IResult About(HttpContext context)
    {
        var (health, exchanges) = (context.RequestServices.GetRequiredService<HealthSources>(), context.RequestServices.GetRequiredService<Exchanges>());
        return Results.Json(
            new MarketDataAbout("Omnibook", health.Version, "operational", "/docs", [.. exchanges.Served.Select(exchange => exchange.Name.Name)]),
            MarketDataJson.Default.MarketDataAbout);
    }

    private static IResult Health(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var connected = context.RequestServices.GetRequiredService<HealthSources>().Venues()
            .Where(venue => ExchangeName.All.Any(exchange => exchange.Venue.Key == venue.Key))
            .ToDictionary(venue => ExchangeName.Of(venue.Key), venue => venue.IsConnected, StringComparer.Ordinal);
        return Results.Json(
            new MarketDataHealth(connected.Values.All(isConnected => isConnected) ? "healthy" : "degraded", connected), MarketDataJson.Default.MarketDataHealth);
    }
}
