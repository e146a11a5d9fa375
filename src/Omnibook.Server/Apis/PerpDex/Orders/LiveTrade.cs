using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Server.Access;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Apis.PerpDex.Trading;
using Omnibook.Server.Streams;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Apis.PerpDex.Orders;

/// <summary>
/// <c>POST /api/v1/trading/execute</c> with <c>"mode":"live"</c>: a real order. It goes to Hyperliquid, wherever the advice points: at Lighter nothing is
/// ever sent. An order at the market is a limit at the middle of now and the tolerance, cancelled where it is not filled at once.
/// </summary>
internal static class LiveTrade
{
    private const string Dex = "hyperliquid";

    /// <summary>Sends the order, and answers in the dialect's shape.</summary>
    public static async Task<IResult> ExecuteAsync(HttpContext context, TradeRequest request, TradeRouting routing, FrameWriter writer)
    {
        if (context.Caller()?.May(Scope.Trade) != true)
        {
            return ApiErrors.Detail(
                context.Caller() is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden, "a real order needs a key with the scope trade");
        }

        if (context.RequestServices.GetRequiredService<TradingIdentity>().Options.Mode == TradingMode.Off)
        {
            return OrderApi.Off();
        }

        var desk = context.RequestServices.GetRequiredService<OrderDesk>();
        if (routing.Pair.Listings.FirstOrDefault(listing => listing.Dex.Name.Name == Dex) is not { } listing
            || await desk.AssetAsync(listing.Listing.Symbol, context.RequestAborted) is not { } asset)
        {
            return ApiErrors.Detail(StatusCodes.Status409Conflict, $"{routing.Pair.Name} is not listed at {Dex}, and real orders go nowhere else");
        }

        var terms = Terms(request, asset, routing.Advice.Mid);
        var report = (await desk.PlaceAsync([terms], context.RequestAborted))[0];
        var reply = OrderReply.Of(report);
        return reply.HttpStatus == StatusCodes.Status200OK
            ? new FrameResult(Sent(writer, request, routing, terms, reply).Complete())
            : reply.ToResult();
    }

    private static OrderTerms Terms(TradeRequest request, OrderAsset asset, decimal mid)
    {
        var isBuy = request.Side == TakerSide.Buy;
        return new OrderTerms
        {
            Coin = asset.Coin,
            IsBuy = isBuy,
            Size = request.Size,
            ClientId = request.ClientId,
            TimeInForce = request.IsLimit ? TimeInForce.Gtc : TimeInForce.Ioc,

            // Rounded towards the middle, so that the tolerance is kept.
            Price = request.IsLimit ? request.Price!.Value : OrderRules.RoundPrice(asset, mid * (isBuy ? 1 + request.SlippageTolerance : 1 - request.SlippageTolerance), isUp: !isBuy),
        };
    }

    private static FrameWriter Sent(FrameWriter writer, TradeRequest request, TradeRouting routing, OrderTerms terms, OrderReply reply)
    {
        writer.Raw("{\"status\":"u8).Text(reply.Status)
            .Raw(",\"message\":"u8).Text(reply.Status == "dry_run" ? "checked and written down, not sent" : $"sent to {Dex}")
            .Raw(",\"order_id\":"u8).Text(reply.OrderId?.ToString(CultureInfo.InvariantCulture) ?? "")
            .Raw(",\"cloid\":"u8).Text(reply.Cloid!);
        RoutingWriter.Routing(writer.Raw(",\"routing\":"u8), routing);
        writer.Raw(",\"execution_details\":{\"dex\":"u8).Text(Dex)
            .Price(",\"estimated_price\":"u8, reply.AveragePrice ?? terms.Price)
            .Raw(",\"size\":"u8).Decimal(terms.Size)
            .Number(",\"filled_size\":"u8, reply.FilledSize, RoutingWriter.AmountDecimals)
            .Price(",\"limit_price\":"u8, terms.Price)
            .Raw(",\"side\":"u8).Text(request.SideName);
        return PriceWriter.Texts(writer.Raw("},\"warnings\":"u8), routing.Warnings(request)).Raw("}"u8);
    }
}
