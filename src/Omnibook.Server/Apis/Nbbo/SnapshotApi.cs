using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary><c>/test/db/*</c>: a look into the stored prices, and a row to try them out. Only where the configuration allows it.</summary>
internal static class SnapshotApi
{
    private const int DefaultRows = 10;
    private const int MostRows = 1000;

    private const string HeadExample =
        """{"success":true,"message":"1 record","count":1,"table":{"headers":["id","coin","dex","timestamp","best_ask","best_bid","spread","mid_price","created_at"],"rows":[[1,"BTC","AGGREGATED","1758437301106 (2025-09-21 06:48:21)",113640,115830,-2190,114735,"1758437301 (2025-09-21 06:48:21)"]]},"raw_data":[{"id":1,"coin":"BTC","dex":"AGGREGATED","timestamp":1758437301106,"best_ask":113640,"best_bid":115830,"spread":-2190,"mid_price":114735,"created_at":1758437301}]}""";

    private const string SampleExample =
        """{"success":true,"message":"Sample row stored","timestamp":1758524137481,"data":{"success":true,"data":{"coin":"BTC","timestamp":1758524137481,"bids":[{"price":113690,"size":0.2,"orders":1}],"asks":[{"price":113700,"size":0.5,"orders":2}],"best_bid":113690,"best_ask":113700,"spread":10,"mid_price":113695}}}""";

    /// <summary>Maps the routes.</summary>
    public static void MapSnapshots(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/test/db/head", HeadAsync)
            .Describe("The oldest stored prices", "Rows of `price_snapshots`, oldest first; readable times are UTC.")
            .Takes("limit", $"How many rows, 1 to {MostRows}; {DefaultRows} unless given.", "integer", example: "10")
            .Answers(StatusCodes.Status200OK, "The rows.", HeadExample)
            .AnswersInvalid();
        routes.MapPost("/test/db/insert-sample", (Delegate)InsertAsync)
            .RequireScope(Scope.Simulate)
            .Describe("Store a sample", "Stores one fixed book, stamped now, under the dex `SAMPLE`, which is in no chart.")
            .Answers(StatusCodes.Status200OK, "The row was stored, or there is one of this millisecond already (`success` false).", SampleExample);
    }

    private static async Task<IResult> HeadAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Integer("limit", 1, MostRows) ?? DefaultRows;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var services = context.RequestServices;
        var rows = await services.GetRequiredService<PriceSnapshotStore>().HeadAsync(limit, context.RequestAborted);
        return new FrameResult(SnapshotWriter.Render(new FrameWriter(services.GetRequiredService<FramePool>()), rows));
    }

    private static async Task<IResult> InsertAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        var row = PriceSnapshot.Of(services.GetRequiredService<NbboRules>().Coin, PriceSnapshot.Sample, now, bestBid: 113690, bestAsk: 113700);
        var stored = await services.GetRequiredService<PriceSnapshotStore>().InsertAsync(row, context.RequestAborted);
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin();
        return new FrameResult(stored ? RenderStored(writer, row) : RenderDuplicate(writer, now));
    }

    private static Frame RenderStored(FrameWriter writer, PriceSnapshot row) =>
        writer.Raw("{\"success\":true,\"message\":\"Sample row stored\",\"timestamp\":"u8).Integer(row.TimestampMs)
            .Raw(",\"data\":{\"success\":true,\"data\":{\"coin\":"u8).Text(row.Coin).Raw(",\"timestamp\":"u8).Integer(row.TimestampMs)
            .Raw(",\"bids\":[{\"price\":113690,\"size\":0.2,\"orders\":1},{\"price\":113650,\"size\":0.3,\"orders\":1}]"u8)
            .Raw(",\"asks\":[{\"price\":113700,\"size\":0.5,\"orders\":2},{\"price\":113750,\"size\":0.6,\"orders\":3}]"u8)
            .Raw(",\"best_bid\":113690,\"best_ask\":113700,\"spread\":10,\"mid_price\":113695}}}"u8).Complete();

    private static Frame RenderDuplicate(FrameWriter writer, long now) =>
        writer.Raw("{\"success\":false,\"message\":\"There is a sample row of this millisecond already\",\"timestamp\":"u8)
            .Integer(now).Raw("}"u8).Complete();
}
