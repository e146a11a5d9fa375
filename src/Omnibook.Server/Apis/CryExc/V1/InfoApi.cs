using Omnibook.Core.Events;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Hosting;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary><c>GET /v1/info</c>: of what something is stored, and from when until when.</summary>
internal static class InfoApi
{
    private const string Example =
        """{"protocol_version":1,"server":"omnibook/1.0.0","server_time_ms":1744723200123,"exchanges":[{"id":"binancef","display_name":"Binance Futures","symbols":[{"symbol":"BTCUSDT","has_trades":true,"has_liquidations":true,"data_start_ms":1744700000000,"data_end_ms":1744723200000}]}]}""";

    /// <summary>Maps the route.</summary>
    public static void MapInfo(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/info", ReadAsync)
            .Describe(
                "What is stored",
                "Every exchange that is served, and of it every symbol of which something is stored: `data_start_ms` and `data_end_ms` are the first and the last stored moment.")
            .Answers(StatusCodes.Status200OK, "What is stored.", Example)
            .AnswersV1Errors();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var stored = await services.GetRequiredService<IHistoryArchive>().StoredAsync(context.RequestAborted);
        var exchanges = services.GetRequiredService<CryExcExchanges>().Served;
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin();
        writer.Raw("{\"protocol_version\":1,\"server\":"u8).Text($"omnibook/{ServerState.Version}")
            .Raw(",\"server_time_ms\":"u8).Integer(Timestamp.From(services.GetRequiredService<TimeProvider>().GetUtcNow()).UnixMilliseconds)
            .Raw(",\"exchanges\":"u8);
        RowWriter.List(writer, exchanges, (_, exchange) => Write(
            writer, exchange, [.. stored.Where(one => one.Venue == exchange.Name.Venue).OrderBy(one => one.Symbol, StringComparer.Ordinal)]));
        return new FrameResult(writer.Raw("}"u8).Complete());
    }

    private static void Write(FrameWriter writer, ServedExchange exchange, StoredInstrument[] stored)
    {
        writer.Raw("\"id\":"u8).Text(exchange.Name.Name).Raw(",\"display_name\":"u8).Text(CryExcExchanges.DisplayName(exchange.Name.Name)).Raw(",\"symbols\":"u8);
        RowWriter.List(writer, stored, (_, one) => writer
            .Raw("\"symbol\":"u8).Text(one.Symbol)
            .Raw(",\"has_trades\":"u8).Raw(one.HasTrades ? "true"u8 : "false"u8)
            .Raw(",\"has_liquidations\":"u8).Raw(one.HasLiquidations ? "true"u8 : "false"u8)
            .Raw(",\"data_start_ms\":"u8).Integer(one.First.UnixMilliseconds)
            .Raw(",\"data_end_ms\":"u8).Integer(one.Last.UnixMilliseconds));
    }
}
