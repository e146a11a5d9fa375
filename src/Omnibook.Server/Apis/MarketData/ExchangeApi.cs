using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /exchanges</c>: which exchanges are served, and what each has. Nobody is asked.</summary>
internal static class ExchangeApi
{
    private const string Example =
        """{"exchanges":[{"name":"binance","capabilities":{"ohlc":true,"funding_rate":true,"open_interest":true,"liquidations":true,"large_trades":true},"venue":"binance-usdm","intervals":["1m","5m","1h","1d"],"open_interest_periods":["5m","1h"]}]}""";

    /// <summary>Maps the route.</summary>
    public static void MapExchanges(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/exchanges", context => Task.FromResult(Read(context.RequestServices.GetRequiredService<Exchanges>())))
            .Describe("The exchanges", "Every exchange that is served and what it has; `venue` is its key elsewhere in this server.")
            .Answers(StatusCodes.Status200OK, "The exchanges.", Example);

    private static IResult Read(Exchanges exchanges) =>
        Results.Json(new ExchangeList([.. exchanges.Served.Select(Describe)]), MarketDataJson.Default.ExchangeList);

    private static ExchangeBody Describe(ServedExchange exchange) => new(
        exchange.Name.Name,
        new CapabilityBody(
            Feature.Candles.IsOffered(exchange.Has),
            Feature.Funding.IsOffered(exchange.Has),
            Feature.OpenInterest.IsOffered(exchange.Has),
            Feature.Liquidations.IsOffered(exchange.Has),
            Feature.Trades.IsOffered(exchange.Has)),
        exchange.Name.Venue.Key,
        [.. exchange.Has.Candles.Select(interval => interval.Name)],
        [.. exchange.Has.OpenInterestHistory.Select(step => step.Name)]);
}

/// <summary>The exchanges.</summary>
/// <param name="Exchanges">In the dialect's order.</param>
internal sealed record ExchangeList(IReadOnlyList<ExchangeBody> Exchanges);

/// <summary>An exchange.</summary>
/// <param name="Name">Its name in this dialect.</param>
/// <param name="Capabilities">What it has.</param>
/// <param name="Venue">Its key in configuration and health.</param>
/// <param name="Intervals">The intervals of its candles.</param>
/// <param name="OpenInterestPeriods">The periods of its history of open interest.</param>
internal sealed record ExchangeBody(
    string Name, CapabilityBody Capabilities, string Venue, IReadOnlyList<string> Intervals, IReadOnlyList<string> OpenInterestPeriods);

/// <summary>What an exchange has.</summary>
/// <param name="Ohlc">Candles.</param>
/// <param name="FundingRate">Funding that was paid.</param>
/// <param name="OpenInterest">Open interest.</param>
/// <param name="Liquidations">A stream of forced orders.</param>
/// <param name="LargeTrades">A stream of trades.</param>
internal sealed record CapabilityBody(bool Ohlc, bool FundingRate, bool OpenInterest, bool Liquidations, bool LargeTrades);

/// <summary>The dialect's own root.</summary>
/// <param name="Name">Omnibook.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Status">Always <c>operational</c>.</param>
/// <param name="Docs">Where the documents are.</param>
/// <param name="Exchanges">The exchanges that are served.</param>
internal sealed record MarketDataAbout(string Name, string Version, string Status, string Docs, IReadOnlyList<string> Exchanges);

/// <summary>The dialect's own health.</summary>
/// <param name="Status"><c>healthy</c>, or <c>degraded</c> when any exchange is not connected.</param>
/// <param name="Exchanges">Exchange by exchange, whether it is connected.</param>
internal sealed record MarketDataHealth(string Status, IReadOnlyDictionary<string, bool> Exchanges);

/// <summary>Source-generated JSON of the dialect's small bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExchangeList))]
[JsonSerializable(typeof(MarketDataAbout))]
[JsonSerializable(typeof(MarketDataHealth))]
internal sealed partial class MarketDataJson : JsonSerializerContext;
