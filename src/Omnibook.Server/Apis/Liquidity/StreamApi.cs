using System.Net.WebSockets;
using Omnibook.Core.Events;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary><c>/ws/stream</c>: the metrics of one symbol within one window.</summary>
internal static class StreamApi
{
    private const string Example =
        """{"type":"metrics","ts":"2025-01-15T12:00:00.250Z","symbol":"BTC-USD","window":"050bps","window_bps":50,"mid":100007.5,"spread":5,"spread_bps":0.5,"crossed":false,"depth":9.8,"depth_050":9.8,"depth_usd":980829.5,"bid_depth":4.5,"ask_depth":5.3,"hhi":0.507,"imbalance":-0.082,"venues":[{"venue":"binance","mid":100005,"spread_bps":1,"depth":5.5,"share":0.5612,"latency_ms":42.1,"age_ms":55,"stale":false},{"venue":"coinbase","mid":100010,"spread_bps":1,"depth":4.3,"share":0.4388,"latency_ms":61,"age_ms":70,"stale":false}],"status":"live"}""";

    /// <summary>Maps the socket.</summary>
    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws/stream", Open)
            .DescribeSocket(
                "Liquidity",
                "`connection_status` at once, `heartbeat` every 5 s, `metrics` TICK_HZ times a second while the symbol is live or degraded. "
                + "The text `ping` is answered with `pong`; what else is sent is ignored. A symbol or window that does not exist gets an `error` frame and 1008.",
                "state",
                Example)
            .Takes("symbol", "A symbol of LIQUIDITY_SYMBOLS, or the name of a composite; the first symbol unless told otherwise.", example: "BTC-USD")
            .Takes("window", "`010bps`, `025bps`, `050bps` or `100bps`; DEPTH_WINDOW_BPS unless told otherwise.", example: "050bps");

    private static void Open(HttpContext context, ClientConnection client)
    {
        var services = context.RequestServices;
        var board = services.GetRequiredService<LiquidityBoard>();
        var query = new QueryReader(context.Request);
        var (name, window) = (query.Optional("symbol"), query.Optional("window"));
        var writer = new FrameWriter(services.GetRequiredService<FramePool>());
        var now = Timestamp.From(services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (board.Find(name) is not { } symbol)
        {
            Refuse(client, writer, now, $"unknown symbol '{Shorten(name)}'; there are {string.Join(", ", board.Symbols.Select(served => served.Plan.Name))}");
        }
        else if (TopicOf(symbol, window, services.GetRequiredService<LiquiditySettings>()) is not { } metrics)
        {
            Refuse(client, writer, now, $"unknown window '{Shorten(window)}'; there are {string.Join(", ", symbol.Metrics.Keys.Order().Select(MetricWindow.NameOf))}");
        }
        else
        {
            client.Received = (self, message) => Answer(self, message.Span, services.GetRequiredService<FramePool>());
            var pulse = services.GetRequiredService<LiquidityPulse>();
            var frame = MetricsWriter.ConnectionStatus(writer, now, symbol.Reading, pulse.IsUp);
            client.Send(frame);
            frame.Release();
            client.Follow(symbol.Heartbeats);
            client.Follow(metrics, greets: false);
        }
    }

    private static Topic? TopicOf(ServedSymbol symbol, string? window, LiquiditySettings settings)
    {
        var bps = settings.WindowBps;
        return window is null || MetricWindow.TryParse(window, out bps) ? symbol.Metrics.GetValueOrDefault(bps) : null;
    }

    private static void Refuse(ClientConnection client, FrameWriter writer, Timestamp now, string why) =>
        client.Close(WebSocketCloseStatus.PolicyViolation, why, MetricsWriter.Error(writer, now, why));

    private static void Answer(ClientConnection client, ReadOnlySpan<byte> message, FramePool frames)
    {
        if (message.Trim(" \r\n\t"u8).SequenceEqual("ping"u8))
        {
            var pong = new FrameWriter(frames).Begin().Raw("pong"u8).Complete();
            client.Send(pong);
            pong.Release();
        }
    }

    private static string? Shorten(string? text) => text is { Length: > 40 } ? string.Concat(text.AsSpan(0, 40), "…") : text;
}
