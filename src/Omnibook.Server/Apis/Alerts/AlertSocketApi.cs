using System.Net.WebSockets;
using Omnibook.History;
using Omnibook.Server.Alerts;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Alerts;

/// <summary><c>/ws/alerts</c>: what alerts tell, as they tell it, and what they told while a client was away.</summary>
internal static class AlertSocketApi
{
    /// <summary>Less than may wait for a client, so that nothing of it is dropped.</summary>
    private const int MostMissed = 500;

    /// <summary>Maps the socket.</summary>
    public static void MapAlertSocket(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws/alerts", Open)
            .DescribeSocket(
                "Alerts",
                "Every alert as it tells something. With `after` first what was told after that id, as far as it is kept; an event may come twice and is known by its `id`. "
                + "The text `ping` is answered with `pong`.",
                "event",
                AlertsApi.Event)
            .Takes("after", $"The `id` of the last event that is known already; at most {MostMissed} are sent again.", "integer", example: "11");

    private static void Open(HttpContext context, ClientConnection client)
    {
        var services = context.RequestServices;
        var (frames, query) = (services.GetRequiredService<FramePool>(), new QueryReader(context.Request));
        var after = query.Whole("after", 0, long.MaxValue);
        if (query.Problem is not null)
        {
            var why = "after should be the id of an event: a whole number from 0";
            client.Close(WebSocketCloseStatus.PolicyViolation, why, new FrameWriter(frames).Begin().Raw("{\"type\":\"error\",\"message\":"u8).Text(why).Raw("}"u8).Complete());
            return;
        }

        client.Received = (self, message) => Answer(self, message.Span, frames);
        client.Follow(services.GetRequiredService<AlertDesk>().Events, greets: false);
        if (after is { } known)
        {
            _ = SendMissedAsync(services, client, known);
        }
    }

    private static async Task SendMissedAsync(IServiceProvider services, ClientConnection client, long after)
    {
        var writer = new FrameWriter(services.GetRequiredService<FramePool>());
        try
        {
            foreach (var told in await services.GetRequiredService<AlertStore>().EventsAsync(after, MostMissed))
            {
                var frame = AlertWriter.Event(writer.Begin(), told).Complete();
                client.Send(frame);
                frame.Release();
            }
        }
        catch (AlertStoreException broken)
        {
            client.Close(WebSocketCloseStatus.InternalServerError, broken.Message);
        }
    }

    private static void Answer(ClientConnection client, ReadOnlySpan<byte> message, FramePool frames)
    {
        if (message.Trim(" \r\n\t"u8).SequenceEqual("ping"u8))
        {
            var pong = new FrameWriter(frames).Begin().Raw("pong"u8).Complete();
            client.Send(pong);
            pong.Release();
        }
    }
}
