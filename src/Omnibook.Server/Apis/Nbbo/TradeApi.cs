using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary><c>GET /trades/latest…</c>: the last trades of the aggregate's members.</summary>
internal static class TradeApi
{
    private const string Example =
        """{"success":true,"data":{"merrli:BTC":{"coin":"merrli:BTC","price":113690,"size":0.01,"side":"B","timestamp":1758524137000,"tid":123456789}},"timestamp":1758524137000}""";

    private const string Nothing = """{"success":false,"error":"no trade has come yet"}""";

    /// <summary>Maps the routes.</summary>
    public static void MapTrades(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/trades/latest", context => ReadAsync(context, trades => trades))
            .Describe("The last trade of every dex", "One entry a dex that has traded; `timestamp` is that of the newest.")
            .Answers(StatusCodes.Status200OK, "The trades, or that there is none yet.", Example);
        routes.MapRead("/trades/latest-overall", context => ReadAsync(context, trades => trades.OrderByDescending(TimeOf).Take(1)))
            .Describe("The newest trade of all dexes", "By the venue's time.")
            .Answers(StatusCodes.Status200OK, "The trade, or that there is none yet.", Example);
        routes.MapRead("/trades/latest/{coin}", ReadCoinAsync)
            .Describe("The last trade of one dex", "The coin is case-sensitive: `merrli:BTC`.")
            .TakesPath("coin", "The coin with its dex, letter case included.", "merrli:BTC")
            .Answers(StatusCodes.Status200OK, "The trade, or that there is none yet.", Example)
            .Answers(StatusCodes.Status404NotFound, "The coin is not followed.", """{"detail":"'doge' is not followed; there are merrli:BTC, sekaw:BTC, btcx:BTC-FEUSD","path":"/trades/latest/doge"}""");
    }

    private static async Task<IResult> ReadCoinAsync(HttpContext context)
    {
        var coin = (string)context.Request.RouteValues["coin"]!;
        var members = await context.RequestServices.GetRequiredService<AggregateBook>().ReadMembersAsync(context.RequestAborted);
        return members.Any(member => member.Coin == coin)
            ? await ReadAsync(context, trades => trades.Where(trade => trade.Instrument.Symbol == coin))
            : ApiErrors.NotFound(context, $"'{coin}' is not followed; there are {string.Join(", ", members.Select(member => member.Coin))}");
    }

    private static async Task<IResult> ReadAsync(HttpContext context, Func<IEnumerable<LastTrade>, IEnumerable<LastTrade>> choose)
    {
        var services = context.RequestServices;
        var rules = services.GetRequiredService<NbboRules>();
        var trades = await services.GetRequiredService<MarketLoop>().ReadAsync(market => LastTrades(market, rules), context.RequestAborted);
        return new FrameResult(Render(new FrameWriter(services.GetRequiredService<FramePool>()), [.. choose(trades)]));
    }

    private static List<LastTrade> LastTrades(Market market, NbboRules rules) =>
        [.. MembersOf(market, rules)
            .Select(member => (Member: member, Trade: market.LastTradeOf(member.Id)))
            .Where(last => last.Trade is not null)
            .Select(last => new LastTrade(last.Member, last.Trade!.Value))];

    private static IReadOnlyList<Instrument> MembersOf(Market market, NbboRules rules) =>
        market.TryGetConsolidated(rules.Composite, out var book) ? book.Composite.Members : [];

    private static Frame Render(FrameWriter writer, List<LastTrade> trades)
    {
        if (trades.Count == 0)
        {
            return writer.Begin().Raw(System.Text.Encoding.UTF8.GetBytes(Nothing)).Complete();
        }

        writer.Begin().Raw("{\"success\":true,\"data\":{"u8);
        for (var i = 0; i < trades.Count; i++)
        {
            TradeWriter.WriteMember(writer.Raw(i == 0 ? ""u8 : ","u8), trades[i].Trade, trades[i].Instrument);
        }

        return writer.Raw("},\"timestamp\":"u8).Integer(trades.Max(TimeOf)).Raw("}"u8).Complete();
    }

    private static long TimeOf(LastTrade trade) => TradeWriter.TimeOf(trade.Trade);

    private sealed record LastTrade(Instrument Instrument, Trade Trade);
}
