using Omnibook.Core.Derived;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary><c>/ws/oi-vol</c>: unusual changes of open interest.</summary>
internal static class OpenInterestSocketApi
{
    private const decimal UsualScore = 3;

    /// <summary>Maps the socket.</summary>
    public static void MapOpenInterestSockets(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws/oi-vol", (context, client) => SocketAnswer.Serve(context, client, Serve))
            .DescribeSocket(
                "Unusual changes of open interest",
                "For SUPPORTED_SYMBOLS on every exchange that tells the past of open interest: the change of the last step in standard deviations of the 60 before (`z_oi`), when it is at least `min_z` "
                + "in either direction; `z_vol` is the same of the volume, and `confirmed` that it is 2 or more. Each step is told once.",
                "event",
                """{"type":"oi_spike","exchange":"binance","symbol":"BTCUSDT","timeframe":"5m","z_oi":3.1,"z_vol":2.9,"confirmed":true,"timestamp":"2025-11-06T17:50:00Z"}""")
            .Takes("timeframes", "Lengths of a step, separated by commas; those of SUPPORTED_INTERVALS that some exchange tells, unless told otherwise.", example: "5m,15m,1h")
            .Takes("min_z", "The least score, 3 unless told otherwise.", example: "3");

    private static void Serve(HttpContext context, ClientConnection client)
    {
        var watch = context.RequestServices.GetRequiredService<OpenInterestWatch>();
        var least = SocketAnswer.LeastWorth(context, UsualScore, "min_z");
        foreach (var step in StepsOf(context, watch.Offered))
        {
            watch.Join(client, step, least);
        }
    }

    private static IReadOnlyList<CandleInterval> StepsOf(HttpContext context, IReadOnlyList<CandleInterval> offered) =>
        QueryReader.Parts(new QueryReader(context.Request).Optional("timeframes")) is { Count: > 0 } named
            ? [.. named.Select(name => StepOf(name, offered))]
            : [.. context.RequestServices.GetRequiredService<MarketDataRules>().Intervals.Intersect(offered)];

    private static CandleInterval StepOf(string name, IReadOnlyList<CandleInterval> offered) =>
        CandleInterval.TryParse(name, out var step) && offered.Contains(step)
            ? step
            : throw new SocketRefusedException($"Timeframe '{name}' does not exist; there is {string.Join(", ", offered)}");
}
