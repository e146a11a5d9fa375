using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.History;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.PerpDex.Trading;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary><c>GET /api/v1/positions/{id}/funding</c> and <c>/positions/closed</c>: every payment, and what closed paper positions came to.</summary>
internal static class PaperHistoryApi
{
    private const int MostRows = 1_000;

    /// <summary>Maps the routes.</summary>
    public static void MapPaperHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/positions/{position_id}/funding", FundingAsync)
            .Describe("The funding of a paper position", "Every payment, the oldest first, also after it was closed: `amount` is ∓ size × price × rate, positive when it was received.")
            .TakesPath("position_id", "The `id` of the position.", "paper:1")
            .Answers(StatusCodes.Status200OK, "The payments.", """[{"timestamp":"2025-01-15T12:00:00Z","rate":0.0000125,"price":64000,"price_source":"oracle","amount":-0.4}]""")
            .AnswersNoStore();
        routes.MapRead("/positions/closed", ClosedAsync)
            .Describe("Closed paper positions", $"The newest {MostRows}, the newest first. `net_pnl` is `pnl` and `funding` less the fees of opening and closing.")
            .Answers(
                StatusCodes.Status200OK,
                "The positions.",
                """[{"id":"paper:1","pair":"BTC-USD","dex":"hyperliquid","side":"long","size":0.5,"entry_price":64000,"close_price":64990,"pnl":495,"funding":-0.4,"fees":29.02275,"net_pnl":465.57725,"created_at":"2025-01-15T11:00:00Z","closed_at":"2025-01-15T12:30:00Z"}]""")
            .AnswersNoStore();
    }

    private static async Task<IResult> FundingAsync(HttpContext context)
    {
        var id = InstrumentRoute.Value(context, "position_id");
        if (PositionView.PaperNumber(id) is not { } number)
        {
            return ApiErrors.NotFound(context, $"'{id}' is no paper position; the funding of real ones is the dex's to tell");
        }

        var payments = await Store(context).FundingOfAsync(number, context.RequestAborted);
        return new FrameResult(PositionWriter.List(Writer(context), payments, Payment).Complete());
    }

    private static async Task<IResult> ClosedAsync(HttpContext context)
    {
        var closed = await Store(context).ClosedAsync(MostRows, context.RequestAborted);
        return new FrameResult(PositionWriter.List(Writer(context), closed, Closed).Complete());
    }

    private static void Payment(FrameWriter writer, PaperFunding payment) =>
        writer.Raw("{\"timestamp\":"u8).Moment(Timestamp.FromMilliseconds(payment.PaidAtMs))
            .Raw(",\"rate\":"u8).Decimal(payment.Rate)
            .Raw(",\"price\":"u8).Decimal(payment.Price)
            .Raw(",\"price_source\":"u8).Text(payment.PriceSource)
            .Raw(",\"amount\":"u8).Decimal(payment.Amount).Raw("}"u8);

    private static void Closed(FrameWriter writer, PaperPosition position) =>
        writer.Raw("{\"id\":"u8).Text(string.Create(CultureInfo.InvariantCulture, $"paper:{position.Id}"))
            .Raw(",\"pair\":"u8).Text(position.Pair).Raw(",\"dex\":"u8).Text(position.Dex)
            .Raw(",\"side\":"u8).Text(position.IsLong ? "long" : "short").Raw(",\"size\":"u8).Decimal(position.Size)
            .Price(",\"entry_price\":"u8, position.EntryPrice)
            .Price(",\"close_price\":"u8, position.ClosePrice)
            .Number(",\"pnl\":"u8, position.ProfitAt(position.ClosePrice ?? position.EntryPrice), RoutingWriter.AmountDecimals)
            .Number(",\"funding\":"u8, position.Funding, RoutingWriter.AmountDecimals)
            .Number(",\"fees\":"u8, position.Fees + position.CloseFees, RoutingWriter.AmountDecimals)
            .Number(",\"net_pnl\":"u8, position.NetAt(position.ClosePrice ?? position.EntryPrice), RoutingWriter.AmountDecimals)
            .Raw(",\"created_at\":"u8).Moment(Timestamp.FromMilliseconds(position.OpenedAtMs))
            .Raw(",\"closed_at\":"u8).Moment(Timestamp.FromMilliseconds(position.ClosedAtMs ?? 0)).Raw("}"u8);

    private static PaperPositionStore Store(HttpContext context) => context.RequestServices.GetRequiredService<PaperPositionStore>();

    private static FrameWriter Writer(HttpContext context) => new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin();
}
