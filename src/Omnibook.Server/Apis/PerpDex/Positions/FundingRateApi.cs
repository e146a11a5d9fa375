using Omnibook.Core.Events;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary><c>GET /api/v1/positions/funding-rates/current</c>: what longs pay at each dex in the hour that comes.</summary>
internal static class FundingRateApi
{
    /// <summary>Maps the route.</summary>
    public static void MapFundingRates(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/positions/funding-rates/current", ReadAsync)
            .Describe(
                "Funding rates now",
                "Of every pair that has a fresh price: fractions of one hour, positive when longs pay. Both dexes pay at every full hour, so that the next time is the next one.")
            .Answers(
                StatusCodes.Status200OK,
                "The rates.",
                """{"timestamp":"2025-01-15T12:00:00Z","funding_rates":{"BTC-USD":{"hyperliquid":0.0000125,"lighter":0.00001}},"next_funding_time":"2025-01-15T13:00:00Z","funding_interval_hours":1}""");

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var pairs = await services.GetRequiredService<PriceDesk>().RatesAsync(context.RequestAborted);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin()
            .Raw("{\"timestamp\":"u8).Moment(Timestamp.From(now)).Raw(",\"funding_rates\":{"u8);
        var isFirst = true;
        foreach (var pair in pairs.GroupBy(rate => rate.Pair, StringComparer.Ordinal).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Rates(writer.Raw(isFirst ? ""u8 : ","u8), pair);
            isFirst = false;
        }

        return new FrameResult(writer.Raw("},\"next_funding_time\":"u8).Moment(NextHour(now)).Raw(",\"funding_interval_hours\":1}"u8).Complete());
    }

    private static void Rates(FrameWriter writer, IGrouping<string, DexRate> pair)
    {
        writer.Text(pair.Key).Raw(":{"u8);
        var isFirst = true;
        foreach (var rate in pair.OrderBy(rate => rate.Dex, StringComparer.Ordinal))
        {
            writer.Raw(isFirst ? ""u8 : ","u8).Text(rate.Dex).Raw(":"u8).Decimal(rate.HourlyRate);
            isFirst = false;
        }

        writer.Raw("}"u8);
    }

    private static Timestamp NextHour(DateTimeOffset now) =>
        Timestamp.From(DateTimeOffset.UnixEpoch.AddTicks(((now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerHour + 1) * TimeSpan.TicksPerHour));
}
