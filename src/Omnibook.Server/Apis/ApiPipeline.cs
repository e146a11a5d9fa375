using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis;

/// <summary>What every request passes before it reaches its route, in this order.</summary>
internal static class ApiPipeline
{
    /// <summary>Registers what the pipeline needs.</summary>
    public static IServiceCollection AddApiPipeline(this IServiceCollection services, ApiOptions options) =>
        services.AddSingleton(options).AddRequestLimiter(options);

    /// <summary>Error bodies, headers, host filter, cross-origin rules, sockets, limiter.</summary>
    public static IApplicationBuilder UseApiPipeline(this IApplicationBuilder app) =>
        app.UseMiddleware<SecurityHeaders>()
            .UseMiddleware<HostFilter>()
            .UseStreams()
            .UseMiddleware<CrossOrigin>()
            .UseMiddleware<ErrorBodies>()
            .UseRateLimiter();
}
