using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>Turns what a client wants into the streams that it takes, and refuses what cannot be: an unknown stream, exchange, symbol or value.</summary>
internal sealed class StreamPlanner(CryExcExchanges exchanges, MarketFollowing following, StreamParts parts, TimeProvider time)
{
    private const decimal DefaultTick = 10;

    private static readonly string[] Names =
    [
        StreamNames.Trade, StreamNames.OrderBook, StreamNames.BookStatistics, StreamNames.Liquidation, StreamNames.Kline, StreamNames.Cvd,
        StreamNames.Footprint, StreamNames.Dom, StreamNames.Heatmap, StreamNames.News,
    ];

    /// <summary>The streams that a subscription takes.</summary>
    /// <exception cref="StreamRefusedException">It cannot be met.</exception>
    public StreamPlan Plan(StreamWish wish)
    {
        var config = new StreamConfig(wish.Config);
        return wish.Stream switch
        {
            StreamNames.Trade => Many(config, config.Exchanges, _ => true, "trades", asked => Trades(config, asked)),
            StreamNames.Liquidation => Many(config, config.Exchanges, has => has.Liquidations, "liquidations", asked => Liquidations(config, asked)),
            StreamNames.OrderBook => Many(config, config.Exchanges, _ => true, "books", asked => Book(config, asked)),
            StreamNames.BookStatistics => Many(config, config.Exchanges, _ => true, "books", BookStatistics),
            StreamNames.Cvd => Many(config, config.Exchanges, _ => true, "trades", asked => Cvd(config, asked)),
            StreamNames.Kline => One(config, asked => Kline(config, asked)),
            StreamNames.Footprint => One(config, asked => Footprint(config, asked)),
            StreamNames.Dom => One(config, asked => Dom(config, asked)),
            StreamNames.Heatmap => One(config, asked => Heatmap(config, asked)),
            StreamNames.News => new StreamPlan([new StreamTarget(new StreamKey(wish.Stream), () => new NewsStream(new StreamKey(wish.Stream), parts))], false),
            _ => throw new StreamRefusedException($"Unknown stream; there are {string.Join(", ", Names)}"),
        };
    }

    private StreamPlan One(StreamConfig config, Func<AskedInstrument, StreamTarget> target) =>
        Many(config, [config.Exchange], _ => true, "", target);

    private StreamPlan Many(
        StreamConfig config, IReadOnlyList<string> named, Func<VenueCapabilities, bool> isOffered, string what, Func<AskedInstrument, StreamTarget> target)
    {
        var (symbol, targets) = (config.Symbol, new List<StreamTarget>());
        string? refusal = null;
        foreach (var name in named.Count > 0 ? named : [.. exchanges.Served.Select(exchange => exchange.Name.Name)])
        {
            if (WhyNot(name, symbol, isOffered, what, out var asked) is not { } why)
            {
                targets.Add(target(asked!));
                continue;
            }

            refusal ??= why;
            if (named.Count > 0)
            {
                throw new StreamRefusedException(why);
            }
        }

        return targets.Count > 0 ? new StreamPlan(targets, MayLack: named.Count == 0) : throw new StreamRefusedException(refusal ?? "No exchange is served");
    }

    private string? WhyNot(string name, string symbol, Func<VenueCapabilities, bool> isOffered, string what, out AskedInstrument? asked) =>
        !exchanges.TryFind(name, symbol, out asked, out var refusal) ? refusal.Detail
        : !isOffered(asked.Exchange.Has) ? $"Exchange '{asked.ExchangeName}' has no {what}"
        : null;

    private static StreamKey KeyOf(string kind, AskedInstrument asked, string options = "") =>
        new(kind, asked.ExchangeName, asked.Listing.Symbol, asked.Echo, options);

    private StreamTarget Trades(StreamConfig config, AskedInstrument asked)
    {
        TakerSide? side = config.Side switch { "buy" => TakerSide.Buy, "sell" => TakerSide.Sell, _ => null };
        var key = KeyOf(StreamNames.Trade, asked, config.Side ?? string.Empty);
        return new StreamTarget(key, () => new TradeStream(key, following.Follow(asked.Listing), parts, side), Worth.Of(config.MinNotional));
    }

    private StreamTarget Liquidations(StreamConfig config, AskedInstrument asked)
    {
        var key = KeyOf(StreamNames.Liquidation, asked);
        return new StreamTarget(key, () => new LiquidationStream(key, following.Follow(asked.Listing), parts), Worth.Of(config.MinNotional));
    }

    private StreamTarget Book(StreamConfig config, AskedInstrument asked)
    {
        var (given, depth) = (config.Tick(0), config.Depth);
        var tick = given == 0 ? 0 : StreamConfig.UnitsOf(given, asked.Listing);
        var key = KeyOf(StreamNames.OrderBook, asked, $"{tick} {depth}");
        return new StreamTarget(key, () => new OrderBookStream(key, following.Follow(asked.Listing), parts, tick, depth));
    }

    private StreamTarget BookStatistics(AskedInstrument asked)
    {
        var key = KeyOf(StreamNames.BookStatistics, asked);
        return new StreamTarget(key, () => new BookStatisticsStream(key, following.Follow(asked.Listing), parts));
    }

    private StreamTarget Cvd(StreamConfig config, AskedInstrument asked)
    {
        var interval = config.Interval;
        var from = FlowHistory.FromOf(interval, config.Range, Timestamp.From(time.GetUtcNow()));
        var key = KeyOf(StreamNames.Cvd, asked, $"{interval} {from.UnixMilliseconds}");
        return new StreamTarget(key, () => new CvdStream(key, following.Follow(asked.Listing), parts, interval, from));
    }

    private StreamTarget Footprint(StreamConfig config, AskedInstrument asked)
    {
        var (interval, tick, range) = (config.Interval, config.Tick(DefaultTick), config.Range);
        var key = KeyOf(StreamNames.Footprint, asked, $"{interval} {StreamConfig.UnitsOf(tick, asked.Listing)} {range}");
        return new StreamTarget(key, () => new FootprintStream(key, following.Follow(asked.Listing), parts, interval, tick, range));
    }

    private StreamTarget Dom(StreamConfig config, AskedInstrument asked)
    {
        var (tick, range) = (StreamConfig.UnitsOf(config.Tick(DefaultTick), asked.Listing), config.Range);
        var key = KeyOf(StreamNames.Dom, asked, $"{tick} {range}");
        return new StreamTarget(key, () => new DomStream(key, following.Follow(asked.Listing), parts, tick, range));
    }

    private StreamTarget Heatmap(StreamConfig config, AskedInstrument asked)
    {
        var (interval, tick, range) = (config.Interval, StreamConfig.UnitsOf(config.Tick(DefaultTick), asked.Listing), config.Range);
        if (tick % asked.Listing.Tick.Units != 0)
        {
            throw new StreamRefusedException(
                $"config.tickSize should be a multiple of {asked.Listing.PriceScale.Format(asked.Listing.Tick.Units)}, the tick of {asked.Listing.Symbol}");
        }

        var key = KeyOf(StreamNames.Heatmap, asked, $"{interval} {tick} {range}");
        return new StreamTarget(key, () => new HeatmapStream(key, following.Follow(asked.Listing), parts, interval, tick, range));
    }

    private StreamTarget Kline(StreamConfig config, AskedInstrument asked)
    {
        var interval = config.Interval;
        var key = KeyOf(StreamNames.Kline, asked, interval.Name);
        return new StreamTarget(key, () => OpenKline(key, asked, interval));
    }

    /// <summary>From the venue's own stream; where it has none of this length, made of its trades.</summary>
    private MarketStream OpenKline(StreamKey key, AskedInstrument asked, FlowInterval interval)
    {
        try
        {
            if (CandleInterval.TryParse(interval.Name, out var streamed))
            {
                return new VenueKlineStream(key, following.FollowCandles(asked.Listing, streamed), parts, streamed);
            }
        }
        catch (DemandRefusedException refused) when (refused.Refusal == DemandRefusal.CandlesNotStreamed)
        {
            return new TradeKlineStream(key, following.Follow(asked.Listing), parts, interval);
        }

        return new TradeKlineStream(key, following.Follow(asked.Listing), parts, interval);
    }
}
