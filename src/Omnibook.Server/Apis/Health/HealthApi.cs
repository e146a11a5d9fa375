using Microsoft.Extensions.DependencyInjection.Extensions;
using Omnibook.Server.Access;
using Omnibook.Server.Redis;

namespace Omnibook.Server.Apis.Health;

/// <summary><c>GET /health…</c>: how the server is doing, always from what is known already.</summary>
internal static class HealthApi
{
    /// <summary>The tag of these routes in the API document.</summary>
    public const string Tag = "Server";

    private const string Example =
        """{"status":"healthy","ok":true,"exchanges":{"hyperliquid-testnet":true},"mode":"live","version":"0.1.0","uptime_seconds":42,"server_time_ms":1758524137481,"venues":{"hyperliquid-testnet":{"connected":true,"reason":"","retry_at_ms":null,"unlisted":[],"connections":[{"name":"public-0","state":"connected","reason":"","since_ms":1758524095481,"frame_age_ms":12,"lag_ms":80,"frames":420,"reconnects":0}],"trades":{"gaps":1,"fetched":12,"holes":0,"latest":[]}}},"books":[{"venue":"hyperliquid-testnet","symbol":"merrli:BTC","state":"live","reason":"","words":"live","since_ms":1758524096481,"ageMs":12,"lastSeq":1758524137000,"resyncs":0}],"storage":{"ok":true,"file":"price_data.db","sqlite":"3.40.1 (system)","failed_rows":0,"quarantined":null},"clients":3,"news":{"items":57,"from_history":50,"repeated":12,"last_received_ms":1758524130481,"last_published_ms":1758524130102}}""";

    /// <summary>Registers what the routes need.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, Func<IServiceProvider, HealthSources> sources)
    {
        services.TryAddSingleton(provider => new RedisState(provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(sources).AddSingleton<HealthReader>();
    }

    /// <summary>Maps the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/health", ReadAsync)
            .Describe(
                "How the server is doing",
                "Always 200. `degraded` when a venue is not connected, a book is not live, or prices cannot be stored; `venues` and `books` say why. No venue is asked.")
            .Answers(StatusCodes.Status200OK, "The health of everything.", Example)
            .WithTags(Tag);
        routes.MapRead("/health/live", _ => Task.FromResult(Probe(new ProbeReport("live"), StatusCodes.Status200OK)))
            .Describe("Alive", "200 as long as the process answers; never depends on a venue.")
            .Answers(StatusCodes.Status200OK, "Alive.", """{"status":"live"}""")
            .OpenToAll()
            .WithTags(Tag);
        routes.MapRead("/health/ready", ReadyAsync)
            .Describe("Ready", "200 once at least one book is live.")
            .Answers(StatusCodes.Status200OK, "Ready.", """{"status":"ready"}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "Not ready.", """{"status":"not ready","detail":"no venue has listed its instruments yet"}""")
            .OpenToAll()
            .WithTags(Tag);
    }

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var report = await context.RequestServices.GetRequiredService<HealthReader>().ReadAsync(context.RequestAborted);
        return Results.Json(report, HealthJson.Default.HealthReport);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context)
    {
        var why = await context.RequestServices.GetRequiredService<HealthReader>().WhyNotReadyAsync(context.RequestAborted);
        return why is null
            ? Probe(new ProbeReport("ready"), StatusCodes.Status200OK)
            : Probe(new ProbeReport("not ready", why), StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Probe(ProbeReport report, int status) =>
        Results.Json(report, HealthJson.Default.ProbeReport, statusCode: status);
}
