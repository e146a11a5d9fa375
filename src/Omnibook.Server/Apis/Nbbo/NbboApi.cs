using Omnibook.Server.Streams;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>The Nbbo dialect: one consolidated book of Hyperliquid's builder dexes, its trades, chart and accounts.</summary>
internal static class NbboApi
{
    /// <summary>The tag of the dialect in the API document.</summary>
    public const string Tag = "Nbbo";

    private const string Prefix = "/nbbo";

    /// <summary>
    /// Registers the dialect. It expects the market loop, the instrument catalog, the price store, the cache of answers and the streams, and uses
    /// <see cref="HyperliquidInfo"/> where there is one.
    /// </summary>
    public static IServiceCollection AddNbbo(this IServiceCollection services, NbboRules rules) =>
        services
            .AddSingleton(rules)
            .AddSingleton(provider => new HyperliquidQueries(provider.GetService<HyperliquidInfo>(), provider.GetRequiredService<QueryCache>()))
            .AddSingleton<AggregateBook>()
            .AddSingleton<PriceStream>()
            .AddSingleton<TradeStream>()
            .AddHostedService(provider => provider.GetRequiredService<PriceStream>())
            .AddHostedService(provider => provider.GetRequiredService<TradeStream>());

    /// <summary>Maps the dialect at the root, for the clients that exist, and under its own prefix.</summary>
    public static void MapNbbo(this IEndpointRouteBuilder routes)
    {
        MapAll(routes.MapGroup(string.Empty));
        var own = routes.MapGroup(Prefix);
        MapAll(own);
        own.MapRead("/health", _ => Task.FromResult(Results.Json(new NbboHealth("ok"), NbboJson.Default.NbboHealth)))
            .Describe("Alive", "What the dialect's own health route always said.")
            .Answers(StatusCodes.Status200OK, "Always.", """{"status":"ok"}""")
            .WithTags(Tag);
    }

    private static void MapAll(RouteGroupBuilder routes)
    {
        routes.WithTags(Tag).AddEndpointFilter<RouteGroupBuilder, UpstreamErrors>();
        routes.MapAggregate();
        routes.MapBooks();
        routes.MapAccounts();
        routes.MapChart();
        routes.MapTrades();
        if (((IEndpointRouteBuilder)routes).ServiceProvider.GetRequiredService<ApiOptions>().TestEndpoints)
        {
            routes.MapSnapshots();
        }

        MapSockets(routes);
    }

    private static void MapSockets(RouteGroupBuilder routes)
    {
        routes.MapSocket("/ws/prices", (context, client) => client.Follow(context.RequestServices.GetRequiredService<PriceStream>().Topic))
            .DescribeSocket(
                "The consolidated book",
                "The latest at once, then every 4 seconds; nothing needs to be sent.",
                "state",
                """{"type":"aggregated_order_book","data":{"coin":"BTC","timestamp":1758524137481,"bids":[{"price":113690,"size":0.2,"orders":1}],"asks":[{"price":113700,"size":0.5,"orders":2}],"best_bid":113690,"best_ask":113700,"spread":10,"mid_price":113695},"metadata":{"coins_processed":3,"total_coins":3,"individual_exchanges":{"sekaw:BTC":{"best_bid":113690,"best_ask":113700,"spread":10,"mid_price":113695}}}}""");
        routes.MapSocket("/ws/trades", (context, client) => client.Follow(context.RequestServices.GetRequiredService<TradeStream>().Topic))
            .DescribeSocket(
                "Trades",
                "The newest at once, then every trade once; the newest is repeated every 60 seconds.",
                "event",
                """{"success":true,"data":{"merrli:BTC":{"coin":"merrli:BTC","price":113690,"size":0.01,"side":"B","timestamp":1758524137000,"tid":123456789}},"timestamp":1758524137000}""");
    }
}
