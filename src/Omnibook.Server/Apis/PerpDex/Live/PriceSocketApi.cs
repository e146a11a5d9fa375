using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Live;

/// <summary><c>/api/v1/ws/connect</c>: the prices of the pairs that a client names, whenever they change.</summary>
internal static class PriceSocketApi
{
    /// <summary>Maps the socket.</summary>
    public static void MapPriceSocket(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws/connect", Open)
            .DescribeSocket(
                "Prices of pairs",
                "Send `{\"action\":\"subscribe\",\"pair\":\"BTC-USD\"}`: `{\"type\":\"subscribed\",\"pair\":\"BTC-USD\"}` comes, the price of now, and then every change, at most 20 a second. "
                + "`unsubscribe` ends it, `{\"action\":\"ping\",\"timestamp\":123}` is answered with `{\"type\":\"pong\",\"timestamp\":123}`. What cannot be done gets `{\"type\":\"error\",\"message\":\"…\"}`.",
                "state",
                $$"""{"type":"price_update","data":{{AggregatedApi.Example}}}""");

    private static void Open(HttpContext context, ClientConnection client)
    {
        var services = context.RequestServices;
        _ = new PriceSocket(
            client,
            services.GetRequiredService<Dexes>(),
            services.GetRequiredService<PairStreams>(),
            services.GetRequiredService<StreamLimits>(),
            services.GetRequiredService<FramePool>());
    }
}
