using Omnibook.Core.Events;
using Omnibook.History;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary><c>GET /api/metrics/history</c>: the metrics of a symbol within a window, as they were.</summary>
internal static class MetricsHistoryApi
{
    private const string Example =
        """{"symbol":"BTC-USD","window":"050bps","window_bps":50,"from":"2025-01-15T12:00:00Z","to":"2025-01-15T13:00:00Z","every_seconds":1,"resolution_seconds":null,"count":1,"truncated":false,"next_from":null,"rows":[{"ts":"2025-01-15T12:00:00.250Z","mid":100007.5,"spread_bps":0.5,"depth":9.8,"depth_usd":980829.5,"bid_depth":4.5,"ask_depth":5.3,"hhi":0.507,"imbalance":-0.082,"venues":[{"venue":"binance","share":0.5612},{"venue":"coinbase","share":0.4388}],"status":"live"}]}""";

    /// <summary>Maps the route.</summary>
    public static void MapMetricsHistory(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/api/metrics/history", ReadAsync)
            .Describe(
                "Metrics as they were",
                "One row in `METRICS_HISTORY_SECONDS`, ascending, with the figures of the `metrics` frame of the same `ts`. `from` is included, `to` is not. "
                + "With `resolution` the last row of each span is told, with its own `ts`; spans are counted from 1970. `truncated` says that there is more, from `next_from` on.")
            .Takes("symbol", "As for `/ws/stream`.", example: "BTC-USD")
            .Takes("window", "As for `/ws/stream`.", example: "050bps")
            .Takes("from", "ISO 8601, or milliseconds since 1970; an hour before `to` unless told otherwise, and at most 7 days.", example: "2025-01-15T12:00:00Z")
            .Takes("to", "The same; now unless told otherwise.", example: "2025-01-15T13:00:00Z")
            .Takes("resolution", "1 to 86400 seconds, as `30`, `30s`, `5m` or `1h`; every row unless told otherwise.", example: "1m")
            .Takes("limit", "1 to 5000 rows; 1000 unless told otherwise.", "integer", example: "1000")
            .Answers(StatusCodes.Status200OK, "The rows; none where nothing was measured.", Example)
            .AnswersInvalid()
            .Answers(StatusCodes.Status404NotFound, "Nothing is kept.", """{"detail":"no metrics are kept: METRICS_HISTORY_SECONDS is 0, HISTORY_ENABLED is false, or frames are replayed","path":"/api/metrics/history"}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "The file cannot be read.", """{"detail":"the history of metrics cannot be read now; it is tried again"}""");

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var keeper = services.GetRequiredService<MetricsKeeper>();
        if (keeper.Store is not { } store)
        {
            return ApiErrors.NotFound(context, "no metrics are kept: METRICS_HISTORY_SECONDS is 0, HISTORY_ENABLED is false, or frames are replayed");
        }

        var query = new QueryReader(context.Request);
        var now = Timestamp.From(services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (MetricsHistoryRequest.Read(query, services.GetRequiredService<LiquidityBoard>(), services.GetRequiredService<LiquiditySettings>(), now) is not { } request)
        {
            return query.Problem!;
        }

        try
        {
            var wanted = new MetricsQuery(request.Symbol.Plan.Composite, request.WindowBps, request.FromMs, request.ToMs, request.ResolutionMs, request.Limit + 1);
            var rows = await store.ReadAsync(wanted, context.RequestAborted);
            return new FrameResult(Render(new FrameWriter(services.GetRequiredService<FramePool>()), request, keeper.Every, rows));
        }
        catch (MetricsStoreException)
        {
            // The file's path and the disk's words are for the log and the operator, not for whoever asks.
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, "the history of metrics cannot be read now; it is tried again");
        }
    }

    private static Frame Render(FrameWriter writer, MetricsHistoryRequest request, TimeSpan every, IReadOnlyList<MetricsRow> rows)
    {
        var count = Math.Min(rows.Count, request.Limit);
        writer.Begin().Raw("{\"symbol\":"u8).Text(request.Symbol.Plan.Name)
            .Raw(",\"window\":"u8).Text(MetricWindow.NameOf(request.WindowBps)).Raw(",\"window_bps\":"u8).Integer(request.WindowBps)
            .Raw(",\"from\":"u8).Moment(Timestamp.FromMilliseconds(request.FromMs)).Raw(",\"to\":"u8).Moment(Timestamp.FromMilliseconds(request.ToMs))
            .Raw(",\"every_seconds\":"u8).Integer((long)every.TotalSeconds).Raw(",\"resolution_seconds\":"u8);
        writer = request.ResolutionMs == 0 ? writer.Raw("null"u8) : writer.Integer(request.ResolutionMs / 1_000);
        writer.Raw(",\"count\":"u8).Integer(count).Raw(rows.Count > count ? ",\"truncated\":true,\"next_from\":"u8 : ",\"truncated\":false,\"next_from\":null"u8);
        if (rows.Count > count)
        {
            writer.Moment(Timestamp.FromMilliseconds(StartOf(rows[count], request)));
        }

        writer.Raw(",\"rows\":["u8);
        for (var i = 0; i < count; i++)
        {
            Write(writer.Raw(i == 0 ? ""u8 : ","u8), rows[i]);
        }

        return writer.Raw("]}"u8).Complete();
    }

    /// <summary>Where to go on for this row: at the begin of its span.</summary>
    private static long StartOf(MetricsRow row, MetricsHistoryRequest request) =>
        request.ResolutionMs == 0 ? row.At.UnixMilliseconds : row.At.UnixMilliseconds - (row.At.UnixMilliseconds % request.ResolutionMs);

    private static void Write(FrameWriter writer, MetricsRow row)
    {
        writer.Raw("{\"ts\":"u8).Moment(row.At).Raw(",\"mid\":"u8);
        Write(writer, row.Mid).Raw(",\"spread_bps\":"u8);
        Write(writer, row.SpreadBps).Raw(",\"depth\":"u8).Decimal(row.Depth)
            .Raw(",\"depth_usd\":"u8).Decimal(row.QuoteDepth)
            .Raw(",\"bid_depth\":"u8).Decimal(row.BidDepth).Raw(",\"ask_depth\":"u8).Decimal(row.AskDepth)
            .Raw(",\"hhi\":"u8).Decimal(row.Hhi).Raw(",\"imbalance\":"u8).Decimal(row.Imbalance).Raw(",\"venues\":["u8);
        for (var i = 0; i < row.Shares.Count; i++)
        {
            writer.Raw(i == 0 ? "{\"venue\":"u8 : ",{\"venue\":"u8).Text(row.Shares[i].Venue).Raw(",\"share\":"u8).Decimal(row.Shares[i].Share).Raw("}"u8);
        }

        writer.Raw("],\"status\":"u8).Text(row.Status).Raw("}"u8);
    }

    private static FrameWriter Write(FrameWriter writer, decimal? value) => value is { } known ? writer.Decimal(known) : writer.Raw("null"u8);
}
