using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary><c>GET /aggregate-order-books</c>: the consolidated book of now.</summary>
internal static class AggregateApi
{
    private const string Example = """
        {"success":true,"data":{"coin":"BTC","timestamp":1758524137481,"bids":[{"price":113690,"size":0.2,"orders":1},{"price":113650,"size":0.3,"orders":1}],"asks":[{"price":113680,"size":0.25,"orders":2},{"price":113700,"size":0.5,"orders":2}],"best_bid":113690,"best_ask":113680,"spread":-10,"mid_price":113685},"metadata":{"coins_processed":3,"total_coins":3,"individual_exchanges":{"merrli:BTC":{"best_bid":113640,"best_ask":113700,"spread":60,"mid_price":113670},"sekaw:BTC":{"best_bid":113690,"best_ask":113700,"spread":10,"mid_price":113695},"btcx:BTC-FEUSD":{"best_bid":113650,"best_ask":113680,"spread":30,"mid_price":113665}}}}
        """;

    private static readonly byte[] Head = "{\"success\":true,"u8.ToArray();

    /// <summary>Maps the route.</summary>
    public static void MapAggregate(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/aggregate-order-books", ReadAsync)
            .Describe(
                "The consolidated book",
                "Levels of all usable books merged by exact price; crossed prices are kept, so the spread may be negative. "
                + "A book that is not live, or was not updated for 30 s, is left out and named in `metadata.errors`.")
            .Answers(StatusCodes.Status200OK, "The book of now.", Example)
            .Answers(StatusCodes.Status503ServiceUnavailable, "No book can be used.", """{"detail":"no order book can be used: merrli:BTC connecting"}""");

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var book = context.RequestServices.GetRequiredService<AggregateBook>();
        var reading = await book.ReadAsync(Head, context.RequestAborted);
        if (reading.Usable > 0)
        {
            return new FrameResult(reading.Frame);
        }

        reading.Frame.Release();
        var members = await book.ReadMembersAsync(context.RequestAborted);
        var reasons = string.Join("; ", members.Select(member => $"{member.Coin} {member.Failure}"));
        context.Response.Headers.RetryAfter = "1";
        return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"no order book can be used: {reasons}");
    }
}
