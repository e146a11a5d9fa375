using Omnibook.Core.Routing;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>Writes where an order should go.</summary>
/// <remarks>
/// <code>
/// {"pair":"BTC-USD","recommended_dex":"lighter","expected_price":65009.5833,"estimated_slippage":0.00024746,"alternative_dex":"hyperliquid",
///  "alternative_price":65001.6667,"calculation_time_ms":0.4,"complete":true,"resting":false,
///  "routes":[{"dex":"lighter","fill_price":65009.5833,"effective_price":65009.5833,"slippage":0.00024746,"fee_bps":0,"fillable_size":3.5,"complete":true},…],
///  "split":[]}
/// </code>
/// </remarks>
internal static class RoutingWriter
{
    /// <summary>Decimals of amounts in dollars and coins.</summary>
    public const int AmountDecimals = 8;

    private const int SlippageDecimals = 8;
    private const int PriceDecimals = 4;

    /// <summary>The whole object.</summary>
    public static FrameWriter Routing(FrameWriter writer, TradeRouting routing)
    {
        var (best, other) = (routing.Best, routing.Advice.Alternative);
        writer.Raw("{\"pair\":"u8).Text(routing.Pair.Name).Raw(",\"recommended_dex\":"u8).Text(best.Instrument.Venue.Key)
            .Price(",\"expected_price\":"u8, best.FillPrice)
            .Number(",\"estimated_slippage\":"u8, best.Slippage, SlippageDecimals)
            .Raw(",\"alternative_dex\":"u8);
        (other is null ? writer.Raw("null"u8) : writer.Text(other.Instrument.Venue.Key))
            .Price(",\"alternative_price\":"u8, other?.FillPrice)
            .Number(",\"calculation_time_ms\":"u8, (decimal)routing.Took.TotalMilliseconds, 3)
            .Raw(best.IsComplete ? ",\"complete\":true"u8 : ",\"complete\":false"u8)
            .Raw(routing.Advice.IsResting ? ",\"resting\":true,\"routes\":["u8 : ",\"resting\":false,\"routes\":["u8);
        for (var i = 0; i < routing.Advice.Quotes.Count; i++)
        {
            Quote(writer.Raw(i == 0 ? ""u8 : ","u8), routing.Advice.Quotes[i]);
        }

        writer.Raw("],\"split\":["u8);
        for (var i = 0; i < routing.Advice.Split.Count; i++)
        {
            Part(writer.Raw(i == 0 ? ""u8 : ","u8), routing.Advice.Split[i]);
        }

        return writer.Raw("]}"u8);
    }

    /// <summary>A name, with what stands before it, and a price: coins that cost a cent are told with more decimals.</summary>
    public static FrameWriter Price(this FrameWriter writer, ReadOnlySpan<byte> name, decimal? price) =>
        writer.Number(name, price, RoundedNumbers.PriceDecimals(price, PriceDecimals));

    private static void Quote(FrameWriter writer, VenueQuote quote) =>
        writer.Raw("{\"dex\":"u8).Text(quote.Instrument.Venue.Key)
            .Price(",\"fill_price\":"u8, quote.FillPrice)
            .Price(",\"effective_price\":"u8, quote.EffectivePrice)
            .Number(",\"slippage\":"u8, quote.Slippage, SlippageDecimals)
            .Raw(",\"fee_bps\":"u8).Decimal(quote.FeeBps)
            .Number(",\"fillable_size\":"u8, quote.FillableSize, AmountDecimals)
            .Raw(quote.IsComplete ? ",\"complete\":true}"u8 : ",\"complete\":false}"u8);

    private static void Part(FrameWriter writer, RouteLeg leg) =>
        writer.Raw("{\"dex\":"u8).Text(leg.Instrument.Venue.Key)
            .Number(",\"size\":"u8, leg.Quantity, AmountDecimals)
            .Price(",\"avg_price\":"u8, leg.AveragePrice)
            .Raw("}"u8);
}
