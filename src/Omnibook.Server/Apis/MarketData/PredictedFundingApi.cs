using Omnibook.Core.Derived;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /hyperliquid/predicted-funding</c>: what will be paid next, at Hyperliquid and at the venues that it watches.</summary>
internal static class PredictedFundingApi
{
    private const string Exchange = "hyperliquid";

    /// <summary>Maps the route.</summary>
    public static void MapPredictedFunding(this IEndpointRouteBuilder routes) =>
        routes.MapRead($"/{Exchange}/predicted-funding", ReadAsync)
            .Describe("The next funding", "Hyperliquid's forecast for its own perpetuals (`HlPerp`) and for those of others (`BinPerp`, `BybitPerp`); fractions of one interval of theirs.")
            .Takes("coin", "The coin, or several separated by commas; those of `SUPPORTED_SYMBOLS` that exist there, unless told otherwise.", example: "BTC")
            .Answers(
                StatusCodes.Status200OK,
                "The forecasts.",
                """[{"coin":"BTC","venues":[{"venue":"HlPerp","funding_rate":0.0000125,"next_funding_time":"2025-11-06T18:00:00Z"}]}]""")
            .Answers(
                StatusCodes.Status404NotFound,
                "No such coin there.",
                """{"detail":"Symbol 'DOGGE' is not known at exchange 'hyperliquid'; there is DOGE","path":"/hyperliquid/predicted-funding"}""")
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<Exchanges>().TryFind(Exchange, Feature.FundingForecast, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var named = QueryReader.Parts(new QueryReader(context.Request).Optional("coin"));
        var coins = new List<AskedInstrument>();
        foreach (var coin in named.Count > 0 ? named : services.GetRequiredService<MarketDataRules>().Symbols)
        {
            if (Exchanges.TryResolve(exchange, coin, out var asked, out refusal))
            {
                coins.Add(asked);
            }
            else if (named.Count > 0 || refusal.Status != StatusCodes.Status404NotFound)
            {
                return refusal.ToResult(context); // A usual symbol that does not exist there is left out; one that was asked for is not.
            }
        }

        var queries = services.GetRequiredService<MarketQueries>();
        var forecasts = await Task.WhenAll(coins.Select(coin => queries.ForecastsAsync(coin, context.RequestAborted)));
        return new FrameResult(Render(new FrameWriter(services.GetRequiredService<FramePool>()), coins, forecasts));
    }

    private static Frame Render(FrameWriter writer, List<AskedInstrument> coins, Answer<FundingForecast>[] forecasts) =>
        RowWriter.List(writer.Begin(), coins, (i, coin) => RowWriter.List(
            writer.Raw("\"coin\":"u8).Text(coin.Listing.Symbol).Raw(",\"venues\":"u8),
            forecasts[i].List,
            (_, forecast) => RowWriter.OrNull(
                writer.Raw("\"venue\":"u8).Text(forecast.Venue)
                    .Raw(",\"funding_rate\":"u8).Decimal(forecast.Rate)
                    .Raw(",\"next_funding_time\":"u8),
                forecast.NextAt))).Complete();
}
