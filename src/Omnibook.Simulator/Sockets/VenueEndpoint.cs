using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Omnibook.Simulator.Sockets;

/// <summary>Puts a simulated venue behind HTTP and WebSocket.</summary>
internal sealed class VenueEndpoint(SimulatedVenue venue, TimeProvider clock)
{
    private const int MostBodyBytes = 1 << 20;

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest ? HandleSocketAsync(context) : HandleRestAsync(context);

    private async Task HandleSocketAsync(HttpContext context)
    {
        VenueConnection? connection;
        RestAnswer? refusal;
        lock (venue.Gate)
        {
            refusal = venue.RefuseHandshake(context.Request.QueryString.Value ?? "");
            connection = refusal is null ? venue.Connect(context.Request.Path.Value ?? "", context.Request.Query["streams"].ToString()) : null;
        }

        if (connection is null)
        {
            await WriteAsync(context, refusal ?? RestAnswer.Text(StatusCodes.Status404NotFound, "404 page not found"));
            return;
        }

        await new SocketPump(venue, connection, clock).RunAsync(context);
    }

    private async Task HandleRestAsync(HttpContext context)
    {
        var call = await ReadAsync(context.Request);
        RestAnswer answer;
        lock (venue.Gate)
        {
            answer = venue.Answer(call);
        }

        answer = answer.Later is { } later ? await later.WaitAsync(context.RequestAborted) : answer;
        if (answer.Delay != TimeSpan.Zero)
        {
            await Task.Delay(answer.Delay, clock, context.RequestAborted);
        }

        await WriteAsync(context, answer);
    }

    private static async Task<RestCall> ReadAsync(HttpRequest request)
    {
        var body = new ArrayBufferWriter<byte>();
        int read;
        do
        {
            read = await request.Body.ReadAsync(body.GetMemory(4096), request.HttpContext.RequestAborted);
            body.Advance(read);
        }
        while (read > 0 && body.WrittenCount < MostBodyBytes);

        var query = request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new RestCall(request.Method, request.Path.Value ?? "", query, request.ContentType, body.WrittenMemory.ToArray());
    }

    private static async Task WriteAsync(HttpContext context, RestAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
