using System.Globalization;
using System.Net.WebSockets;
using Omnibook.Server.Access;
using Omnibook.Server.Apis;

namespace Omnibook.Server.Streams;

/// <summary>Serves sockets: the services behind them, and the mapping of a path to what a client gets there.</summary>
internal static class StreamEndpoints
{
    /// <summary>Registers the clients, their limits and their counters.</summary>
    public static IServiceCollection AddStreams(this IServiceCollection services, StreamLimits? limits = null) =>
        services
            .AddSingleton(limits ?? new StreamLimits())
            .AddSingleton<StreamCounters>()
            .AddSingleton<FramePool>()
            .AddSingleton<ClientRegistry>()
            .AddHostedService(provider => provider.GetRequiredService<ClientRegistry>());

    /// <summary>Accepts WebSocket handshakes. A ping goes out every thirty seconds; a client that does not answer is cut.</summary>
    public static IApplicationBuilder UseStreams(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<StreamLimits>();
        return app.UseMiddleware<WireTap>().UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = limits.PingInterval,
            KeepAliveTimeout = limits.PongTimeout,
        });
    }

    /// <summary>Maps a socket.</summary>
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="opened">Called for every client that comes: follows topics, sets what happens with messages.</param>
    public static RouteHandlerBuilder MapSocket(
        this IEndpointRouteBuilder routes, string pattern, Action<HttpContext, ClientConnection> opened) =>
        routes.MapGet(pattern, (Delegate)((HttpContext context) => ServeAsync(context, opened)));

    private static async Task<IResult> ServeAsync(HttpContext context, Action<HttpContext, ClientConnection> opened)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.SecWebSocketVersion = "13";
            return ApiErrors.Detail(StatusCodes.Status426UpgradeRequired, $"{context.Request.Path} is a WebSocket: connect with ws:// or wss://");
        }

        var clients = context.RequestServices.GetRequiredService<ClientRegistry>();
        if (!clients.TryEnter())
        {
            context.Response.Headers.RetryAfter = 5.ToString(CultureInfo.InvariantCulture);
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"{clients.Limits.MaxClients} sockets are open already");
        }

        try
        {
            await ServeAsync(context, clients, opened);
        }
        finally
        {
            clients.Leave();
        }

        return Results.Empty;
    }

    private static async Task ServeAsync(HttpContext context, ClientRegistry clients, Action<HttpContext, ClientConnection> opened)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(Credential.AnswerTo(context.WebSockets.WebSocketRequestedProtocols));
        var wire = context.Features.Get<TappedUpgrade>()?.Stream;
        try
        {
            await clients.ServeAsync(socket, wire, context.Abort, client => opened(context, client));
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException)
        {
            Log(context, lost);
        }

        if (wire is not null && socket.State != WebSocketState.Closed)
        {
            await LingerAsync(context, wire, clients.Limits);
        }
    }

    /// <summary>The client broke the protocol and was told so: it gets a moment to read it.</summary>
    private static async Task LingerAsync(HttpContext context, ClientStream wire, StreamLimits limits)
    {
        using var patience = new CancellationTokenSource(limits.CloseGrace, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            await wire.LingerAsync(patience.Token);
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            Log(context, lost);
        }
    }

    private static void Log(HttpContext context, Exception lost) =>
        context.RequestServices.GetRequiredService<ILogger<ClientConnection>>()
            .LogDebug("A client of {Path} was lost: {Why}", context.Request.Path, lost.Message);
}
