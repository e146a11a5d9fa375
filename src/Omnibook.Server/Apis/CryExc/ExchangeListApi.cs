using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc;

/// <summary><c>GET /api/exchanges</c> and <c>GET /api/features</c>: what is served. Nobody is asked.</summary>
internal static class ExchangeListApi
{
    private const string Exchanges =
        """[{"name":"binancef","symbols":["BTCUSDT","ETHUSDT"],"capabilities":{"trades":true,"orderbook":true,"liquidations":true,"marketStats":true,"orderbookHeatmap":true,"screener":true},"symbolDetails":{"BTCUSDT":{"tickSize":"0.1"},"ETHUSDT":{"tickSize":"0.01"}}}]""";

    private const string Features = """{"pythMarkets":false,"walletCohorts":false,"options":false,"news":true}""";

    /// <summary>Maps the routes.</summary>
    public static void MapExchangeList(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/exchanges", context => Task.FromResult<IResult>(Read(context.RequestServices)))
            .Describe(
                "The exchanges",
                "Every exchange that is served, the instruments that trade there now (perpetuals, or where an exchange has none spot pairs), and what it has. `tickSize` is the step between prices.")
            .Answers(StatusCodes.Status200OK, "The exchanges.", Exchanges);
        routes.MapRead("/api/features", context => Task.FromResult<IResult>(ReadFeatures(context.RequestServices)))
            .Describe("What the server offers beside markets", "`news` is true when a venue of news is followed.")
            .Answers(StatusCodes.Status200OK, "The features.", Features);
    }

    private static FrameResult Read(IServiceProvider services)
    {
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin();
        RowWriter.List(writer, services.GetRequiredService<CryExcExchanges>().Served, (_, exchange) => Write(writer, exchange));
        return new FrameResult(writer.Complete());
    }

    private static FrameResult ReadFeatures(IServiceProvider services)
    {
        var hasNews = services.GetRequiredService<HealthSources>().Venues().Any(venue => venue.News is not null);
        return new FrameResult(new FrameWriter(services.GetRequiredService<FramePool>()).Begin()
            .Raw("{\"pythMarkets\":false,\"walletCohorts\":false,\"options\":false,\"news\":"u8).Raw(hasNews ? "true}"u8 : "false}"u8).Complete());
    }

    private static void Write(FrameWriter writer, ServedExchange exchange)
    {
        var listings = Tradable(exchange.Listings);
        writer.Raw("\"name\":"u8).Text(exchange.Name.Name).Raw(",\"symbols\":["u8);
        for (var i = 0; i < listings.Length; i++)
        {
            (i == 0 ? writer : writer.Raw(","u8)).Text(listings[i].Symbol);
        }

        writer.Raw("],\"capabilities\":{\"trades\":true,\"orderbook\":true,\"liquidations\":"u8).Raw(Word(exchange.Has.Liquidations))
            .Raw(",\"marketStats\":"u8).Raw(Word(MarketStatisticsApi.IsOffered(exchange)))
            .Raw(",\"orderbookHeatmap\":true,\"screener\":"u8).Raw(Word(exchange.Has.Tickers))
            .Raw("},\"symbolDetails\":{"u8);
        for (var i = 0; i < listings.Length; i++)
        {
            (i == 0 ? writer : writer.Raw(","u8)).Text(listings[i].Symbol)
                .Raw(":{\"tickSize\":"u8).Text(listings[i].PriceScale.Format(listings[i].Tick.Units)).Raw("}"u8);
        }

        writer.Raw("}"u8);
    }

    private static InstrumentListing[] Tradable(IReadOnlyList<InstrumentListing> listings)
    {
        InstrumentListing[] trading = [.. listings.Where(listing => listing.Status == InstrumentStatus.Trading).OrderBy(listing => listing.Symbol, StringComparer.Ordinal)];
        InstrumentListing[] perpetuals = [.. trading.Where(listing => listing.Kind == InstrumentKind.Perpetual)];
        return perpetuals.Length > 0 ? perpetuals : trading;
    }

    private static ReadOnlySpan<byte> Word(bool isSo) => isSo ? "true"u8 : "false"u8;
}
