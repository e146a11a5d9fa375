using System.Text.Json;
using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Server.Alerts;
using Omnibook.Server.Alerts.Webhooks;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Alerts;

/// <summary><c>/api/alerts</c>: creates, lists and deletes alerts, and lists what they told.</summary>
internal static class AlertsApi
{
    private const int MostEvents = 1_000;

    private const string Request =
        """{"symbol":"BTC","kind":"price","when":"above","value":65000,"hysteresis":50,"cool_down_seconds":60,"note":"sell?","webhook":{"url":"https://example.com/hook","secret":"s3cret"}}""";

    private const string Alert =
        """{"id":"9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a","created_at":"2026-11-20T12:00:00Z","symbol":"BTC","kind":"price","when":"above","value":65000,"hysteresis":50,"cool_down_seconds":60,"note":"sell?","webhook":{"url":"https://example.com/hook","signed":true}}""";

    private const string Invalid =
        """{"detail":[{"loc":["body","kind"],"msg":"Input should be price or spread or depth or imbalance or funding or liquidation or state, not 'volume'","type":"enum","input":"volume"}]}""";

    /// <summary>An event.</summary>
    internal const string Event =
        """{"type":"alert","id":12,"alert":"9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a","at":"2026-11-20T12:00:00.250Z","symbol":"BTC","kind":"price","when":"above","threshold":65000,"value":65010.5,"note":"sell?"}""";

    /// <summary>Maps the routes, where alerts are registered.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<AlertDesk>() is null)
        {
            return;
        }

        var routes = app.MapGroup(string.Empty);
        routes.WithTags("Alerts");
        routes.MapPost("/api/alerts", (Delegate)CreateAsync)
            .RequireScope(Scope.Simulate)
            .Describe(
                "Creates an alert",
                "`kind`: `price`, `spread` (bps), `depth`, `imbalance` (−1 to 1), `funding` (a fraction of one interval), `liquidation` (worth in the quote asset), `state`. "
                + "`when`: `above`, `below`; for `state` `down`, `up`. It is told once, and again only after the value has gone back by `hysteresis` and `cool_down_seconds` are over. "
                + "`depth` and `imbalance` take `window_bps` (50), `depth` takes `unit` (`base`, `quote`). It survives restarts.")
            .TakesBody("The alert.", Request)
            .Answers(StatusCodes.Status201Created, "It is watched from now on.", Alert)
            .Answers(StatusCodes.Status409Conflict, "There are as many as there may be.", """{"detail":"there are 1000 alerts, which is as many as may be (ALERTS_MOST): delete some"}""")
            .Answers(StatusCodes.Status422UnprocessableEntity, "A value is missing or not allowed; every wrong one is listed.", Invalid);
        routes.MapRead("/api/alerts", context => Task.FromResult<IResult>(List(context)))
            .Describe("Lists the alerts", "Oldest first. Secrets are not shown.")
            .Answers(StatusCodes.Status200OK, "All of them.", $$"""{"alerts":[{{Alert}}]}""");
        routes.MapRead("/api/alerts/events", EventsAsync)
            .Describe("Lists what alerts told", $"Oldest first, with the ids by which sockets and webhooks told it. The last {AlertStore.MostEvents} are kept.")
            .Takes("after", "The id of the last one that is known already.", "integer", example: "11")
            .Takes("limit", $"1 to {MostEvents}; 100 unless told otherwise.", "integer", example: "100")
            .Answers(StatusCodes.Status200OK, "The events.", $$"""{"events":[{{Event}}]}""")
            .AnswersInvalid();
        routes.MapRead("/api/alerts/{id}", context => Task.FromResult(One(context)))
            .Describe("Shows an alert", "Its secret is not shown.")
            .TakesPath("id", "The alert's id.", "9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a")
            .Answers(StatusCodes.Status200OK, "The alert.", Alert)
            .Answers(StatusCodes.Status404NotFound, "There is none.", """{"detail":"there is no alert 'x'","path":"/api/alerts/x"}""");
        routes.MapDelete("/api/alerts/{id}", (Delegate)DeleteAsync)
            .RequireScope(Scope.Simulate)
            .Describe("Deletes an alert", "Nothing of it is delivered any more; what it told stays in the list.")
            .TakesPath("id", "The alert's id.", "9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a")
            .Answers(StatusCodes.Status200OK, "It is gone.", """{"deleted":"9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a"}""")
            .Answers(StatusCodes.Status404NotFound, "There is none.", """{"detail":"there is no alert 'x'","path":"/api/alerts/x"}""");
        routes.MapAlertSocket();
    }

    private static Task<IResult> CreateAsync(HttpContext context) => AnswerAsync(async () =>
    {
        if (!context.Request.HasJsonContentType())
        {
            return ApiErrors.Detail(StatusCodes.Status415UnsupportedMediaType, "the body should be application/json");
        }

        var (alert, wrong) = await ReadAsync(context);
        if (alert is null)
        {
            return ApiErrors.Invalid(wrong);
        }

        var (desk, options) = (context.RequestServices.GetRequiredService<AlertDesk>(), context.RequestServices.GetRequiredService<AlertOptions>());
        return await desk.AddAsync(alert, context.RequestAborted) is { } watched
            ? new FrameResult(AlertWriter.Alert(Writer(context).Begin(), watched).Complete(), StatusCodes.Status201Created)
            : ApiErrors.Detail(StatusCodes.Status409Conflict, $"there are {options.Most} alerts, which is as many as may be (ALERTS_MOST): delete some");
    });

    private static async Task<(AlertBody? Alert, IReadOnlyList<InvalidValue> Wrong)> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                var guard = context.RequestServices.GetRequiredService<WebhookGuard>();
                return new AlertRequestReader(body.RootElement, context.RequestServices.GetRequiredService<AlertSymbols>(), url => guard.Refusal(url, out _)).Read();
            }
        }
        catch (JsonException exception)
        {
            return (null, [new InvalidValue(["body"], $"Input should be a JSON object: {exception.Message}", "json_invalid", null)]);
        }

        return (null, [new InvalidValue(["body"], "Input should be a JSON object", "json_invalid", null)]);
    }

    private static FrameResult List(HttpContext context)
    {
        var writer = Writer(context).Begin().Raw("{\"alerts\":["u8);
        var isFirst = true;
        foreach (var alert in context.RequestServices.GetRequiredService<AlertDesk>().Alerts)
        {
            AlertWriter.Alert(writer.Raw(isFirst ? ""u8 : ","u8), alert);
            isFirst = false;
        }

        return new FrameResult(writer.Raw("]}"u8).Complete());
    }

    private static IResult One(HttpContext context)
    {
        var id = InstrumentRoute.Value(context, "id");
        return context.RequestServices.GetRequiredService<AlertDesk>().Find(id) is { } alert
            ? new FrameResult(AlertWriter.Alert(Writer(context).Begin(), alert).Complete())
            : NotFound(context, id);
    }

    private static Task<IResult> DeleteAsync(HttpContext context) => AnswerAsync(async () =>
    {
        var id = InstrumentRoute.Value(context, "id");
        return await context.RequestServices.GetRequiredService<AlertDesk>().DeleteAsync(id, context.RequestAborted)
            ? new FrameResult(Writer(context).Begin().Raw("{\"deleted\":"u8).Text(id).Raw("}"u8).Complete())
            : NotFound(context, id);
    });

    private static Task<IResult> EventsAsync(HttpContext context) => AnswerAsync(async () =>
    {
        var query = new QueryReader(context.Request);
        var (after, limit) = (query.Whole("after", 0, long.MaxValue) ?? 0, query.Integer("limit", 1, MostEvents) ?? 100);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var writer = Writer(context).Begin().Raw("{\"events\":["u8);
        var isFirst = true;
        foreach (var told in await context.RequestServices.GetRequiredService<AlertStore>().EventsAsync(after, limit, context.RequestAborted))
        {
            AlertWriter.Event(writer.Raw(isFirst ? ""u8 : ","u8), told);
            isFirst = false;
        }

        return new FrameResult(writer.Raw("]}"u8).Complete());
    });

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (AlertStoreException broken)
        {
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, broken.Message);
        }
    }

    private static IResult NotFound(HttpContext context, string id) =>
        ApiErrors.NotFound(context, $"there is no alert '{(id.Length <= 40 ? id : string.Concat(id.AsSpan(0, 40), "…"))}'");

    private static FrameWriter Writer(HttpContext context) => new(context.RequestServices.GetRequiredService<FramePool>());
}
