using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>Writes what an order would cost.</summary>
/// <remarks>
/// <code>
/// {"ts":"…","symbol":"BTC-USD","side":"buy","notional":200000,"mid_t0":100007.5,"fee_bps":{"binance":10,"coinbase":12},
///  "naive":{"venue":"binance","vwap":100057.4182,"slippage_bps":4.9914,"fees_usd":200,"effective_price":100157.4756,"cost_bps":14.9964,
///   "filled_qty":1.9988523,"filled_notional":200000,"complete":true,"fills":[{"venue":"binance","px":100010,"qty":1.5},…]},
///  "sor":{…},"slippage_saved_bps":4.6165,"cost_saved_bps":4.1212,"unfilled_notional":0}
/// </code>
/// </remarks>
internal sealed class ExecuteWriter(FramePool frames, int mostFills)
{
    private const int BpsDecimals = 4;
    private const int AmountDecimals = 8;

    private readonly FrameWriter _writer = new(frames);
    private readonly List<RouteFill> _fills = [];

    /// <summary>The whole answer.</summary>
    public Frame Render(Timestamp now, ExecuteOrder order, Router router, RouteResult result)
    {
        var (naive, best) = (result.LowestFee!, result.Best);
        _writer.Begin().Raw("{\"ts\":"u8).Moment(now).Raw(",\"symbol\":"u8).Text(order.Symbol.Plan.Name)
            .Raw(order.Side == TakerSide.Buy ? ",\"side\":\"buy\""u8 : ",\"side\":\"sell\""u8)
            .Raw(",\"notional\":"u8).Decimal(order.Notional).Number(",\"mid_t0\":"u8, result.Mid, AmountDecimals).Raw(",\"fee_bps\":{"u8);
        for (var i = 0; i < order.Symbol.Plan.Members.Count; i++)
        {
            var name = order.Symbol.Plan.Members[i].Name;
            _writer.Raw(i == 0 ? ""u8 : ","u8).Text(name).Raw(":"u8).Decimal(order.Fees[name]);
        }

        WriteWay(_writer.Raw("},\"naive\":{\"venue\":"u8).Text(NameOf(order, naive.Venue!)).Raw(","u8), order, router, naive);
        WriteWay(_writer.Raw(",\"sor\":{"u8), order, router, best);
        var isComparable = naive.IsComplete && best.IsComplete;
        return _writer
            .Number(",\"slippage_saved_bps\":"u8, isComparable ? Told(naive.SlippageBps) - Told(best.SlippageBps) : null, BpsDecimals)
            .Number(",\"cost_saved_bps\":"u8, isComparable ? Told(naive.CostBps) - Told(best.CostBps) : null, BpsDecimals)
            .Number(",\"unfilled_notional\":"u8, best.Unfilled, AmountDecimals).Raw("}"u8).Complete();
    }

    private void WriteWay(FrameWriter writer, ExecuteOrder order, Router router, OrderRoute route)
    {
        var prices = RoundedNumbers.PriceDecimals(route.AveragePrice, usual: 4);
        writer.Number("\"vwap\":"u8, route.AveragePrice, prices)
            .Number(",\"slippage_bps\":"u8, route.SlippageBps, BpsDecimals)
            .Number(",\"fees_usd\":"u8, route.Fees, AmountDecimals)
            .Number(",\"effective_price\":"u8, route.EffectivePrice, prices)
            .Number(",\"cost_bps\":"u8, route.CostBps, BpsDecimals)
            .Number(",\"filled_qty\":"u8, route.Quantity, AmountDecimals)
            .Number(",\"filled_notional\":"u8, route.Notional, AmountDecimals)
            .Raw(route.IsComplete ? ",\"complete\":true,\"fills\":["u8 : ",\"complete\":false,\"fills\":["u8);
        WriteFills(writer, order, router, route);
        writer.Raw("}"u8);
    }

    private void WriteFills(FrameWriter writer, ExecuteOrder order, Router router, OrderRoute route)
    {
        _fills.Clear();
        router.CopyFills(route, _fills);
        for (var i = 0; i < Math.Min(mostFills, _fills.Count); i++)
        {
            var fill = _fills[i];
            writer.Raw(i == 0 ? "{\"venue\":"u8 : ",{\"venue\":"u8).Text(NameOf(order, fill.Instrument)).Raw(",\"px\":"u8).Decimal(fill.Price)
                .Number(",\"qty\":"u8, fill.Quantity, AmountDecimals).Raw("}"u8);
        }

        writer.Raw("]"u8);
        if (_fills.Count > mostFills)
        {
            writer.Raw(",\"fills_omitted\":"u8).Integer(_fills.Count - mostFills);
        }
    }

    private static string NameOf(ExecuteOrder order, Instrument instrument) =>
        order.Symbol.Plan.Members.First(member => member.Is(instrument)).Name;

    /// <summary>As it is told. Savings are the difference of what is told, so that an answer agrees with itself.</summary>
    private static decimal? Told(decimal? bps) => RoundedNumbers.Round(bps, BpsDecimals);
}
