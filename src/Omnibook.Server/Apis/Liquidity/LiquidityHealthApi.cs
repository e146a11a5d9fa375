using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary><c>GET /api/health</c>: how the default symbol is doing. Always 200, and nobody outside is asked.</summary>
internal static class LiquidityHealthApi
{
    private const string Example =
        """{"status":"healthy","timestamp":"2025-01-15T12:00:00Z","websocket_clients":1,"system_status":"live","venue_status":{"binance":true,"coinbase":true},"venues":{"binance":{"connected":true,"age_ms":55,"stale":false,"reconnects":0,"last_error":null},"coinbase":{"connected":true,"age_ms":70,"stale":false,"reconnects":1,"last_error":null}},"buffers":{"binance":{"size":0,"capacity":50000,"utilization":0},"coinbase":{"size":0,"capacity":50000,"utilization":0}},"tick_hz":2,"last_tick_ms":1736942399750}""";

    /// <summary>Maps the route.</summary>
    public static void MapLiquidityHealth(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/api/health", context => Task.FromResult<IResult>(new FrameResult(Render(context.RequestServices))))
            .Describe(
                "How the liquidity stream is doing",
                "Always 200: `system_status` and `venue_status` say how the default symbol is. `buffers` are the updates that wait for a snapshot of their book.")
            .Answers(StatusCodes.Status200OK, "The health of the default symbol.", Example);

    private static Frame Render(IServiceProvider services)
    {
        var (board, pulse) = (services.GetRequiredService<LiquidityBoard>(), services.GetRequiredService<LiquidityPulse>());
        var writer = new FrameWriter(services.GetRequiredService<FramePool>());
        var now = Timestamp.From(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var venues = services.GetRequiredService<HealthSources>().Venues();
        var reading = board.Find(null)?.Reading ?? new SymbolReading(now, default, [], []);
        writer.Begin().Raw("{\"status\":\"healthy\",\"timestamp\":"u8).Moment(now).Raw(",\"websocket_clients\":"u8).Integer(board.Clients)
            .Raw(",\"system_status\":"u8).Text(MetricsWriter.WordOf(reading.Status)).Raw(",\"venue_status\":"u8);
        MetricsWriter.WriteVenueStatus(writer, reading, pulse.IsUp);
        Write(writer.Raw(",\"venues\":{"u8), reading, member => WriteVenue(writer, member, venues.FirstOrDefault(venue => venue.Key == member.Member.Member.Venue.Key)));
        Write(writer.Raw("},\"buffers\":{"u8), reading, member => WriteBuffer(writer, member));
        return writer.Raw("},\"tick_hz\":"u8).Integer(services.GetRequiredService<LiquiditySettings>().TickHz)
            .Raw(",\"last_tick_ms\":"u8).Integer(pulse.LastTickMs).Raw("}"u8).Complete();
    }

    private static void Write(FrameWriter writer, SymbolReading reading, Action<MemberLiquidity> write)
    {
        for (var i = 0; i < reading.Members.Count; i++)
        {
            writer.Raw(i == 0 ? ""u8 : ","u8).Text(reading.Members[i].Member.Name).Raw(":"u8);
            write(reading.Members[i]);
        }
    }

    private static void WriteVenue(FrameWriter writer, MemberLiquidity member, VenueHealth? venue)
    {
        var error = WhatIsWrong(venue);
        writer.Raw(venue is { IsConnected: true } ? "{\"connected\":true"u8 : "{\"connected\":false"u8)
            .Number(",\"age_ms\":"u8, (decimal?)member.Liquidity?.Age?.TotalMilliseconds, 0)
            .Raw(member.IsStale ? ",\"stale\":true"u8 : ",\"stale\":false"u8)
            .Raw(",\"reconnects\":"u8).Integer(venue?.Feeds.Sum(feed => feed.Counts.Reconnects) ?? 0).Raw(",\"last_error\":"u8);
        _ = error is null ? writer.Raw("null}"u8) : writer.Text(error).Raw("}"u8);
    }

    private static void WriteBuffer(FrameWriter writer, MemberLiquidity member)
    {
        var capacity = BookOptions.Default.MaxKeptUpdates;
        writer.Raw("{\"size\":"u8).Integer(member.Kept).Raw(",\"capacity\":"u8).Integer(capacity)
            .Number(",\"utilization\":"u8, (decimal)member.Kept / capacity, 4).Raw("}"u8);
    }

    private static string? WhatIsWrong(VenueHealth? venue) =>
        venue is null ? "the venue is not followed"
        : venue.Pending.Length > 0 ? venue.Pending
        : venue.Feeds.Select(feed => feed.Reason).FirstOrDefault(reason => reason.Length > 0);
}
