using Omnibook.Core.Derived;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary><c>/ws/{exchange}/{symbol}/{stream}</c>: candles, large trades or liquidations of one instrument.</summary>
internal static class InstrumentSocketApi
{
    private const string Example =
        """{"type":"large_trade","exchange":"hyperliquid","symbol":"BTC","timestamp":"2025-11-06T17:50:12.123Z","side":"buy","price":101800,"quantity":3,"value":305400,"is_buyer_maker":false}""";

    private static readonly Dictionary<string, (Feature Feature, Action<HttpContext, ClientConnection, AskedInstrument> Serve)> Streams = new(StringComparer.Ordinal)
    {
        ["ohlc"] = (Feature.Candles, ServeCandles),
        ["large_trades"] = (Feature.Trades, ServeTrades),
        ["liquidations"] = (Feature.Liquidations, ServeLiquidations),
    };

    /// <summary>Maps the socket.</summary>
    public static void MapInstrumentSockets(this IEndpointRouteBuilder routes) =>
        routes.MapSocket("/ws/{exchange}/{symbol}/{stream}", (context, client) => SocketAnswer.Serve(context, client, Serve))
            .DescribeSocket(
                "Candles, large trades or liquidations of one instrument",
                "`ohlc` (query `interval`, `1m` unless told otherwise): the candle of now at once, then every change, and once with `is_closed` true. `large_trades`: every trade that is "
                + "worth LARGE_TRADE_THRESHOLD_USD or `min_value_usd`. `liquidations`: every forced order. What cannot be served is accepted and closed with 1008 and the reason. Nothing needs to be sent.",
                "event",
                Example)
            .TakesPath("exchange", "The exchange, in any letter case; `/exchanges` lists them.", "hyperliquid")
            .TakesPath("symbol", "Any usual spelling.", "BTC")
            .TakesPath("stream", "`ohlc`, `large_trades` or `liquidations`.", "large_trades")
            .Takes("interval", "Of `ohlc`: `1m` … `1M`.", example: "1m")
            .Takes("min_value_usd", "Of `large_trades`: the least worth of a trade.", example: "100000");

    private static void Serve(HttpContext context, ClientConnection client)
    {
        var stream = InstrumentRoute.Value(context, "stream");
        if (!Streams.TryGetValue(stream, out var served))
        {
            throw new SocketRefusedException($"Stream '{stream}' does not exist; there is {string.Join(", ", Streams.Keys)}");
        }

        served.Serve(context, client, SocketAnswer.Find(context, served.Feature));
    }

    private static void ServeTrades(HttpContext context, ClientConnection client, AskedInstrument asked)
    {
        var services = context.RequestServices;
        var (key, least) = (KeyOf("large_trades", asked), SocketAnswer.LeastWorth(context, services.GetRequiredService<MarketDataRules>().LargeTradeUsd));
        services.GetRequiredService<LiveStreams>().Join(client, key, least, () => new LargeTradeStream(
            services.GetRequiredService<MarketFollowing>().Follow(asked.Listing), TopicOf(key, services), key, services.GetRequiredService<FramePool>()));
    }

    private static void ServeLiquidations(HttpContext context, ClientConnection client, AskedInstrument asked)
    {
        var services = context.RequestServices;
        var key = KeyOf("liquidations", asked);
        services.GetRequiredService<LiveStreams>().Join(client, key, 0, () => new LiquidationStream(
            services.GetRequiredService<MarketFollowing>().Follow(asked.Listing), TopicOf(key, services), key, services.GetRequiredService<FramePool>()));
    }

    private static void ServeCandles(HttpContext context, ClientConnection client, AskedInstrument asked)
    {
        var services = context.RequestServices;
        var interval = IntervalOf(context, asked);
        var key = KeyOf("ohlc", asked, interval);
        var opened = services.GetRequiredService<LiveStreams>().Join(client, key, 0, () => OpenCandles(services, key, asked));
        if (opened is CandleStream { Source: { } source } first)
        {
            var loop = services.GetRequiredService<MarketLoop>();
            _ = first.GreetAsync(() => loop.ReadAsync(market => market.CandleOf(source.Id, interval), CancellationToken.None));
        }
    }

    /// <summary>From the venue's own stream; where it has none of this length, the venue is asked again and again.</summary>
    private static LiveStream OpenCandles(IServiceProvider services, StreamKey key, AskedInstrument asked)
    {
        var (following, queries) = (services.GetRequiredService<MarketFollowing>(), services.GetRequiredService<MarketQueries>());
        var (frames, log) = (services.GetRequiredService<FramePool>(), services.GetRequiredService<ILogger<CandleStream>>());
        try
        {
            return new CandleStream(
                following.FollowCandles(asked.Listing, key.Interval!), TopicOf(key, services), key, asked, following, queries, frames, log);
        }
        catch (DemandRefusedException refused) when (refused.Refusal == DemandRefusal.CandlesNotStreamed)
        {
            return services.GetRequiredService<LiveStreams>().CountPolled(key.Exchange) < PolledCandleStream.MostOfOneExchange
                ? new PolledCandleStream(TopicOf(key, services), key, asked, queries, frames, services.GetRequiredService<TimeProvider>(), log)
                : throw new SocketRefusedException(
                    $"Exchange '{key.Exchange}' streams no candles of {key.Interval}, and is asked for {PolledCandleStream.MostOfOneExchange} others already",
                    CloseStatuses.TryAgainLater);
        }
    }

    private static CandleInterval IntervalOf(HttpContext context, AskedInstrument asked)
    {
        var name = new QueryReader(context.Request).Optional("interval") ?? "1m";
        return CandleInterval.TryParse(name, out var interval) && asked.Exchange.Has.Candles.Contains(interval)
            ? interval
            : throw new SocketRefusedException(
                $"Exchange '{asked.ExchangeName}' has no interval '{name}'; there is {string.Join(", ", asked.Exchange.Has.Candles.Select(one => one.Name))}");
    }

    private static StreamKey KeyOf(string kind, AskedInstrument asked, CandleInterval? interval = null) =>
        new(kind, asked.ExchangeName, asked.Listing.Symbol, asked.Echo, interval);

    private static Topic TopicOf(StreamKey key, IServiceProvider services) =>
        new($"marketdata.{key.Kind}", OutboxPolicy.DropOldest, services.GetRequiredService<StreamCounters>());
}
