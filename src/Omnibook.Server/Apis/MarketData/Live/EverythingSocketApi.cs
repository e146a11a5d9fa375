using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary><c>/ws/all/…</c>: large trades and liquidations of every exchange.</summary>
internal static class EverythingSocketApi
{
    private const decimal LiquidationUsd = 5_000;

    private const string TradeExample =
        """{"type":"large_trade","exchange":"hyperliquid","symbol":"BTC","timestamp":"2025-11-06T17:50:12.123Z","side":"buy","price":101800,"quantity":3,"value":305400,"is_buyer_maker":false}""";

    private const string LiquidationExample =
        """{"type":"liquidation","exchange":"bybit","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:12.123Z","side":"sell","price":101500,"quantity":2.5,"value":253750}""";

    /// <summary>Maps the sockets.</summary>
    public static void MapEverythingSockets(this IEndpointRouteBuilder routes)
    {
        routes.MapSocket("/ws/all/large_trades", (context, client) => SocketAnswer.Serve(context, client, ServeTrades))
            .DescribeSocket(
                "Large trades of every exchange",
                "Every trade of every instrument that is followed and worth `min_value_usd`. SUPPORTED_SYMBOLS are followed while somebody listens.",
                "event",
                TradeExample)
            .Takes("min_value_usd", "The least worth; LARGE_TRADE_THRESHOLD_USD unless told otherwise.", example: "100000");
        routes.MapSocket("/ws/all/liquidations", (context, client) => SocketAnswer.Serve(context, client, ServeLiquidations))
            .DescribeSocket(
                "Liquidations of every exchange",
                "Every forced order of every instrument that is followed and worth `min_value_usd`. SUPPORTED_SYMBOLS are followed while somebody listens.",
                "event",
                LiquidationExample)
            .Takes("min_value_usd", "The least worth, 5000 unless told otherwise.", example: "5000");
    }

    private static void ServeTrades(HttpContext context, ClientConnection client)
    {
        var services = context.RequestServices;
        var least = SocketAnswer.LeastWorth(context, services.GetRequiredService<MarketDataRules>().LargeTradeUsd);
        Watch(services, client, Feature.Trades);
        client.Follow(services.GetRequiredService<EverythingStream>().LargeTrades, least);
    }

    private static void ServeLiquidations(HttpContext context, ClientConnection client)
    {
        var least = SocketAnswer.LeastWorth(context, LiquidationUsd);
        Watch(context.RequestServices, client, Feature.Liquidations);
        client.Follow(context.RequestServices.GetRequiredService<EverythingStream>().Liquidations, least);
    }

    /// <summary>Has the usual symbols followed while the client is there, wherever they exist and there is room.</summary>
    private static void Watch(IServiceProvider services, ClientConnection client, Feature feature)
    {
        var following = services.GetRequiredService<MarketFollowing>();
        var exchanges = services.GetRequiredService<Exchanges>().Served.Where(exchange => !exchange.Name.IsTest && feature.IsOffered(exchange.Has));
        foreach (var exchange in exchanges)
        {
            foreach (var symbol in services.GetRequiredService<MarketDataRules>().Symbols)
            {
                if (Exchanges.TryResolve(exchange, symbol, out var asked, out _) && TryFollow(services, following, asked) is { } lease)
                {
                    client.WhenGone(lease.Dispose);
                }
            }
        }
    }

    /// <summary>An exchange without room for more is no reason to refuse the others.</summary>
    private static MarketLease? TryFollow(IServiceProvider services, MarketFollowing following, AskedInstrument asked)
    {
        try
        {
            return following.Follow(asked.Listing);
        }
        catch (DemandRefusedException refused)
        {
            services.GetRequiredService<ILogger<EverythingStream>>().LogInformation("{Symbol} is not watched: {Why}", asked.Listing.Symbol, refused.Message);
            return null;
        }
    }
}
