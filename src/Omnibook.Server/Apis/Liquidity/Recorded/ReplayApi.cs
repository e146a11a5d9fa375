using System.Net.WebSockets;
using Omnibook.Core.Events;
using Omnibook.History.Recording;
using Omnibook.Server.Recording;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity.Recorded;

/// <summary><c>/ws/replay</c>: the metrics of any recorded range, by the messages that were sent then. <c>/api/replay</c>: what is recorded.</summary>
internal static class ReplayApi
{
    private const string Example =
        """{"type":"replay","state":"playing","symbol":"BTC-USD","window":"050bps","at":"2026-11-20T12:00:00Z","to":"2026-11-20T12:10:00Z","speed":10}""";

    /// <summary>Maps the routes, where anything is recorded.</summary>
    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<MarketRecorder>() is null)
        {
            return;
        }

        routes.MapRead("/api/replay", context => Task.FromResult<IResult>(new FrameResult(Describe(context.RequestServices))))
            .Describe(
                "What is recorded",
                "From when on there is a recording, how much of the disk it takes, and how many replays run. `lost` counts what was not recorded because the disk or the processor did not keep up. "
                + "`/ws/replay` replays it.")
            .Answers(
                StatusCodes.Status200OK,
                "What is recorded.",
                """{"from":"2026-11-20T11:04:00Z","bytes":104857600,"files":31,"lost":0,"degraded":null,"replays":1,"most_replays":4}""");
        routes.MapSocket("/ws/replay", Open)
            .DescribeSocket(
                "Replay",
                "`replay` frames say how it stands (`playing`, `paused`, `hole`, `ended`); `metrics` and `heartbeat` are those of `/ws/stream`, byte for byte as they were sent then. "
                + $"Control it with {ReplayControl.Choices}. `ping` is answered with `pong`.",
                "event",
                Example)
            .Takes("symbol", "As for `/ws/stream`.", example: "BTC-USD")
            .Takes("window", "As for `/ws/stream`.", example: "050bps")
            .Takes("from", "ISO 8601, or milliseconds since 1970; the begin of the recording unless told otherwise.", example: "2026-11-20T12:00:00Z")
            .Takes("to", "The same; now unless told otherwise.", example: "2026-11-20T12:10:00Z")
            .Takes("speed", "0.1 to 1000; 1 unless told otherwise.", "number", example: "100");
    }

    private static Frame Describe(IServiceProvider services)
    {
        var (recorder, running) = (services.GetRequiredService<MarketRecorder>(), services.GetRequiredService<RunningReplays>());
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin().Raw("{\"from\":"u8);
        var files = RecordingFolder.Files(recorder.Folder);
        writer = files.Count == 0 ? writer.Raw("null"u8) : writer.Moment(files[0].At);
        var health = recorder.Health;
        writer.Raw(",\"bytes\":"u8).Integer(health.Bytes).Raw(",\"files\":"u8).Integer(health.Files)
            .Raw(",\"lost\":"u8).Integer(recorder.Lost + health.Lost).Raw(",\"degraded\":"u8);
        writer = health.Degraded is { } why ? writer.Text(why) : writer.Raw("null"u8);
        return writer.Raw(",\"replays\":"u8).Integer(running.Count).Raw(",\"most_replays\":"u8).Integer(running.Most).Raw("}"u8).Complete();
    }

    private static void Open(HttpContext context, ClientConnection client)
    {
        var services = context.RequestServices;
        var (settings, frames) = (services.GetRequiredService<LiquiditySettings>(), services.GetRequiredService<FramePool>());
        var recorder = services.GetRequiredService<MarketRecorder>();
        if (!TryRead(new QueryReader(context.Request), settings, services.GetRequiredService<TimeProvider>(), recorder, out var asked, out var problem))
        {
            Refuse(client, services, WebSocketCloseStatus.PolicyViolation, problem);
            return;
        }

        var running = services.GetRequiredService<RunningReplays>();
        if (!running.TryEnter())
        {
            Refuse(client, services, CloseStatuses.TryAgainLater, $"{running.Most} replays run already (REPLAY_MOST)");
            return;
        }

        var session = new ReplaySession(
            recorder, settings, asked.Plan, asked.Window, asked.Request, client, frames, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ReplaySession>>());
        client.Received = (self, message) => Hear(self, message, session, services);
        _ = Task.Run(session.RunAsync).ContinueWith(_ => running.Leave(), TaskScheduler.Default);
        client.WhenGone(session.End);
    }

    private static bool TryRead(
        QueryReader query,
        LiquiditySettings settings,
        TimeProvider time,
        MarketRecorder recorder,
        out (SymbolPlan Plan, int Window, ReplayRequest Request) asked,
        out string problem)
    {
        asked = default;
        var (name, window, bps) = (query.Optional("symbol"), query.Optional("window"), settings.WindowBps);
        var plan = name is null && settings.Symbols.Count > 0 ? settings.Symbols[0] : settings.Symbols.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        var isWindow = (window is null || MetricWindow.TryParse(window, out bps)) && MetricWindow.Offered.Append(settings.WindowBps).Contains(bps);
        var files = RecordingFolder.Files(recorder.Folder);
        var from = query.Optional("from") is { } fromText ? ReplayRequest.Moment(fromText) : files.Count > 0 ? files[0].At : Timestamp.From(time.GetUtcNow());
        var to = query.Optional("to") is { } toText ? ReplayRequest.Moment(toText) : Timestamp.From(time.GetUtcNow());
        var speed = query.Optional("speed") is { } speedText ? ReplayRequest.SpeedOf(speedText) : 1;
        problem = plan is null ? $"unknown symbol '{Shorten(name)}'; there are {string.Join(", ", settings.Symbols.Select(one => one.Name))}"
            : !isWindow ? $"unknown window '{Shorten(window)}'; there are {string.Join(", ", MetricWindow.Offered.Append(settings.WindowBps).Distinct().Order().Select(MetricWindow.NameOf))}"
            : from is null || to is null ? "from and to should be moments such as 2026-11-20T12:00:00Z, or milliseconds since 1970"
            : to < from ? "to should not be before from"
            : speed is null ? $"speed should be a number from {ReplayRequest.Slowest} to {ReplayRequest.Fastest}"
            : "";
        if (problem.Length > 0)
        {
            return false;
        }

        asked = (plan!, bps, new ReplayRequest(from!.Value, to!.Value, speed!.Value));
        return true;
    }

    private static void Hear(ClientConnection client, ReadOnlyMemory<byte> message, ReplaySession session, IServiceProvider services)
    {
        if (message.Span.Trim(" \r\n\t"u8).SequenceEqual("ping"u8))
        {
            Send(client, new FrameWriter(services.GetRequiredService<FramePool>()).Begin().Raw("pong"u8).Complete());
        }
        else if (ReplayControl.Read(message) is { } control)
        {
            session.Control(control);
        }
        else
        {
            Send(client, Error(services, $"expected {ReplayControl.Choices}, with a speed from {ReplayRequest.Slowest} to {ReplayRequest.Fastest}"));
        }
    }

    private static void Refuse(ClientConnection client, IServiceProvider services, WebSocketCloseStatus status, string why) =>
        client.Close(status, why, Error(services, why));

    private static Frame Error(IServiceProvider services, string why) => MetricsWriter.Error(
        new FrameWriter(services.GetRequiredService<FramePool>()), Timestamp.From(services.GetRequiredService<TimeProvider>().GetUtcNow()), why);

    private static void Send(ClientConnection client, Frame frame)
    {
        client.Send(frame);
        frame.Release();
    }

    private static string? Shorten(string? text) => text is { Length: > 40 } ? string.Concat(text.AsSpan(0, 40), "…") : text;
}

/// <summary>How many replays run.</summary>
internal sealed class RunningReplays(RecordingOptions options)
{
    private int _count;

    /// <summary>How many run now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many may.</summary>
    public int Most => options.MostReplays;

    /// <summary>Takes a place; false when there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= Most)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);
}
