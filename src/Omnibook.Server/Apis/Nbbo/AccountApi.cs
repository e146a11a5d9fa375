using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary><c>GET /user-…</c>: what the venue says of a public address, passed through untouched.</summary>
internal static class AccountApi
{
    private const string Address = "0x035605fc2f24d65300227189025e90a0d947f16c";
    private const int MostDexes = 20;
    private const int LongestDex = 32;

    private const string BalanceExample =
        """{"success":true,"data":{"btcx":{"marginSummary":{"accountValue":"10.5","totalNtlPos":"0.0","totalRawUsd":"10.5","totalMarginUsed":"0.0"},"crossMarginSummary":{"accountValue":"10.5","totalNtlPos":"0.0","totalRawUsd":"10.5","totalMarginUsed":"0.0"},"crossMaintenanceMarginUsed":"0.0","withdrawable":"10.5","assetPositions":[],"time":1758524137481},"":{"marginSummary":{"accountValue":"10.5","totalNtlPos":"0.0","totalRawUsd":"10.5","totalMarginUsed":"0.0"},"crossMarginSummary":{"accountValue":"10.5","totalNtlPos":"0.0","totalRawUsd":"10.5","totalMarginUsed":"0.0"},"crossMaintenanceMarginUsed":"0.0","withdrawable":"10.5","assetPositions":[],"time":1758524137481},"total_account_value":21}}""";

    private const string OrdersExample =
        """{"success":true,"data":[{"order":{"coin":"merrli:BTC","side":"B","limitPx":"113600.0","sz":"0.0","oid":91490942,"timestamp":1758524137000,"triggerCondition":"N/A","isTrigger":false,"triggerPx":"0.0","children":[],"isPositionTpsl":false,"reduceOnly":false,"orderType":"Limit","origSz":"0.01","tif":"Gtc","cloid":null},"status":"filled","statusTimestamp":1758524138000}]}""";

    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        Document(routes.MapRead("/user-position", PositionsAsync))
            .Describe("Sub-accounts and positions", "`data` is the venue's list of sub-accounts, or null; `positions` are those of the address itself, each with its dex.")
            .Answers(StatusCodes.Status200OK, "The accounts.", """{"success":true,"data":null,"positions":[]}""");
        Document(routes.MapRead("/user-historical-data", OrdersAsync))
            .Describe("Orders", "At most the 2,000 newest, newest first.")
            .Takes("list_coins", "Comma-separated full coin names; empty means all.", example: "merrli:BTC,sekaw:BTC")
            .Answers(StatusCodes.Status200OK, "The orders.", OrdersExample);
        Document(routes.MapRead("/user-balance", BalancesAsync))
            .Describe(
                "Balances by dex",
                "The main dex is always there, under the empty name. A dex that fails is left out of `data` and named in `errors`; only when all fail it is an error.")
            .Takes("dexs", "Comma-separated names of dexes.", required: true, example: "btcx,merrli,sekaw")
            .Answers(StatusCodes.Status200OK, "The balances.", BalanceExample);
    }

    private static RouteHandlerBuilder Document(RouteHandlerBuilder route) =>
        route.Takes("address", "0x and 40 hexadecimal digits.", required: true, example: Address).AnswersInvalid().AnswersUpstream();

    private static async Task<IResult> OrdersAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var (address, coins) = (query.Address("address"), QueryReader.Parts(query.Optional("list_coins")));
        return query.Problem ?? new FrameResult(AccountWriter.RenderOrders(
            Writer(context), await Queries(context).OrdersAsync(address, context.RequestAborted), coins));
    }

    private static async Task<IResult> PositionsAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var address = query.Address("address");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var members = await context.RequestServices.GetRequiredService<AggregateBook>().ReadMembersAsync(context.RequestAborted);
        var dexes = members.Select(member => NbboRules.DexOf(member.Coin)).Prepend(string.Empty).Distinct(StringComparer.Ordinal);
        var balances = DexBalance.AskAllAsync(Queries(context), address, dexes, context.RequestAborted);
        var accounts = await Queries(context).SubAccountsAsync(address, context.RequestAborted);
        return new FrameResult(AccountWriter.RenderPositions(Writer(context), accounts, await balances));
    }

    private static async Task<IResult> BalancesAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var (address, dexes) = (query.Address("address"), QueryReader.Parts(query.Required("dexs")));
        if (dexes.Count > MostDexes || dexes.Any(dex => dex.Length > LongestDex))
        {
            query.Complain("dexs", $"Input should be at most {MostDexes} names of at most {LongestDex} characters", "value_error", null);
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        var balances = await DexBalance.AskAllAsync(Queries(context), address, dexes.Append(string.Empty), context.RequestAborted);
        var status = balances.All(balance => balance.Failure is not null) ? StatusCodes.Status502BadGateway : StatusCodes.Status200OK;
        return new FrameResult(AccountWriter.RenderBalances(Writer(context), balances), status);
    }

    private static HyperliquidQueries Queries(HttpContext context) => context.RequestServices.GetRequiredService<HyperliquidQueries>();

    private static FrameWriter Writer(HttpContext context) => new(context.RequestServices.GetRequiredService<FramePool>());
}
