using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary><c>/ws</c>: one socket for all streams of the dialect.</summary>
internal static class SocketApi
{
    private const string Example =
        """{"type":"trade","instanceId":"t1","data":{"exchange":"binancef","symbol":"BTCUSDT","price":42001.3,"quantity":0.5,"quoteQty":21000.65,"isBuyerMaker":false,"timestamp":1700000000000}}""";

    /// <summary>Maps the socket.</summary>
    public static void MapCryExcSocket(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws", (context, client) => Open(context, client))
            .DescribeSocket(
                "Trades, books, liquidations, order flow and news, as the client asks",
                "Send `{\"type\":\"stream_subscribe\",\"stream\":\"trade\",\"instanceId\":\"t1\",\"config\":{\"symbol\":\"BTCUSDT\",\"exchanges\":[\"binancef\"]}}`, or `stream_subscribe_batch`, "
                + "`stream_update`, `stream_unsubscribe`, `ping`. Streams: `trade`, `orderbook`, `orderbook_stats`, `liquidation`, `kline`, `cvd`, `footprint`, `dom`, `orderbook_heatmap`, `news`. "
                + "Every message is answered; what cannot be met is answered by `{\"type\":\"error\",\"message\":…}` and ends nothing. Books, figures and ladders are states; everything else waits in order.",
                "event",
                Example);

    private static void Open(HttpContext context, ClientConnection client) =>
        _ = new SocketSession(client, context.RequestServices.GetRequiredService<SocketServices>());
}
