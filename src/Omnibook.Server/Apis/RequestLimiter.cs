using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace Omnibook.Server.Apis;

/// <summary>Bounds what one address may ask of the REST routes. Sockets are bounded by their own limits.</summary>
internal static class RequestLimiter
{
    /// <summary>Registers the limiter: a bucket of tokens for each address.</summary>
    public static IServiceCollection AddRequestLimiter(this IServiceCollection services, ApiOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => Bucket(context, options));
            limiter.OnRejected = (context, _) => new ValueTask(RefuseAsync(context.HttpContext, context.Lease, options));
        });

    private static RateLimitPartition<IPAddress> Bucket(HttpContext context, ApiOptions options)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return options.RequestsPerSecond == 0 || context.WebSockets.IsWebSocketRequest
            ? RateLimitPartition.GetNoLimiter(IPAddress.Any)
            : RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestBurst,
                TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(0.1, 1.0 / options.RequestsPerSecond)),
                QueueLimit = 0,
            });
    }

    private static Task RefuseAsync(HttpContext context, RateLimitLease lease, ApiOptions options)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return ApiErrors
            .Detail(StatusCodes.Status429TooManyRequests, $"more than {options.RequestsPerSecond} requests a second; come again in {seconds} s")
            .ExecuteAsync(context);
    }
}
