using Omnibook.Server.Access;
using Omnibook.Server.Apis.Alerts;
using Omnibook.Server.Apis.CryExc;
using Omnibook.Server.Apis.Documents;
using Omnibook.Server.Apis.Export;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Apis.PerpDex;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis;

/// <summary>Everything that the server serves: the table of contents of this folder.</summary>
internal static class ServerApis
{
    /// <summary>Registers streams, pipeline, dialects, health and documents.</summary>
    public static IServiceCollection AddApis(
        this IServiceCollection services,
        ApiOptions options,
        NbboRules nbbo,
        MarketDataRules marketData,
        Func<IServiceProvider, ExchangeSources> exchanges,
        Func<IServiceProvider, MarketFollowing> following,
        Func<IServiceProvider, HealthSources> health) =>
        services
            .AddStreams()
            .AddApiPipeline(options)
            .AddAccess(options.Access)
            .AddSingleton<QueryCache>()
            .AddNbbo(nbbo)
            .AddMarketData(marketData, exchanges, following)
            .AddLiquidity()
            .AddPerpDex()
            .AddCryExc()
            .AddHealth(health)
            .AddMetricsText()
            .AddDocuments();

    /// <summary>Puts the pipeline in place and maps every route.</summary>
    public static void UseApis(this WebApplication app)
    {
        app.UseApiPipeline();
        app.UseRouting();
        app.UseMiddleware<AccessGuard>();
        app.UseDocuments();
        app.MapAccess();
        app.MapNbbo();
        app.MapMarketData();
        app.MapLiquidity();
        app.MapAlerts();
        app.MapPerpDex();
        app.MapCryExc();
        app.MapExport();
        app.MapHealth();
        app.MapMetrics();
        app.MapDocuments();
        app.MapPages();
    }
}
