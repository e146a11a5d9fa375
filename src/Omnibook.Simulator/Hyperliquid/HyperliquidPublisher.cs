using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Decides when Hyperliquid sends what. One clock pushes the books of all coins.</summary>
internal sealed class HyperliquidPublisher(HyperliquidVenue venue, JsonText json)
{
    private const int ReplayedTrades = 25;
    private const int FastLevels = 5;
    private readonly Dictionary<string, (long OpenTime, long Trades)> _candles = new(StringComparer.Ordinal);

    /// <summary>Begins the periodic channels.</summary>
    public void Start()
    {
        venue.Schedule.Every(venue.Options.HyperliquidBookCadence, () => PushBooks(fast: false));
        venue.Schedule.Every(venue.Options.HyperliquidFastBookCadence, () => PushBooks(fast: true));
        venue.Schedule.Every(TimeSpan.FromSeconds(1), OnSecond);
        venue.Schedule.Every(TimeSpan.FromSeconds(5), () => PushAll("allMids"));
        venue.Schedule.Every(TimeSpan.FromSeconds(13.6), () =>
        {
            PushAll("assetCtxs");
            PushAll("allDexsAssetCtxs");
        });
    }

    /// <summary>A block is done: its trades, and the tops that it changed.</summary>
    public void OnBlock()
    {
        foreach (var topic in venue.Topics.Of("trades"))
        {
            var coin = venue.Coins[topic.Coin!];
            if (coin.BlockTrades.Count > 0)
            {
                venue.Topics.Publish(topic, Render("trades", writer => HyperliquidFrames.Trades(writer, coin, coin.BlockTrades)));
            }
        }

        var tops = venue.Topics.Of("bbo").ToDictionary(static topic => topic.Coin!, StringComparer.Ordinal);
        foreach (var coin in venue.Coins.Values)
        {
            coin.BlockTrades.Clear();
            var top = (coin.Best(Side.Bid) ?? default, coin.Best(Side.Ask) ?? default);
            if (top != coin.Top)
            {
                coin.Top = top;
                if (tops.TryGetValue(coin.Name, out var topic))
                {
                    venue.Topics.Publish(topic, Render("bbo", writer => HyperliquidFrames.Top(writer, coin, venue.BlockTime)));
                }
            }
        }
    }

    /// <summary>What a new subscriber gets at once, after the acknowledgement.</summary>
    public void SendFirst(Subscription topic, HyperliquidConnection connection)
    {
        if (FirstFrame(topic) is { } frame)
        {
            connection.Send(TopicBoard.TagOf(topic), frame);
        }
    }

    private byte[]? FirstFrame(Subscription topic)
    {
        var coin = topic.Coin is null ? null : venue.Coins[topic.Coin];
        return topic.Type switch
        {
            "trades" => Render("trades", writer => HyperliquidFrames.Trades(writer, coin!, coin!.Market.Trades.Newest(ReplayedTrades))),
            "bbo" => Render("bbo", writer => HyperliquidFrames.Top(writer, coin!, venue.BlockTime)),
            "candle" => Render("candle", writer => WriteCandle(writer, topic, coin!)),
            _ => Regular(topic),
        };
    }

    private byte[]? Regular(Subscription topic) => topic.Type switch
    {
        "l2Book" => Book(topic),
        "activeAssetCtx" => Render("activeAssetCtx", writer => WriteActive(writer, venue.Coins[topic.Coin!])),
        "allMids" => Render("allMids", writer => HyperliquidMarketInfo.WriteMids(writer, venue, topic.Dex, isWrapped: true)),
        "assetCtxs" => Render("assetCtxs", writer => WriteContexts(writer, topic.Dex ?? "")),
        "allDexsAssetCtxs" => Render("allDexsAssetCtxs", WriteAllContexts),
        _ when topic.User is { } user => Accounts.AccountFrames.First(venue, topic.Type, user, json),
        _ => null,
    };

    private void OnSecond()
    {
        PushAll("activeAssetCtx");
        foreach (var topic in venue.Topics.Of("candle"))
        {
            PushCandle(topic);
        }
    }

    private void PushBooks(bool fast)
    {
        foreach (var topic in venue.Topics.Of("l2Book").Where(topic => topic.Fast == fast))
        {
            venue.Topics.Publish(topic, Book(topic));
        }
    }

    private void PushAll(string type)
    {
        foreach (var topic in venue.Topics.Of(type))
        {
            if (Regular(topic) is { } frame)
            {
                venue.Topics.Publish(topic, frame);
            }
        }
    }

    private void PushCandle(Subscription topic)
    {
        var coin = venue.Coins[topic.Coin!];
        var interval = CandleInterval.Find(topic.Interval)!;
        var state = (OpenTime: interval.Floor(venue.BlockTime), coin.TradeCount);
        var known = _candles.GetValueOrDefault(topic.Canonical);
        if (known == state)
        {
            return;
        }

        _candles[topic.Canonical] = state;
        var current = Render("candle", writer => WriteCandle(writer, topic, coin));
        if (known.OpenTime == interval.Floor(state.OpenTime - 1))
        {
            // The last trades of the candle before are told too, although nothing says that it is over.
            var last = coin.Market.Candles.At(interval, known.OpenTime);
            venue.Topics.Publish(topic, Render("candle", writer => HyperliquidFrames.Candle(writer, coin, interval, last)));
        }

        venue.Topics.Publish(topic, current);
    }

    private byte[] Book(Subscription topic) => Render("l2Book", writer => HyperliquidFrames.Book(
        writer, venue.Coins[topic.Coin!], venue.BlockTime, topic.Fast ? FastLevels : Ladder.MostLevels, topic.Figures, topic.Mantissa, topic.Fast));

    private void WriteCandle(Utf8JsonWriter writer, Subscription topic, HyperliquidMarket coin)
    {
        var interval = CandleInterval.Find(topic.Interval)!;
        coin.Market.Candles.OpenUntil(venue.BlockTime);
        HyperliquidFrames.Candle(writer, coin, interval, coin.Market.Candles.At(interval, venue.BlockTime));
    }

    private void WriteActive(Utf8JsonWriter writer, HyperliquidMarket coin)
    {
        writer.WriteStartObject();
        writer.WriteString("coin", coin.Name);
        writer.WritePropertyName("ctx");
        HyperliquidFrames.Context(writer, coin, venue.BlockTime);
        writer.WriteEndObject();
    }

    private void WriteContexts(Utf8JsonWriter writer, string dex)
    {
        writer.WriteStartObject();
        writer.WriteString("dex", dex);
        writer.WritePropertyName("ctxs");
        HyperliquidMarketInfo.WriteContexts(writer, venue, venue.FindDex(dex)!);
        writer.WriteEndObject();
    }

    private void WriteAllContexts(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("ctxs");
        foreach (var dex in venue.Dexes)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(dex.Name);
            HyperliquidMarketInfo.WriteContexts(writer, venue, dex);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private byte[] Render(string channel, Action<Utf8JsonWriter> data) => json.Write(writer => HyperliquidFrames.Channel(writer, channel, data));
}
