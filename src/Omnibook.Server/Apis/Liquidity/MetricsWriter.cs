using Omnibook.Core.Events;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>Writes the frames of <c>/ws/stream</c>.</summary>
/// <remarks>
/// <code>
/// {"ts":"2025-01-15T12:00:00.000Z","type":"connection_status","status":"warming","venue_status":{"binance":false,"coinbase":true}}
/// {"ts":"2025-01-15T12:00:05.000Z","type":"heartbeat","status":"live"}
/// {"type":"metrics","ts":"…","symbol":"BTC-USD","window":"050bps","window_bps":50,"mid":100007.5,"spread":5,"spread_bps":0.5,"crossed":false,
///  "depth":9.8,"depth_050":9.8,"depth_usd":980829.5,"bid_depth":4.5,"ask_depth":5.3,"hhi":0.507,"imbalance":-0.082,
///  "venues":[{"venue":"binance","mid":100005,"spread_bps":1,"depth":5.5,"share":0.5612,"latency_ms":42.1,"age_ms":55,"stale":false}],"status":"live"}
/// </code>
/// </remarks>
internal static class MetricsWriter
{
    /// <summary>How a symbol is when a client comes.</summary>
    public static Frame ConnectionStatus(FrameWriter writer, Timestamp now, SymbolReading reading, Func<MemberLiquidity, bool> isUp)
    {
        writer.Begin().Raw("{\"ts\":"u8).Moment(now).Raw(",\"type\":\"connection_status\",\"status\":"u8).Text(WordOf(reading.Status));
        WriteVenueStatus(writer.Raw(",\"venue_status\":"u8), reading, isUp);
        return writer.Raw("}"u8).Complete();
    }

    /// <summary><c>{"binance":true,"coinbase":false}</c></summary>
    public static void WriteVenueStatus(FrameWriter writer, SymbolReading reading, Func<MemberLiquidity, bool> isUp)
    {
        writer.Raw("{"u8);
        for (var i = 0; i < reading.Members.Count; i++)
        {
            var member = reading.Members[i];
            writer.Raw(i == 0 ? ""u8 : ","u8).Text(member.Member.Name).Raw(isUp(member) ? ":true"u8 : ":false"u8);
        }

        writer.Raw("}"u8);
    }

    /// <summary>That it lives.</summary>
    public static Frame Heartbeat(FrameWriter writer, Timestamp now, LiquidityStatus status) =>
        writer.Begin().Raw("{\"ts\":"u8).Moment(now).Raw(",\"type\":\"heartbeat\",\"status\":"u8).Text(WordOf(status)).Raw("}"u8).Complete();

    /// <summary>What was asked for wrongly.</summary>
    public static Frame Error(FrameWriter writer, Timestamp now, string message) =>
        writer.Begin().Raw("{\"type\":\"error\",\"ts\":"u8).Moment(now).Raw(",\"message\":"u8).Text(message).Raw("}"u8).Complete();

    /// <summary>The metrics of one window.</summary>
    public static Frame Metrics(FrameWriter writer, SymbolPlan plan, SymbolReading reading, LiquidityMetrics metrics)
    {
        var prices = RoundedNumbers.PriceDecimals(metrics.Mid, usual: 2);
        writer.Begin().Raw("{\"type\":\"metrics\",\"ts\":"u8).Moment(reading.At).Raw(",\"symbol\":"u8).Text(plan.Name)
            .Raw(",\"window\":"u8).Text(MetricWindow.NameOf(metrics.WindowBps)).Raw(",\"window_bps\":"u8).Integer(metrics.WindowBps);
        writer.Number(",\"mid\":"u8, metrics.Mid, prices)
            .Number(",\"spread\":"u8, metrics.Spread, prices)
            .Number(",\"spread_bps\":"u8, metrics.SpreadBps, 1)
            .Raw(metrics.IsCrossed ? ",\"crossed\":true"u8 : ",\"crossed\":false"u8)
            .Number(",\"depth\":"u8, metrics.Depth, 6)
            .Number(",\"depth_050\":"u8, reading.Of(MetricWindow.UsualBps)?.Depth, 6)
            .Number(",\"depth_usd\":"u8, metrics.QuoteDepth, 2)
            .Number(",\"bid_depth\":"u8, metrics.BidDepth, 6)
            .Number(",\"ask_depth\":"u8, metrics.AskDepth, 6)
            .Number(",\"hhi\":"u8, metrics.Hhi, 3)
            .Number(",\"imbalance\":"u8, metrics.Imbalance, 3)
            .Raw(",\"venues\":["u8);
        for (var i = 0; i < plan.Members.Count; i++)
        {
            var member = plan.Members[i];
            WriteVenue(writer.Raw(i == 0 ? ""u8 : ","u8), member.Name, metrics.Venues.FirstOrDefault(venue => member.Is(venue.Instrument)), prices);
        }

        return writer.Raw("],\"status\":"u8).Text(WordOf(reading.Status)).Raw("}"u8).Complete();
    }

    /// <summary>The status in a word.</summary>
    public static string WordOf(LiquidityStatus status) => status switch
    {
        LiquidityStatus.Live => "live",
        LiquidityStatus.Degraded => "degraded",
        _ => "warming",
    };

    private static void WriteVenue(FrameWriter writer, string name, VenueLiquidity? venue, int prices) =>
        writer.Raw("{\"venue\":"u8).Text(name)
            .Number(",\"mid\":"u8, venue?.Mid, prices)
            .Number(",\"spread_bps\":"u8, venue?.SpreadBps, 1)
            .Number(",\"depth\":"u8, venue?.Depth ?? 0, 6)
            .Number(",\"share\":"u8, venue?.Share ?? 0, 4)
            .Number(",\"latency_ms\":"u8, (decimal?)venue?.Latency?.TotalMilliseconds, 1)
            .Number(",\"age_ms\":"u8, (decimal?)venue?.Age?.TotalMilliseconds, 0)
            .Raw(venue?.IsStale ?? true ? ",\"stale\":true}"u8 : ",\"stale\":false}"u8);
}
