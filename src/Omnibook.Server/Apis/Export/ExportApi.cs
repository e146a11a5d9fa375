using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using Omnibook.History.Database.Export;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.Export;

/// <summary><c>GET /v1/export/{kind}</c>: what has been, as a Parquet file. Its name is made here, and nothing that a client writes becomes SQL or a path.</summary>
internal static class ExportApi
{
    /// <summary>The header that says how many rows the file has.</summary>
    public const string RowsHeader = "X-Rows";

    private const string ContentType = "application/vnd.apache.parquet";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What can be exported, by the name that routes and commands have for it.</summary>
    public static IReadOnlyDictionary<string, ExportKind> Kinds { get; } =
        Enum.GetValues<ExportKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Maps the route.</summary>
    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/export/{kind}", (Delegate)ExportAsync)
            .Describe(
                "Exports what has been as Parquet",
                "Trades, liquidations, books (every level at every full minute) or candles. Prices and quantities are decimals, exact; times are UTC, `event_time_ns` has them to the nanosecond. "
                + "One file is made at a time, four may wait, and one has 50 million rows at most.")
            .TakesPath("kind", "`trades`, `liquidations`, `books` or `candles`.", "trades")
            .Takes("from", "The first moment, milliseconds since the Unix epoch; all that is kept unless told otherwise.", "integer", example: "1795209600000")
            .Takes("to", "The first moment that is not wanted any more.", "integer", example: "1795213200000")
            .Takes("venue", "One venue: `binance-usdm`.", example: "binance-usdm")
            .Takes("symbol", "One symbol, in the venue's spelling.", example: "BTCUSDT")
            .Takes("interval", $"How long candles are: {string.Join(", ", FlowInterval.All)}; 1m unless told otherwise.", example: "1m")
            .Answers(StatusCodes.Status200OK, "The file.", "\"PAR1…\"")
            .Answers(StatusCodes.Status404NotFound, "There is nothing of it, or no such kind.", """{"detail":"There is nothing in the history of what was asked for.","path":"/v1/export/trades"}""")
            .Answers(StatusCodes.Status413PayloadTooLarge, "It would have too many rows.", """{"detail":"That would be 60000000 rows, and 50000000 is the most; ask for a shorter time or for one instrument."}""")
            .Answers(StatusCodes.Status429TooManyRequests, "Too many wait already.", """{"detail":"Too many questions about the history wait already; ask again in a moment."}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "There is no history now.", """{"detail":"this server keeps no history"}""")
            .AnswersInvalid()
            .WithTags("History");

    private static async Task<IResult> ExportAsync(HttpContext context)
    {
        if (context.Request.RouteValues["kind"] is not string name || !Kinds.TryGetValue(name, out var kind))
        {
            return ApiErrors.NotFound(context, $"there is {string.Join(", ", Kinds.Keys)}");
        }

        var reader = new QueryReader(context.Request);
        var request = Read(reader, kind);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        if (context.RequestServices.GetService<Func<HistoryDatabase?>>()?.Invoke() is not { } database)
        {
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, "this server keeps no history");
        }

        try
        {
            return Answer(context, request, await database.ExportAsync(request, context.RequestAborted));
        }
        catch (HistoryException refusal)
        {
            return refusal.Trouble == HistoryTrouble.Nothing ? ApiErrors.NotFound(context, refusal.Message) : ApiErrors.Detail(StatusOf(refusal.Trouble), refusal.Message);
        }
    }

    private static ExportRequest Read(QueryReader reader, ExportKind kind)
    {
        var (from, to, venue) = (reader.Moment("from"), reader.Moment("to"), reader.Optional("venue"));
        if (from is { } first && to is { } last && last <= first)
        {
            reader.Complain("to", "Input should be after from", "value_error", null);
        }

        if (venue is not null && !KnownVenues.All.Any(known => known.Id.Key == venue))
        {
            reader.Complain("venue", $"Input should be one of {string.Join(", ", KnownVenues.All.Select(known => known.Id))}", "enum", venue);
        }

        var interval = FlowInterval.Minute;
        if (reader.Optional("interval") is { } text && !FlowInterval.TryParse(text, out interval))
        {
            reader.Complain("interval", $"Input should be one of {string.Join(", ", FlowInterval.All)}", "enum", text);
        }

        return new ExportRequest(kind, new HistoryRange(from ?? HistoryRange.All.From, to ?? HistoryRange.All.To))
        {
            Venue = venue is null ? null : new VenueId(venue),
            Symbol = reader.Optional("symbol"),
            Interval = interval ?? FlowInterval.Minute,
        };
    }

    /// <summary>The file goes when it was read, or when its reader has gone.</summary>
    private static IResult Answer(HttpContext context, ExportRequest request, ExportedFile file)
    {
        context.Response.Headers[RowsHeader] = file.Rows.ToString(CultureInfo.InvariantCulture);
        var stream = new FileStream(
            file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan | FileOptions.DeleteOnClose);
        return Results.Stream(stream, ContentType, NameOf(request));
    }

    private static string NameOf(ExportRequest request)
    {
        var name = $"omnibook-{request.Kind.ToString().ToLowerInvariant()}";
        return request.Range == HistoryRange.All ? $"{name}.parquet" : $"{name}-{Text(request.Range.From)}-{Text(request.Range.To)}.parquet";

        static string Text(Timestamp moment) => moment == HistoryRange.All.From ? "begin"
            : moment == HistoryRange.All.To ? "now"
            : moment.ToDateTimeOffset().ToString(TimeFormat, CultureInfo.InvariantCulture);
    }

    private static int StatusOf(HistoryTrouble trouble) => trouble switch
    {
        HistoryTrouble.TooMuch => StatusCodes.Status413PayloadTooLarge,
        HistoryTrouble.Busy => StatusCodes.Status429TooManyRequests,
        HistoryTrouble.TooSlow => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
