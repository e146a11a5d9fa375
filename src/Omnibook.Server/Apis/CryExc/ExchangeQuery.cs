using System.Diagnostics.CodeAnalysis;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.CryExc;

/// <summary>The value <c>exchange</c> of the dialect's routes.</summary>
internal static class ExchangeQuery
{
    /// <summary>Tells that a route takes it.</summary>
    public static RouteHandlerBuilder TakesExchange(this RouteHandlerBuilder route) =>
        route.Takes("exchange", $"The exchange, `{CryExcExchanges.Default}` unless told otherwise; `/api/exchanges` lists them.", example: CryExcExchanges.Default)
            .Answers(
                StatusCodes.Status404NotFound,
                "No such exchange, it lacks what is asked for, or no such symbol there.",
                """{"detail":"Exchange 'kraken' is not supported (binancef, bybit)","path":"/klines"}""");

    /// <summary>Finds the exchange that a request names, or the usual one.</summary>
    public static bool TryFind(HttpContext context, [NotNullWhen(true)] out ServedExchange? exchange, [NotNullWhen(false)] out Refusal? refusal) =>
        context.RequestServices.GetRequiredService<CryExcExchanges>()
            .TryFind(new QueryReader(context.Request).Optional("exchange") ?? CryExcExchanges.Default, out exchange, out refusal);
}
