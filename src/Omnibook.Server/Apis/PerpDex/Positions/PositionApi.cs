using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary><c>GET /api/v1/positions…</c>: the open positions, one of them, and what they come to.</summary>
internal static class PositionApi
{
    private const string Example =
        """{"id":"paper:1","pair":"BTC-USD","dex":"hyperliquid","side":"long","size":0.5,"entry_price":64000,"current_price":64993.5,"unrealized_pnl":496.75,"liquidation_price":58000,"margin":3200,"funding_rate":0.0000125,"created_at":"2025-01-15T11:00:00Z","updated_at":"2025-01-15T12:00:00Z"}""";

    /// <summary>Maps the routes.</summary>
    public static void MapPositions(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/positions", ListAsync)
            .Describe(
                "The open positions",
                "Paper positions, oldest first, then those that `address` really holds at Hyperliquid (first dex) and Lighter, which are only read; empty when there are none. `current_price` is the middle over all dexes, `unrealized_pnl` ±(current − entry) × size; both are null without a fresh price.")
            .TakesFilter()
            .Answers(StatusCodes.Status200OK, "The positions.", $"[{Example}]")
            .AnswersNoStore();
        routes.MapRead("/positions/analytics/summary", SummarizeAsync)
            .Describe(
                "What the open positions come to",
                "In dollars. `pnl_percentage` is of the margin; `top_performers` are up to five; `at_risk_positions` are nearer than 10 % to their liquidation.")
            .TakesFilter()
            .Answers(
                StatusCodes.Status200OK,
                "The sums.",
                """{"total_positions":1,"total_unrealized_pnl":496.75,"total_margin_used":3200,"total_notional":32496.75,"positions_by_dex":{"hyperliquid":1,"lighter":0},"positions_by_side":{"long":1,"short":0},"net_exposure_by_pair":{"BTC-USD":32496.75},"top_performers":[{"pair":"BTC-USD","pnl":496.75,"pnl_percentage":15.52}],"at_risk_positions":[]}""")
            .AnswersNoStore();
        routes.MapRead("/positions/{position_id}", FindAsync)
            .Describe("An open position", "By its `id`.")
            .TakesPath("position_id", "The `id` of the position.", "paper:1")
            .Answers(StatusCodes.Status200OK, "The position.", Example)
            .AnswersNoPosition()
            .AnswersNoStore();
    }

    /// <summary>404 for a position that is not open.</summary>
    public static IResult NotOpen(HttpContext context, string id) => ApiErrors.NotFound(context, $"no position '{id}' is open; /api/v1/positions lists those that are");

    /// <summary>Tells of positions that are not open.</summary>
    public static RouteHandlerBuilder AnswersNoPosition(this RouteHandlerBuilder route) =>
        route.Answers(
            StatusCodes.Status404NotFound,
            "No such position is open.",
            """{"detail":"no position 'paper:7' is open; /api/v1/positions lists those that are","path":"/api/v1/positions/paper:7"}""");

    /// <summary>Tells of trouble with the disk.</summary>
    public static RouteHandlerBuilder AnswersNoStore(this RouteHandlerBuilder route) =>
        route.Answers(StatusCodes.Status503ServiceUnavailable, "The positions cannot be read or written.", """{"detail":"the paper positions: database or disk is full"}""");

    private static RouteHandlerBuilder TakesFilter(this RouteHandlerBuilder route) =>
        route
            .Takes("address", $"Also what this address really holds: {PositionOwner.Allowed}.", example: "0x035605fc2f24d65300227189025e90a0d947f16c")
            .Takes("dex", "Those of one dex, in any letter case.", example: "hyperliquid")
            .Takes("pair", "Those of one pair, in any letter case.", example: "BTC-USD");

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var (positions, problem) = await ReadAsync(context);
        return problem ?? new FrameResult(PositionWriter.List(Writer(context), positions!, (writer, position) => PositionWriter.Position(writer, position)).Complete());
    }

    private static async Task<IResult> SummarizeAsync(HttpContext context)
    {
        var (positions, problem) = await ReadAsync(context);
        return problem ?? new FrameResult(PositionWriter.Summary(Writer(context), positions!).Complete());
    }

    private static async Task<IResult> FindAsync(HttpContext context)
    {
        var id = InstrumentRoute.Value(context, "position_id");
        return await context.RequestServices.GetRequiredService<PositionDesk>().FindAsync(id, context.RequestAborted) is { } position
            ? new FrameResult(PositionWriter.Position(Writer(context), position).Complete())
            : NotOpen(context, id);
    }

    private static async Task<(IReadOnlyList<PositionView>? Positions, IResult? Problem)> ReadAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var owner = query.Optional("address") is { } text ? PositionOwner.Parse(text) : null;
        if (owner is null && query.Optional("address") is { } wrong)
        {
            query.Complain("address", $"Input should be {PositionOwner.Allowed}", "value_error", wrong.Length > 80 ? wrong[..80] : wrong);
            return (null, query.Problem);
        }

        var filter = new PositionFilter(query.Optional("dex"), query.Optional("pair")) { Owner = owner };
        return (await context.RequestServices.GetRequiredService<PositionDesk>().ReadAsync(filter, context.RequestAborted), null);
    }

    private static FrameWriter Writer(HttpContext context) => new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin();
}
