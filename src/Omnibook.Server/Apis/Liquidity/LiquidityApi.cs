using Microsoft.Extensions.DependencyInjection.Extensions;
using Omnibook.Server.Apis.Liquidity.Kept;
using Omnibook.Server.Apis.Liquidity.Recorded;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>The Liquidity dialect: what it costs to trade, streamed, and what an order would cost.</summary>
internal static class LiquidityApi
{
    private const string Tag = "Liquidity";
    private const string Prefix = "/liquidity";

    /// <summary>
    /// Registers the dialect. It expects the market loop, the instrument catalog, the streams and the health sources, and serves what
    /// <see cref="LiquiditySettings"/> says, where they were registered before.
    /// </summary>
    public static IServiceCollection AddLiquidity(this IServiceCollection services)
    {
        services.TryAddSingleton(new LiquiditySettings());
        services.TryAddSingleton(new MetricsHistoryOptions());
        return services
            .AddSingleton<LiquidityBoard>()
            .AddSingleton<MetricsKeeper>()
            .AddSingleton<LiquidityPulse>()
            .AddHostedService(provider => provider.GetRequiredService<MetricsKeeper>())
            .AddHostedService(provider => provider.GetRequiredService<LiquidityPulse>());
    }

    /// <summary>Maps the dialect at the root, for the clients that exist, and under its own prefix.</summary>
    public static void MapLiquidity(this IEndpointRouteBuilder routes)
    {
        MapAll(routes.MapGroup(string.Empty));
        MapAll(routes.MapGroup(Prefix));
    }

    private static void MapAll(RouteGroupBuilder routes)
    {
        routes.WithTags(Tag);
        routes.MapStream();
        routes.MapExecute();
        routes.MapLiquidityHealth();
        routes.MapReplay();
        routes.MapMetricsHistory();
    }
}
