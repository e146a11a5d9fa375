using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>Decides when Lighter sends what: books and trades each 50 ms, tops at every nonce, statistics and candles each 500 ms.</summary>
internal sealed class LighterPublisher(LighterVenue venue)
{
    private const int ReplayedTrades = 50;
    private const long SilenceMilliseconds = 2 * 60_000;
    private readonly Dictionary<string, (long OpenTime, long Trades)> _candles = new(StringComparer.Ordinal);

    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic channels. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        Every(50, () => ForEach(OnBatch));
        Every(100, PushHeight);
        Every(500, OnHalfSecond);
        Every(5_000, CloseSilent);
        Every(60_000, Ping);
    }

    /// <summary>A level changed: the top is told at every nonce, changed or not.</summary>
    public void OnChange(LighterMarket market, long nonce)
    {
        var name = $"ticker:{market.Id}";
        if (venue.Listeners.Of(name).Length > 0)
        {
            Publish(name, market.Symbol, "ticker", venue.Render(json => LighterFrames.Ticker(json, market, nonce, isFirst: false, Now)));
        }
    }

    /// <summary>What a new subscriber gets at once, which is its acknowledgement.</summary>
    public void SendFirst(LighterChannel channel, LighterConnection connection)
    {
        var market = channel.Market is { } id ? venue.ById[id] : null;
        connection.Send(FrameTag.Data(market?.Symbol, channel.Kind), channel.Kind switch
        {
            "order_book" => Snapshot(market!, connection.Server),
            "trade" => Trades(market!, [.. market!.Market.Trades.Newest(ReplayedTrades).Reverse()], isFirst: true),
            "ticker" => venue.Render(json => LighterFrames.Ticker(json, market!, market!.Market.Oracle.LastSequence, isFirst: true, Now)),
            "candle" => Candle(market!, channel, isFirst: true),
            "height" => Height(isFirst: true),
            _ => market is null ? Statistics([.. venue.ById.Values], isFirst: true) : Statistics(market, isFirst: true),
        });
    }

    private void OnBatch(LighterMarket market)
    {
        PushBook(market);
        if (market.Pending.Count > 0)
        {
            var name = $"trade:{market.Id}";
            if (venue.Listeners.Of(name).Length > 0)
            {
                Publish(name, market.Symbol, "trade", Trades(market, market.Pending, isFirst: false));
            }

            market.Pending.Clear();
        }
    }

    private void PushBook(LighterMarket market)
    {
        if (market.Changes.IsEmpty)
        {
            return;
        }

        var begin = market.Nonce;
        market.Nonce = market.Market.Oracle.LastSequence;
        market.Offset += venue.OffsetStep();
        foreach (var group in venue.Listeners.Of($"order_book:{market.Id}").GroupBy(static listener => listener.Server))
        {
            var frame = Book(market, isSnapshot: false, begin, group.Key);
            foreach (var listener in group)
            {
                listener.Send(FrameTag.Data(market.Symbol, "order_book"), frame);
            }
        }

        market.Changes.Clear();
    }

    /// <summary>What is waiting goes out first, so that the snapshot's nonce is where the next message begins for everybody.</summary>
    private byte[] Snapshot(LighterMarket market, int server)
    {
        PushBook(market);
        return market.Market.IsHalted
            ? venue.Render(json => LighterFrames.EmptyBook(json, market, Now))
            : Book(market, isSnapshot: true, 0, server);
    }

    private byte[] Book(LighterMarket market, bool isSnapshot, long begin, int server) =>
        venue.Render(json => LighterFrames.Book(json, market, isSnapshot, begin, venue.OffsetOf(server) + market.Offset, Now));

    private byte[] Trades(LighterMarket market, IReadOnlyList<MarketTrade> trades, bool isFirst) =>
        venue.Render(json => LighterTradeFrames.Trades(json, market, trades, venue.Nonce, isFirst));

    private void OnHalfSecond()
    {
        PushStatistics();
        foreach (var channel in venue.Listeners.Topics.Where(static channel => channel.Kind == "candle"))
        {
            PushCandle(venue.ById[channel.Market!.Value], channel);
        }
    }

    private void PushStatistics()
    {
        if (!venue.Listeners.Topics.Any(static channel => channel.Kind == "market_stats"))
        {
            return;
        }

        var changed = venue.ById.Values.Where(HasNews).ToList();
        foreach (var market in changed.Where(market => venue.Listeners.Of($"market_stats:{market.Id}").Length > 0))
        {
            Publish($"market_stats:{market.Id}", market.Symbol, "market_stats", Statistics(market, isFirst: false));
        }

        if (changed.Count > 0 && venue.Listeners.Of("market_stats:all").Length > 0)
        {
            Publish("market_stats:all", null, "market_stats", Statistics(changed, isFirst: false));
        }
    }

    private bool HasNews(LighterMarket market)
    {
        var now = LighterStatistics.Fingerprint(market, Now);
        var isNews = !market.Market.IsHalted && now != market.LastStatistics;
        market.LastStatistics = now;
        return isNews;
    }

    private byte[] Statistics(LighterMarket market, bool isFirst) => venue.Render(json => LighterStatistics.One(json, market, isFirst, Now));

    private byte[] Statistics(IReadOnlyList<LighterMarket> markets, bool isFirst) =>
        venue.Render(json => LighterStatistics.Many(json, markets, isFirst, Now));

    /// <summary>Nothing says that a candle is closed: the next one begins.</summary>
    private void PushCandle(LighterMarket market, LighterChannel channel)
    {
        var interval = channel.Interval!;
        var state = (OpenTime: interval.Floor(Now), market.Market.Trades.NextId);
        var known = _candles.GetValueOrDefault(channel.Name);
        if (known == state)
        {
            return;
        }

        _candles[channel.Name] = state;
        var current = Candle(market, channel, isFirst: false);
        if (known.OpenTime == interval.Floor(state.OpenTime - 1))
        {
            // The last trades of the candle before are told too, although nothing says that it is over.
            var last = market.Market.Candles.At(interval, known.OpenTime);
            Publish(channel.Name, market.Symbol, "candle", venue.Render(json => LighterFrames.Candles(json, market, channel, last, isFirst: false, Now)));
        }

        Publish(channel.Name, market.Symbol, "candle", current);
    }

    private byte[] Candle(LighterMarket market, LighterChannel channel, bool isFirst)
    {
        market.Market.Candles.OpenUntil(Now);
        var candle = market.Market.Candles.At(channel.Interval!, Now);
        return venue.Render(json => LighterFrames.Candles(json, market, channel, candle, isFirst, Now));
    }

    private void PushHeight()
    {
        if (venue.Listeners.Of("height").Length > 0)
        {
            Publish("height", null, "height", Height(isFirst: false));
        }
    }

    private byte[] Height(bool isFirst) => venue.Render(json => LighterFrames.Height(json, LighterTradeFrames.HeightAt(Now), isFirst, Now));

    private void Ping()
    {
        foreach (var connection in venue.Connections.ToList())
        {
            connection.Send(FrameTag.Control, "{\"type\":\"ping\"}"u8.ToArray());
        }
    }

    /// <summary>A client that has said nothing for two minutes, not even pong, is closed.</summary>
    private void CloseSilent()
    {
        foreach (var connection in venue.Connections.OfType<LighterConnection>().Where(connection => Now - connection.HeardMilliseconds >= SilenceMilliseconds).ToList())
        {
            connection.Close(1008, "no pong");
        }
    }

    private void Publish(string name, string? symbol, string kind, byte[] frame)
    {
        foreach (var listener in venue.Listeners.Of(name))
        {
            listener.Send(FrameTag.Data(symbol, kind), frame);
        }
    }

    private void Every(int milliseconds, Action action) => venue.Schedule.Every(TimeSpan.FromMilliseconds(milliseconds), action);

    private void ForEach(Action<LighterMarket> action)
    {
        foreach (var market in venue.ById.Values)
        {
            action(market);
        }
    }
}
