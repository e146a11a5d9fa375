using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>Sends what Binance's markets have in common. When, is decided by each of them.</summary>
internal sealed class BinancePublisher(BinanceVenue venue, JsonText json)
{
    private readonly Dictionary<string, (long OpenTime, long Trades)> _klines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _tickers = new(StringComparer.Ordinal);

    private long Now => venue.Schedule.Milliseconds;

    private IBinanceFrames Frames => venue.Frames;

    /// <summary>A level changed: the diff streams remember it, and a new top goes out at once.</summary>
    public void OnChange(BinanceMarket market, in LevelChange change)
    {
        foreach (var diff in market.Diffs)
        {
            diff.Add(change);
        }

        var top = (Bid: market.Best(Side.Bid), Ask: market.Best(Side.Ask));
        if (!IsSame(top.Bid, market.Top.Bid) || !IsSame(top.Ask, market.Top.Ask))
        {
            market.Top = top;
            PublishTop(market.Stream + "@bookTicker", market, change.Sequence);
        }
    }

    /// <summary>A fill happened.</summary>
    public void OnTrade(BinanceMarket market, in MarketTrade trade)
    {
        market.TradeCount++;
        var copy = trade;
        Publish(market.Stream + "@trade", writer => Frames.Trade(writer, market, copy, Now));
        PublishAggregate(market, market.Aggregates.Add(trade));
    }

    /// <summary>Sends the aggregate whose time is over, if there is one.</summary>
    public void CloseAggregate(BinanceMarket market) => PublishAggregate(market, market.Aggregates.CloseUntil(Now));

    /// <summary>Sends what changed since a diff stream's last event, and the partial books of the same speed.</summary>
    public void FlushDepth(BinanceMarket market, DiffStream diff)
    {
        if (diff.First == 0)
        {
            return;
        }

        Publish(market.Stream + "@depth" + diff.Suffix, writer => Frames.Depth(writer, market, diff, Now));
        foreach (var levels in (ReadOnlySpan<int>)[5, 10, 20])
        {
            var count = levels;
            Publish($"{market.Stream}@depth{count}{diff.Suffix}", writer => Frames.PartialDepth(writer, market, diff, count, Now));
        }

        diff.Flush();
    }

    /// <summary>Sends the best bid and ask.</summary>
    public void PublishTop(string stream, BinanceMarket market, long sequence) =>
        Publish(stream, writer => Frames.BookTicker(writer, market, sequence, Now));

    /// <summary>Sends the candles of the streams that are listened to and that changed.</summary>
    public void PublishKlines()
    {
        foreach (var name in venue.Streams.Names.Where(static name => name.Channel == "kline").ToList())
        {
            PublishKline(name);
        }
    }

    /// <summary>Sends the 24 hours of a symbol.</summary>
    public void PublishTickers(BinanceMarket market)
    {
        Publish(market.Stream + "@ticker", writer => Frames.Ticker(writer, market, isMini: false, Now));
        Publish(market.Stream + "@miniTicker", writer => Frames.Ticker(writer, market, isMini: true, Now));
    }

    /// <summary>Sends the 24 hours of all symbols that traded since the last array.</summary>
    public void PublishTickerArray(string stream, bool isMini)
    {
        if (!venue.Streams.Has(stream))
        {
            return;
        }

        var changed = venue.Symbols.Values.Where(market => _tickers.GetValueOrDefault(stream + market.Name) != market.TradeCount).ToList();
        changed.ForEach(market => _tickers[stream + market.Name] = market.TradeCount);
        if (changed.Count > 0)
        {
            PublishArray(stream, changed, (writer, market) => Frames.Ticker(writer, market, isMini, Now));
        }
    }

    /// <summary>Sends an array.</summary>
    public void PublishArray<T>(string stream, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Publish(stream, writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    });

    /// <summary>Sends a frame, when somebody listens.</summary>
    public void Publish(string stream, Action<Utf8JsonWriter> write)
    {
        if (venue.Streams.Has(stream))
        {
            venue.Streams.Publish(stream, json.Write(write));
        }
    }

    /// <summary>Closes the connections whose life is over.</summary>
    public void CloseOld()
    {
        var oldest = Now - (long)venue.Options.BinanceConnectionLife.TotalMilliseconds;
        foreach (var connection in venue.Connections.Where(connection => connection.OpenedMilliseconds <= oldest).ToList())
        {
            connection.Close(1001, "");
        }
    }

    private void PublishAggregate(BinanceMarket market, AggregateTrade? closed)
    {
        if (closed is { } aggregate)
        {
            Publish(market.Stream + "@aggTrade", writer => Frames.AggregateTrade(writer, market, aggregate, Now));
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
        if (known.OpenTime == interval.Floor(running.OpenTime - 1))
        {
            foreach (var closed in market.Market.Candles.Between(interval, known.OpenTime, running.OpenTime - 1))
            {
                Publish(name.Text, writer => Frames.Kline(writer, market, interval, closed, isClosed: true, Now));
            }
        }

        if (known != (running.OpenTime, market.TradeCount))
        {
            Publish(name.Text, writer => Frames.Kline(writer, market, interval, running, isClosed: false, Now));
            _klines[name.Text] = (running.OpenTime, market.TradeCount);
        }
    }

    private static bool IsSame(TrueLevel left, TrueLevel right) => left.Price == right.Price && left.Quantity == right.Quantity;
}
