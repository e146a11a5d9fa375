using Microsoft.Extensions.DependencyInjection.Extensions;
using Omnibook.Server.Apis.CryExc.Live;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Apis.CryExc.V1;

namespace Omnibook.Server.Apis.CryExc;

/// <summary>The CryExc dialect: the backend of a charting terminal, for every venue and symbol.</summary>
internal static class CryExcApi
{
    /// <summary>The tag of the dialect in the API document.</summary>
    public const string Tag = "CryExc";

    private const string Prefix = "/cryexc";

    /// <summary>
    /// Registers the dialect. It expects the market loop, the streams, and of the MarketData dialect the exchanges and the way to have something followed.
    /// </summary>
    public static IServiceCollection AddCryExc(this IServiceCollection services)
    {
        services.TryAddSingleton(new CryExcRules());
        services.TryAddSingleton<IHistoryArchive, NoArchive>();
        services.TryAddSingleton(new V1Rules());
        return services
            .AddSingleton<CryExcExchanges>()
            .AddSingleton<CryExcQueries>()
            .AddSingleton<LargeAnswers>()
            .AddSingleton<FlowPriming>()
            .AddSingleton<PastReader>()
            .AddSingleton<StreamParts>()
            .AddSingleton<StreamPlanner>()
            .AddSingleton<SocketServices>()
            .AddSingleton<MarketStreams>()
            .AddHostedService(provider => provider.GetRequiredService<MarketStreams>());
    }

    /// <summary>Maps the dialect at the root, for the clients that exist, and under its own prefix.</summary>
    public static void MapCryExc(this IEndpointRouteBuilder routes)
    {
        MapAll(routes.MapGroup(string.Empty));
        MapAll(routes.MapGroup(Prefix));
    }

    private static void MapAll(RouteGroupBuilder routes)
    {
        routes.WithTags(Tag).AddEndpointFilter<RouteGroupBuilder, UpstreamErrors>();
        routes.MapExchangeList();
        routes.MapMarketStatistics();
        routes.MapScreener();
        routes.MapKlines();
        routes.MapStatus();
        routes.MapCryExcSocket();
        routes.MapV1();
    }
}
