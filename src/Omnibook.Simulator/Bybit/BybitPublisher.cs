using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>Decides when Bybit sends what: books at the pace of their depth, trades at once, tickers each 100 ms.</summary>
internal sealed class BybitPublisher(BybitVenue venue)
{
    private const long RepetitionMilliseconds = 3000;
    private const long IdleMilliseconds = 10 * 60_000;
    private const int MostTradesOfMessage = 1024;
    private readonly Dictionary<string, (long OpenTime, long Trades)> _klines = new(StringComparer.Ordinal);

    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic topics. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        Every(10, () => ForEach(OnHundredthOfASecond));
        Every(20, () => ForEach(market => PushBook(market, market.DepthOf(50))));
        Every(100, () => ForEach(OnTenthOfASecond));
        Every(200, () => ForEach(market => PushBook(market, market.DepthOf(1000))));
        Every(500, () => ForEach(PushLiquidations));
        Every(1000, PushKlines);
        Every(30_000, CutIdle);
    }

    /// <summary>What a new subscriber gets at once: a snapshot of books and tickers and the running candle, nothing of trades.</summary>
    public void SendFirst(BybitTopic topic, BybitConnection connection)
    {
        var market = venue.Symbols[topic.Symbol];
        var frame = topic.Channel switch
        {
            "orderbook" => Book(market, market.DepthOf(topic.Depth), isSnapshot: true),
            "tickers" => FirstTicker(market, topic),
            "kline" => Kline(market, topic, RunningCandle(market, topic), isClosed: false),
            _ => null,
        };
        if (frame is not null)
        {
            connection.Send(TagOf(topic), frame);
        }
    }

    /// <summary>The streams of a symbol begin again with a snapshot whose <c>u</c> is 1, empty while it is delisted.</summary>
    public void Restart(BybitMarket market)
    {
        foreach (var depth in market.Depths)
        {
            depth.Restart(market.Market, market.Market.IsHalted);
            depth.SentMilliseconds = Now;
            Publish($"orderbook.{depth.Levels}.{market.Name}", () => Book(market, depth, isSnapshot: true));
        }
    }

    private static FrameTag TagOf(BybitTopic topic) => FrameTag.Data(topic.Symbol, topic.Channel);

    private void OnHundredthOfASecond(BybitMarket market)
    {
        PushTrades(market);
        var top = market.DepthOf(1);
        var isChanged = !market.Market.IsHalted && top.TryMove(market.Market);
        if (isChanged || Now - top.SentMilliseconds >= RepetitionMilliseconds)
        {
            top.SentMilliseconds = Now;
            Publish($"orderbook.1.{market.Name}", () => Book(market, top, isSnapshot: true));
        }
    }

    private void OnTenthOfASecond(BybitMarket market)
    {
        PushBook(market, market.DepthOf(200));
        PushTicker(market);
    }

    private void PushBook(BybitMarket market, BybitDepth depth)
    {
        if (!market.Market.IsHalted && depth.TryMove(market.Market))
        {
            Publish($"orderbook.{depth.Levels}.{market.Name}", () => Book(market, depth, isSnapshot: false));
        }
    }

    private void PushTrades(BybitMarket market)
    {
        foreach (var part in market.Pending.Chunk(MostTradesOfMessage))
        {
            Publish($"publicTrade.{market.Name}", () => venue.Render(json => BybitFrames.Trades(json, market, part, Now)));
        }

        market.Pending.Clear();
    }

    private void PushLiquidations(BybitMarket market)
    {
        if (market.Liquidations.Count > 0)
        {
            Publish($"allLiquidation.{market.Name}", () => venue.Render(json => BybitFrames.Liquidations(json, market, Now)));
            market.Liquidations.Clear();
        }
    }

    /// <summary>The ticker is followed while somebody listens; its first listener begins it anew.</summary>
    private byte[] FirstTicker(BybitMarket market, BybitTopic topic)
    {
        if (venue.Topics.Of(topic.Name).Length == 0)
        {
            ChangedFields(market);
        }

        return venue.Render(json => BybitFrames.Ticker(json, market, market.Ticker, isSnapshot: true, Now));
    }

    private void PushTicker(BybitMarket market)
    {
        var topic = $"tickers.{market.Name}";
        if (venue.Topics.Of(topic).Length > 0 && !market.Market.IsHalted && ChangedFields(market) is { Count: > 0 } changes)
        {
            Publish(topic, () => venue.Render(json => BybitFrames.Ticker(json, market, changes, isSnapshot: false, Now)));
        }
    }

    private List<KeyValuePair<string, string>> ChangedFields(BybitMarket market)
    {
        var changes = BybitTicker.Fields(market, Now).Where(field => market.Ticker.GetValueOrDefault(field.Key) != field.Value).ToList();
        foreach (var (name, value) in changes)
        {
            market.Ticker[name] = value;
        }

        market.TickerSequence += changes.Count > 0 ? 1 : 0;
        return changes;
    }

    private void PushKlines()
    {
        foreach (var topic in venue.Topics.Topics.Where(static topic => topic.Channel == "kline"))
        {
            PushKline(venue.Symbols[topic.Symbol], topic);
        }
    }

    private void PushKline(BybitMarket market, BybitTopic topic)
    {
        var running = RunningCandle(market, topic);
        var known = _klines.GetValueOrDefault(topic.Name);
        if (known.OpenTime == topic.Interval.Floor(running.OpenTime - 1))
        {
            foreach (var closed in market.Market.Candles.Between(topic.Interval, known.OpenTime, running.OpenTime - 1))
            {
                Publish(topic.Name, () => Kline(market, topic, closed, isClosed: true));
            }
        }

        if (known != (running.OpenTime, market.Trades.NextId))
        {
            Publish(topic.Name, () => Kline(market, topic, running, isClosed: false));
            _klines[topic.Name] = (running.OpenTime, market.Trades.NextId);
        }
    }

    private Candle RunningCandle(BybitMarket market, BybitTopic topic)
    {
        market.Market.Candles.OpenUntil(Now);
        return market.Market.Candles.At(topic.Interval, Now);
    }

    private byte[] Kline(BybitMarket market, BybitTopic topic, Candle candle, bool isClosed) =>
        venue.Render(json => BybitFrames.Kline(json, market, topic, candle, isClosed, Now));

    private byte[] Book(BybitMarket market, BybitDepth depth, bool isSnapshot) =>
        venue.Render(json => BybitFrames.Book(json, market, depth, isSnapshot, Now));

    /// <summary>Sockets on which nobody has said anything for about ten minutes are cut; a scan each 30 s finds them.</summary>
    private void CutIdle()
    {
        var oldest = Now - IdleMilliseconds;
        foreach (var connection in venue.Connections.OfType<BybitConnection>().Where(connection => connection.HeardMilliseconds <= oldest && connection.LastSentMilliseconds <= oldest).ToList())
        {
            connection.Cut();
        }
    }

    /// <summary>Writes a message once, if anybody listens, and sends it to all who do.</summary>
    private void Publish(string name, Func<byte[]> write)
    {
        var listeners = venue.Topics.Of(name);
        if (listeners.Length == 0)
        {
            return;
        }

        var tag = TagOf(BybitTopic.Parse(name)!);
        var frame = write();
        foreach (var listener in listeners)
        {
            listener.Send(tag, frame);
        }
    }

    private void Every(int milliseconds, Action action) => venue.Schedule.Every(TimeSpan.FromMilliseconds(milliseconds), action);

    private void ForEach(Action<BybitMarket> action)
    {
        foreach (var market in venue.Symbols.Values)
        {
            action(market);
        }
    }
}
