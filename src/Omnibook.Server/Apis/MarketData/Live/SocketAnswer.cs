using System.Globalization;
using System.Net.WebSockets;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>
/// What the dialect does with a client whose wish cannot be met: the socket is accepted and then closed with a reason, because that is what browsers can
/// read. 1008 where coming again is of no use, 1013 where it may be, 1011 where it is our fault.
/// </summary>
internal static class SocketAnswer
{
    /// <summary>Serves a client, or closes it with the reason.</summary>
    public static void Serve(HttpContext context, ClientConnection client, Action<HttpContext, ClientConnection> serve)
    {
        try
        {
            serve(context, client);
        }
        catch (SocketRefusedException refused)
        {
            client.Close(refused.Status, refused.Message);
        }
        catch (DemandRefusedException refused)
        {
            client.Close(
                refused.Refusal == DemandRefusal.Full ? CloseStatuses.TryAgainLater : WebSocketCloseStatus.PolicyViolation, refused.Message);
        }
        catch (Exception fault)
        {
            context.RequestServices.GetRequiredService<ILogger<ClientConnection>>().LogError(fault, "{Path} failed", context.Request.Path);
            client.Close(WebSocketCloseStatus.InternalServerError, "internal error; the server's log says more");
        }
    }

    /// <summary>Finds an instrument, or refuses.</summary>
    public static AskedInstrument Find(HttpContext context, Feature feature)
    {
        var exchanges = context.RequestServices.GetRequiredService<Exchanges>();
        return exchanges.TryFind(InstrumentRoute.Value(context, "exchange"), InstrumentRoute.Value(context, "symbol"), feature, out var asked, out var refusal)
            ? asked
            : throw new SocketRefusedException(
                refusal.Detail, refusal.Status == StatusCodes.Status404NotFound ? WebSocketCloseStatus.PolicyViolation : CloseStatuses.TryAgainLater);
    }

    /// <summary>The least worth that a client wants, in dollars unless the query has another name for it, or refuses.</summary>
    public static long LeastWorth(HttpContext context, decimal otherwise, string name = "min_value_usd")
    {
        var text = new QueryReader(context.Request).Optional(name);
        return text is null ? Worth.Of(otherwise)
            : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var least) ? Worth.Of(least)
            : throw new SocketRefusedException($"{name} should be a number from 0, not '{text}'");
    }
}

/// <summary>A client's wish cannot be met.</summary>
internal sealed class SocketRefusedException(string message, WebSocketCloseStatus status = WebSocketCloseStatus.PolicyViolation) : Exception(message)
{
    /// <summary>The code that its socket is closed with.</summary>
    public WebSocketCloseStatus Status => status;
}
