using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary><c>GET /v1/trades</c> and <c>GET /v1/liquidations</c>: the rows of a span of time.</summary>
internal static class StoredApi
{
    private const string Trades =
        """{"trades":[{"trade_id":5728441234,"price":64821.5,"quantity":0.015,"timestamp_ms":1744723140523,"is_buyer_maker":false}],"truncated":false,"actual_start_ms":1744723140523,"actual_end_ms":1744723140524}""";

    private const string Liquidations =
        """{"liquidations":[{"side":"long","price":64750.2,"quantity":0.512,"timestamp_ms":1744721345671,"notional_usd":33152.1024}],"truncated":false,"actual_start_ms":1744721345671,"actual_end_ms":1744721345672}""";

    /// <summary>Maps the routes.</summary>
    public static void MapStored(this IEndpointRouteBuilder routes)
    {
        Takes(routes.MapRead("/trades", context => AnswerAsync<StoredTrade>(context, TradesAsync, "trades", Write)))
            .Describe("Trades", About)
            .Answers(StatusCodes.Status200OK, "The trades.", Trades);
        Takes(routes.MapRead("/liquidations", context => AnswerAsync<StoredLiquidation>(context, LiquidationsAsync, "liquidations", Write)))
            .Describe("Liquidations", About + " `side` is the side that was closed.")
            .Answers(StatusCodes.Status200OK, "The liquidations.", Liquidations);
    }

    private const string About =
        "Oldest first, from `start_ms` up to but without `end_ms`. Where there are more than `limit` (at most 1,000,000) the newest are told, and `truncated` is true. "
        + "`actual_start_ms` is the moment of the first row and `actual_end_ms` the one after the last; where there is none, those that were asked for.";

    private static RouteHandlerBuilder Takes(RouteHandlerBuilder route) =>
        route.Takes("exchange", "As in `/v1/info`.", required: true, example: "binancef")
            .Takes("symbol", "Any usual spelling.", required: true, example: "BTCUSDT")
            .Takes("start_ms", "The first moment, in milliseconds since 1970.", "integer", required: true, example: "1744723140000")
            .Takes("end_ms", "The first moment that does not belong to it.", "integer", required: true, example: "1744723200000")
            .Takes("limit", "How many rows at most.", "integer", example: "1000")
            .Answers(StatusCodes.Status400BadRequest, "A value is missing or wrong.", """{"error":{"code":"invalid_range","message":"start_ms must be before end_ms"}}""")
            .Answers(StatusCodes.Status404NotFound, "No such exchange or symbol.", """{"error":{"code":"not_found","message":"Exchange 'kraken' is not supported (binancef, bybit)"}}""")
            .AnswersV1Errors();

    private static Task<StoredPage<StoredTrade>> TradesAsync(IHistoryArchive archive, StoredQuery query, CancellationToken token) =>
        archive.TradesAsync(query.Listing, query.From, query.To, query.Limit, token);

    private static Task<StoredPage<StoredLiquidation>> LiquidationsAsync(IHistoryArchive archive, StoredQuery query, CancellationToken token) =>
        archive.LiquidationsAsync(query.Listing, query.From, query.To, query.Limit, token);

    private static async Task<IResult> AnswerAsync<T>(
        HttpContext context, Func<IHistoryArchive, StoredQuery, CancellationToken, Task<StoredPage<T>>> ask, string name, Action<FrameWriter, T, InstrumentListing> write)
        where T : IStoredRow
    {
        if (!StoredQuery.TryRead(context, out var query, out var refusal))
        {
            return refusal;
        }

        var (services, token) = (context.RequestServices, context.RequestAborted);
        var turn = services.GetRequiredService<LargeAnswers>();
        if (!await turn.TakeAsync(query.Limit, token))
        {
            throw new ArchiveUnavailableException("too many large answers are being made; ask again, or for less");
        }

        try
        {
            var page = await ask(services.GetRequiredService<IHistoryArchive>(), query, token);
            await StoredWriter.WriteAsync(context, query, page, name, write);
            return Results.Empty;
        }
        finally
        {
            turn.Return(query.Limit);
        }
    }

    private static void Write(FrameWriter writer, StoredTrade trade, InstrumentListing listing) => writer
        .Raw("{\"trade_id\":"u8).Integer(trade.TradeId)
        .Raw(",\"price\":"u8).Amount(trade.Price.Units, listing.PriceScale)
        .Raw(",\"quantity\":"u8).Amount(trade.Quantity.Units, listing.QuantityScale)
        .Raw(",\"timestamp_ms\":"u8).Integer(trade.At.UnixMilliseconds)
        .Raw(trade.TakerSide == TakerSide.Sell ? ",\"is_buyer_maker\":true}"u8 : ",\"is_buyer_maker\":false}"u8);

    private static void Write(FrameWriter writer, StoredLiquidation liquidation, InstrumentListing listing) => writer
        .Raw(liquidation.OrderSide == TakerSide.Sell ? "{\"side\":\"long\",\"price\":"u8 : "{\"side\":\"short\",\"price\":"u8)
        .Amount(liquidation.Price.Units, listing.PriceScale)
        .Raw(",\"quantity\":"u8).Amount(liquidation.Quantity.Units, listing.QuantityScale)
        .Raw(",\"timestamp_ms\":"u8).Integer(liquidation.At.UnixMilliseconds)
        .Raw(",\"notional_usd\":"u8).Decimal(listing.PriceScale.ToDecimal(liquidation.Price.Units) * listing.QuantityScale.ToDecimal(liquidation.Quantity.Units))
        .Raw("}"u8);
}
