using System.Globalization;
using Omnibook.History;
using Omnibook.Venues;

namespace Omnibook.Server.Apis;

/// <summary>Turns trouble with a venue, or with the store, into the answer that says so.</summary>
internal sealed class UpstreamErrors(TimeProvider time) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (VenueRequestException refused)
        {
            if (refused.Until is { } until && until > time.GetUtcNow())
            {
                var seconds = (int)Math.Ceiling((until - time.GetUtcNow()).TotalSeconds);
                context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            return ApiErrors.Detail(StatusOf(refused.Failure), Describe(refused));
        }
        catch (PaperStoreException broken)
        {
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"the paper positions: {broken.Message}");
        }
        catch (SnapshotStoreException broken)
        {
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"the price store: {broken.Message}");
        }
    }

    /// <summary>What happened, in a sentence without inner details of ours.</summary>
    public static string Describe(VenueRequestException refused)
    {
        var what = refused.Failure switch
        {
            RequestFailure.Unreachable => "the venue cannot be reached",
            RequestFailure.TimedOut => "the venue did not answer in time",
            RequestFailure.OverBudget => "the venue was not asked: more is asked of it than it allows",
            RequestFailure.RateLimited => "the venue says that we ask too often",
            RequestFailure.GeoBlocked => "the venue refuses the address of this server",
            RequestFailure.Rejected => $"the venue refused the request with HTTP {refused.StatusCode}",
            RequestFailure.ServerError => $"the venue answered HTTP {refused.StatusCode}",
            _ => "the venue's answer cannot be read",
        };
        return string.IsNullOrWhiteSpace(refused.VenueMessage) ? what : $"{what}: {refused.VenueMessage}";
    }

    private static int StatusOf(RequestFailure failure) => failure switch
    {
        RequestFailure.Unreachable or RequestFailure.RateLimited or RequestFailure.OverBudget => StatusCodes.Status503ServiceUnavailable,
        RequestFailure.TimedOut => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status502BadGateway,
    };
}
