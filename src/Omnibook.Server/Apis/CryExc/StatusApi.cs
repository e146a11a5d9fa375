using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc;

/// <summary><c>GET /api/status</c>: how an exchange is doing, symbol by symbol. Nobody outside is asked.</summary>
internal static class StatusApi
{
    private const string Example =
        """{"serverTime":1700000000000,"exchange":"binancef","marketConnected":true,"depthConnected":true,"symbols":{"BTCUSDT":{"lastTradeAt":1699999999900,"lastDepthAt":1699999999950,"lastMarkAt":1699999999000,"bookReady":true}},"news":{"connected":true,"lastReceivedAt":1699999990000}}""";

    /// <summary>Maps the route.</summary>
    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/api/status", ReadAsync)
            .Describe(
                "How an exchange is doing",
                "Every symbol that is, or was, followed: when the last trade, change of the book and mark price came, by our clock; null for never. `depthConnected` is true when any book is live.")
            .TakesExchange()
            .Answers(StatusCodes.Status200OK, "The status.", Example);

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!ExchangeQuery.TryFind(context, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var catalog = services.GetRequiredService<InstrumentCatalog>();
        var reading = await services.GetRequiredService<MarketLoop>().ReadAsync(
            market => Read(market, [.. catalog.Instruments.Where(instrument => instrument.Venue == exchange.Name.Venue)]), context.RequestAborted);
        var venues = services.GetRequiredService<HealthSources>().Venues();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin();
        writer.Raw("{\"serverTime\":"u8).Integer(now).Raw(",\"exchange\":"u8).Text(exchange.Name.Name)
            .Raw(",\"marketConnected\":"u8).Raw(Word(venues.Any(venue => venue.Key == exchange.Name.Venue.Key && venue.IsConnected)))
            .Raw(",\"depthConnected\":"u8).Raw(Word(reading.Symbols.Exists(symbol => symbol.IsReady)))
            .Raw(",\"symbols\":{"u8);
        for (var i = 0; i < reading.Symbols.Count; i++)
        {
            Write(i == 0 ? writer : writer.Raw(","u8), reading.Symbols[i]);
        }

        writer.Raw("},\"news\":{\"connected\":"u8).Raw(Word(venues.Any(venue => venue is { News: not null, IsConnected: true }))).Raw(",\"lastReceivedAt\":"u8);
        return new FrameResult(Moment(writer, reading.NewsAt).Raw("}}"u8).Complete());
    }

    private static Reading Read(Market market, Instrument[] instruments) => new(
        [.. instruments.Select(instrument => new SymbolStatus(
            instrument.Symbol,
            market.LastTradeOf(instrument.Id)?.Times.ReceivedAt ?? default,
            market.BookOf(instrument.Id).Times.ReceivedAt,
            market.MarkOf(instrument.Id)?.Times.ReceivedAt ?? default,
            market.BookOf(instrument.Id).IsLive))],
        market.News.LastReceivedAt);

    private static void Write(FrameWriter writer, SymbolStatus status)
    {
        Moment(writer.Text(status.Symbol).Raw(":{\"lastTradeAt\":"u8), status.TradeAt);
        Moment(writer.Raw(",\"lastDepthAt\":"u8), status.DepthAt);
        Moment(writer.Raw(",\"lastMarkAt\":"u8), status.MarkAt);
        writer.Raw(",\"bookReady\":"u8).Raw(Word(status.IsReady)).Raw("}"u8);
    }

    private static FrameWriter Moment(FrameWriter writer, Timestamp moment) =>
        moment.IsUnknown ? writer.Raw("null"u8) : writer.Integer(moment.UnixMilliseconds);

    private static ReadOnlySpan<byte> Word(bool isSo) => isSo ? "true"u8 : "false"u8;

    private sealed record Reading(List<SymbolStatus> Symbols, Timestamp NewsAt);

    private sealed record SymbolStatus(string Symbol, Timestamp TradeAt, Timestamp DepthAt, Timestamp MarkAt, bool IsReady);
}
