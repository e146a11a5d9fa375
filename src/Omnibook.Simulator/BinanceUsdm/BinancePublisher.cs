using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>Decides when Binance sends what.</summary>
internal sealed class BinancePublisher(BinanceVenue venue, JsonText json)
{
    private readonly Dictionary<string, (long OpenTime, long Trades)> _klines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _tickers = new(StringComparer.Ordinal);

    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic streams. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        venue.Schedule.Every(TimeSpan.FromMilliseconds(100), () => ForEach(OnTenthOfASecond));
        venue.Schedule.Every(TimeSpan.FromMilliseconds(250), OnQuarterSecond);
        venue.Schedule.Every(TimeSpan.FromMilliseconds(500), () => ForEach(market => FlushDepth(market, market.Slow)));
        venue.Schedule.Every(TimeSpan.FromSeconds(1), OnSecond);
        venue.Schedule.Every(TimeSpan.FromSeconds(2), () => ForEach(PublishTickers));
        venue.Schedule.Every(TimeSpan.FromSeconds(3), () => PublishMarks(""));
        venue.Schedule.Every(TimeSpan.FromSeconds(5), () => ForEach(market => PublishTop("!bookTicker", market, market.Market.Oracle.LastSequence)));
    }

    /// <summary>A level changed: the diff streams remember it, and a new top goes out at once.</summary>
    public void OnChange(BinanceMarket market, in LevelChange change)
    {
        market.Fast.Add(change);
        market.Usual.Add(change);
        market.Slow.Add(change);
        var top = (market.Best(Side.Bid), market.Best(Side.Ask));
        if (IsSame(top.Item1, market.Top.Bid) && IsSame(top.Item2, market.Top.Ask))
        {
            return;
        }

        market.Top = top;
        PublishTop(market.Stream + "@bookTicker", market, change.Sequence);
    }

    /// <summary>A trade happened.</summary>
    public void OnTrade(BinanceMarket market, in MarketTrade trade)
    {
        market.TradeCount++;
        var stream = market.Stream + "@trade";
        if (venue.Streams.Has(stream))
        {
            var copy = trade;
            venue.Streams.Publish(stream, json.Write(writer => BinanceFrames.Trade(writer, market, copy, Now)));
        }

        PublishAggregate(market, market.Aggregates.Add(trade));
        if (trade.IsLiquidation)
        {
            market.Forced.Add(trade);
        }
    }

    /// <summary>A contract's status changed.</summary>
    public void OnContract(BinanceMarket market)
    {
        if (venue.Streams.Has("!contractInfo"))
        {
            venue.Streams.Publish("!contractInfo", json.Write(writer => BinanceFrames.ContractInfo(writer, market, Now)));
        }
    }

    private void OnTenthOfASecond(BinanceMarket market)
    {
        PublishAggregate(market, market.Aggregates.CloseUntil(Now));
        FlushDepth(market, market.Fast);
    }

    private void OnQuarterSecond()
    {
        ForEach(market => FlushDepth(market, market.Usual));
        foreach (var name in venue.Streams.Names.Where(static name => name.Channel == "kline").ToList())
        {
            PublishKline(name);
        }
    }

    private void OnSecond()
    {
        PublishMarks("@1s");
        ForEach(PublishForcedOrder);
        PublishTickerArray("!ticker@arr", isMini: false);
        PublishTickerArray("!miniTicker@arr", isMini: true);
        var oldest = Now - (long)venue.Options.BinanceConnectionLife.TotalMilliseconds;
        foreach (var connection in venue.Connections.Where(connection => connection.OpenedMilliseconds <= oldest).ToList())
        {
            connection.Close(1001, "");
        }
    }

    private void FlushDepth(BinanceMarket market, DiffStream stream)
    {
        if (stream.First == 0)
        {
            return;
        }

        Publish(market, stream, market.Stream + "@depth" + stream.Suffix, stream.Bids, stream.Asks);
        foreach (var depth in (ReadOnlySpan<int>)[5, 10, 20])
        {
            Publish(market, stream, $"{market.Stream}@depth{depth}{stream.Suffix}", market.Levels(Side.Bid, depth), market.Levels(Side.Ask, depth));
        }

        stream.Flush();
    }

    private void Publish(BinanceMarket market, DiffStream stream, string name, IEnumerable<TrueLevel> bids, IEnumerable<TrueLevel> asks)
    {
        if (venue.Streams.Has(name))
        {
            venue.Streams.Publish(name, json.Write(writer => BinanceFrames.Depth(writer, market, stream, Now, bids, asks)));
        }
    }

    private void PublishTop(string stream, BinanceMarket market, long sequence)
    {
        if (venue.Streams.Has(stream))
        {
            var time = market.Market.Oracle.LastMilliseconds;
            venue.Streams.Publish(stream, json.Write(writer => BinanceFrames.BookTicker(writer, market, sequence, time, Now)));
        }
    }

    private void PublishAggregate(BinanceMarket market, AggregateTrade? closed)
    {
        var stream = market.Stream + "@aggTrade";
        if (closed is { } aggregate && venue.Streams.Has(stream))
        {
            venue.Streams.Publish(stream, json.Write(writer => BinanceFrames.AggregateTrade(writer, market, aggregate, Now)));
        }
    }

    private void PublishMarks(string speed)
    {
        ForEach(market =>
        {
            var stream = market.Stream + "@markPrice" + speed;
            if (venue.Streams.Has(stream))
            {
                venue.Streams.Publish(stream, json.Write(writer => BinanceFrames.MarkPrice(writer, market, Now)));
            }
        });
        PublishArray("!markPrice@arr" + speed, venue.Symbols.Values, (writer, market) => BinanceFrames.MarkPrice(writer, market, Now));
    }

    private void PublishForcedOrder(BinanceMarket market)
    {
        if (market.Forced.Take() is not { } order)
        {
            return;
        }

        foreach (var stream in (ReadOnlySpan<string>)[market.Stream + "@forceOrder", "!forceOrder@arr"])
        {
            if (venue.Streams.Has(stream))
            {
                venue.Streams.Publish(stream, json.Write(writer => BinanceFrames.ForcedOrder(writer, market, order, Now)));
            }
        }
    }

    private void PublishKline(StreamName name)
    {
        if (!venue.Symbols.TryGetValue(name.Symbol!, out var market) || CandleInterval.Find(name.Interval) is not { } interval)
        {
            return;
        }

        market.Market.Candles.OpenUntil(Now);
        var running = market.Market.Candles.At(interval, Now);
        var known = _klines.GetValueOrDefault(name.Text);
        if (known.OpenTime != 0 && known.OpenTime < running.OpenTime)
        {
            foreach (var closed in market.Market.Candles.Between(interval, known.OpenTime, running.OpenTime - 1))
            {
                PublishKline(name, market, interval, closed, isClosed: true);
            }
        }

        if (known != (running.OpenTime, market.TradeCount))
        {
            PublishKline(name, market, interval, running, isClosed: false);
            _klines[name.Text] = (running.OpenTime, market.TradeCount);
        }
    }

    private void PublishKline(StreamName name, BinanceMarket market, CandleInterval interval, Candle candle, bool isClosed) =>
        venue.Streams.Publish(name.Text, json.Write(writer => BinanceFrames.Kline(writer, market, interval, candle, isClosed, Now)));

    private void PublishTickers(BinanceMarket market)
    {
        foreach (var (kind, isMini) in (ReadOnlySpan<(string, bool)>)[("@ticker", false), ("@miniTicker", true)])
        {
            if (venue.Streams.Has(market.Stream + kind))
            {
                venue.Streams.Publish(market.Stream + kind, json.Write(writer => BinanceFrames.Ticker(writer, market, isMini, Now)));
            }
        }
    }

    /// <summary>Only symbols that traded since the last array.</summary>
    private void PublishTickerArray(string stream, bool isMini)
    {
        if (!venue.Streams.Has(stream))
        {
            return;
        }

        var changed = venue.Symbols.Values.Where(market => _tickers.GetValueOrDefault(stream + market.Name) != market.TradeCount).ToList();
        changed.ForEach(market => _tickers[stream + market.Name] = market.TradeCount);
        if (changed.Count > 0)
        {
            PublishArray(stream, changed, (writer, market) => BinanceFrames.Ticker(writer, market, isMini, Now));
        }
    }

    private void PublishArray(string stream, IEnumerable<BinanceMarket> markets, Action<System.Text.Json.Utf8JsonWriter, BinanceMarket> write)
    {
        if (!venue.Streams.Has(stream))
        {
            return;
        }

        venue.Streams.Publish(stream, json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var market in markets)
            {
                write(writer, market);
            }

            writer.WriteEndArray();
        }));
    }

    private void ForEach(Action<BinanceMarket> action)
    {
        foreach (var market in venue.Symbols.Values)
        {
            action(market);
        }
    }

    private static bool IsSame(TrueLevel left, TrueLevel right) => left.Price == right.Price && left.Quantity == right.Quantity;
}
