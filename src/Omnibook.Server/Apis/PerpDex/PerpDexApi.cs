using Omnibook.Server.Apis.PerpDex.Live;
using Omnibook.Server.Apis.PerpDex.Orders;
using Omnibook.Server.Apis.PerpDex.Positions;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Apis.PerpDex.Trading;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>The PerpDex dialect: perpetuals of the decentralised exchanges as one market.</summary>
internal static class PerpDexApi
{
    private const string Tag = "PerpDex";

    private const string Root = "/api/v1";
    private const string Prefix = "/perp";

    /// <summary>Registers the dialect. It expects the market loop, the catalog, the streams, health, what the MarketData dialect asks
    /// and follows with, and the store of paper positions.</summary>
    public static IServiceCollection AddPerpDex(this IServiceCollection services) =>
        services
            .AddSingleton<Dexes>()
            .AddSingleton<DayFigures>()
            .AddSingleton<PriceDesk>()
            .AddSingleton<TradeDesk>()
            .AddSingleton<FundingCollector>()
            .AddSingleton<RealPositions>()
            .AddSingleton<PositionDesk>()
            .AddSingleton<PairStreams>()
            .AddHostedService(provider => provider.GetRequiredService<PairStreams>());

    /// <summary>Maps the dialect where its clients look for it, and under its own prefix.</summary>
    public static void MapPerpDex(this IEndpointRouteBuilder routes)
    {
        MapAll(routes.MapGroup(Root));
        MapAll(routes.MapGroup(Prefix + Root));
    }

    private static void MapAll(RouteGroupBuilder routes)
    {
        routes.WithTags(Tag).AddEndpointFilter<RouteGroupBuilder, UpstreamErrors>();
        routes.MapPerpHealth();
        routes.MapAggregated();
        routes.MapPairs();
        routes.MapPriceHistory();
        routes.MapPriceSocket();
        routes.MapTradeRoute();
        routes.MapSimulate();
        routes.MapDexStatus();
        routes.MapPaperTrades();
        routes.MapOrders();
        routes.MapPositions();
        routes.MapPaperHistory();
        routes.MapFundingRates();
    }
}
