using System.Text;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.Health;

/// <summary><c>GET /metrics</c>: every figure of the server, as Prometheus reads it.</summary>
internal static class MetricsApi
{
    /// <summary>Registers the meter and its listener.</summary>
    public static IServiceCollection AddMetricsText(this IServiceCollection services) =>
        services.AddSingleton<Telemetry>().AddSingleton<PrometheusText>();

    /// <summary>Maps the route, and begins to listen.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<PrometheusText>();
        routes.MapRead("/metrics", ReadAsync)
            .Describe("Figures", "Books, feeds, market, clients, runtime and web server in the Prometheus text format.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithTags(HealthApi.Tag);
    }

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var books = await BookHealth.ReadAllAsync(
            services.GetRequiredService<MarketLoop>(), services.GetRequiredService<InstrumentCatalog>(), context.RequestAborted);
        services.GetRequiredService<Telemetry>().Look(books, services.GetRequiredService<HealthSources>().Venues());
        return Results.Text(services.GetRequiredService<PrometheusText>().Write(), PrometheusText.ContentType, Encoding.UTF8);
    }
}
