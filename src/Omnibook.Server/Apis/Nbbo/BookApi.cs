using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>
/// <c>GET /order-books…</c>: one book. A book that is followed comes from memory; a grouped one, or one that is not followed or not
/// live, is asked of the venue.
/// </summary>
internal static class BookApi
{
    private const string RawExample =
        """{"success":true,"data":{"coin":"merrli:BTC","time":1758524137000,"levels":[[{"px":"113640.0","sz":"0.5","n":2}],[{"px":"113700.0","sz":"0.4","n":1}]]},"metadata":{"coin":"merrli:BTC","nSigFigs":null,"mantissa":null}}""";

    private const string ReconstructedExample =
        """{"success":true,"data":{"coin":"merrli:BTC","timestamp":1758524137000,"bids":[{"price":113640,"size":0.5,"orders":2}],"asks":[{"price":113700,"size":0.4,"orders":1}],"best_bid":113640,"best_ask":113700,"spread":60,"mid_price":113670},"metadata":{"coin":"merrli:BTC","nSigFigs":null,"mantissa":null}}""";

    /// <summary>Maps the routes.</summary>
    public static void MapBooks(this IEndpointRouteBuilder routes)
    {
        Document(
            routes.MapRead("/order-books", context => ReadAsync(context, new RawBookForm())),
            "One book, as the venue writes it",
            "The venue's own object: decimals are texts.",
            RawExample);
        Document(
            routes.MapRead("/order-books/reconstructed", context => ReadAsync(context, new ReconstructedBookForm())),
            "One book, as an order book",
            "Numbers, with best prices, spread and middle; `timestamp` is the venue's time.",
            ReconstructedExample);
    }

    private static void Document(RouteHandlerBuilder route, string summary, string description, string example) =>
        route.Describe(summary, description)
            .Takes("coin", "The venue's spelling, letter case included.", required: true, example: "merrli:BTC")
            .Takes("n_sig_figs", "2 to 5: group prices by so many significant figures.", "integer")
            .Takes("mantissa", "1, 2 or 5, only with n_sig_figs=5: step of the last figure.", "integer")
            .Answers(StatusCodes.Status200OK, "The book.", example)
            .Answers(StatusCodes.Status404NotFound, "The venue knows no such coin.", """{"detail":"the venue knows no coin 'doge'","path":"/order-books"}""")
            .AnswersInvalid()
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context, IBookForm form)
    {
        var reader = new QueryReader(context.Request);
        var query = BookQuery.Read(reader);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var writer = new FrameWriter(context.RequestServices.GetRequiredService<FramePool>());
        var frame = query.IsGrouped ? null : await TryRenderLiveAsync(context, query, form, writer);
        return frame is null ? await AskAsync(context, query, form, writer) : new FrameResult(frame);
    }

    private static async Task<Frame?> TryRenderLiveAsync(HttpContext context, BookQuery query, IBookForm form, FrameWriter writer)
    {
        var services = context.RequestServices;
        var rules = services.GetRequiredService<NbboRules>();
        if (!services.GetRequiredService<InstrumentCatalog>().TryFind(rules.Venue, query.Coin, out var instrument))
        {
            return null;
        }

        return await services.GetRequiredService<MarketLoop>()
            .ReadAsync(market => RenderIfUsable(market, instrument, rules, query, form, writer), context.RequestAborted);
    }

    private static Frame? RenderIfUsable(
        Market market, Instrument instrument, NbboRules rules, BookQuery query, IBookForm form, FrameWriter writer)
    {
        var book = market.BookOf(instrument.Id);
        if (MemberReading.Of(book, market.Now, rules.MaxBookAge).Failure is not null)
        {
            return null;
        }

        Begin(writer);
        form.Write(writer, book);
        return Complete(writer, query);
    }

    private static async Task<IResult> AskAsync(HttpContext context, BookQuery query, IBookForm form, FrameWriter writer)
    {
        var answer = await context.RequestServices.GetRequiredService<HyperliquidQueries>()
            .BookAsync(query.Coin, query.Figures, query.Mantissa, context.RequestAborted);
        if (HyperliquidInfo.IsNull(answer))
        {
            return ApiErrors.NotFound(context, $"the venue knows no coin '{query.Coin}'");
        }

        Begin(writer);
        form.Write(writer, answer);
        return new FrameResult(Complete(writer, query));
    }

    private static void Begin(FrameWriter writer) => writer.Begin().Raw("{\"success\":true,\"data\":"u8);

    private static Frame Complete(FrameWriter writer, BookQuery query)
    {
        writer.Raw(",\"metadata\":{\"coin\":"u8).Text(query.Coin).Raw(",\"nSigFigs\":"u8);
        WriteOrNull(writer, query.Figures);
        WriteOrNull(writer.Raw(",\"mantissa\":"u8), query.Mantissa);
        return writer.Raw("}}"u8).Complete();
    }

    private static void WriteOrNull(FrameWriter writer, int? value)
    {
        if (value is { } known)
        {
            writer.Integer(known);
        }
        else
        {
            writer.Raw("null"u8);
        }
    }
}
