using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>Decides when Coinbase sends what: books each 50 ms, trades and tickers at once, candles and heartbeats each second, batches each 5 s.</summary>
internal sealed class CoinbasePublisher(CoinbaseVenue venue)
{
    private const int FirstTrades = 100;
    private const int FirstCandles = 100;
    private const long SilenceMilliseconds = 75_000;
    private static readonly CandleInterval FiveMinutes = CandleInterval.Find("5m")!;
    private readonly Dictionary<string, (long OpenTime, long Trades)> _candles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _batches = new(StringComparer.Ordinal);

    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic channels. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        Every(50, PushBooks);
        Every(1000, OnSecond);
        Every(5000, PushBatches);
    }

    /// <summary>What a new subscriber gets at once. A product's book comes in a frame of its own, however large.</summary>
    public void SendFirst(CoinbaseConnection connection, string channel, IReadOnlyList<string> products)
    {
        foreach (var market in products.Select(venue.Find).OfType<CoinbaseMarket>())
        {
            if (channel == CoinbaseChannel.Level2)
            {
                connection.SendBooks([market], venue.Render(json => CoinbaseFrames.Snapshot(json, market, venue.Shuffle(market))));
            }
            else
            {
                connection.SendNumbered(channel, FrameTag.Data(market.Id, channel), First(channel, market));
            }
        }
    }

    /// <summary>Something has happened in a market, whole: its fills go out together, newest first.</summary>
    public void OnStepped(CoinbaseMarket market)
    {
        if (market.Fills.Count == 0)
        {
            return;
        }

        market.TradeCount += market.Fills.Count;
        Push(CoinbaseChannel.Trades, market, () => venue.Render(json => CoinbaseFrames.Trades(json, "update", market, Enumerable.Reverse(market.Fills))));
        Push(CoinbaseChannel.Ticker, market, () => venue.Render(json => CoinbaseStatements.Tickers(json, "update", [market], isBatch: false, Now)));
        market.Fills.Clear();
    }

    /// <summary>A product is delisted, or back.</summary>
    public void OnStatus(CoinbaseMarket market) =>
        Push(CoinbaseChannel.Status, market, () => venue.Render(json => CoinbaseStatements.Status(json, "update", [market])));

    private byte[] First(string channel, CoinbaseMarket market) => venue.Render(json =>
    {
        switch (channel)
        {
            case CoinbaseChannel.Trades:
                CoinbaseFrames.Trades(json, "snapshot", market, market.Market.Trades.Newest(FirstTrades).Reverse());
                break;
            case CoinbaseChannel.Candles:
                market.Market.Candles.OpenUntil(Now);
                CoinbaseFrames.Candles(json, "snapshot", market, market.Market.Candles.Between(FiveMinutes, Now - FirstCandles * FiveMinutes.Milliseconds, Now).Reverse());
                break;
            case CoinbaseChannel.Status:
                CoinbaseStatements.Status(json, "snapshot", [market]);
                break;
            default:
                CoinbaseStatements.Tickers(json, "snapshot", [market], channel == CoinbaseChannel.TickerBatch, Now);
                break;
        }
    });

    /// <summary>Mostly a frame a book; now and then all of them together, since a frame may hold several events.</summary>
    private void PushBooks()
    {
        var changed = venue.Products.Values.Where(static market => !market.Changes.IsEmpty).ToList();
        var areJoined = changed.Count > 1 && venue.JoinsBooks();
        var events = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var connection in venue.Clients)
        {
            var heard = changed.Where(market => connection.Listens(CoinbaseChannel.Level2, market.Id)).ToList();
            foreach (var group in areJoined ? heard.Chunk(Math.Max(1, heard.Count)) : heard.Select(static market => new[] { market }))
            {
                connection.SendBooks(group, Join([.. group.Select(market => EventOf(market, events))]));
            }
        }

        changed.ForEach(static market => market.Changes.Clear());
    }

    private byte[] EventOf(CoinbaseMarket market, Dictionary<string, byte[]> events)
    {
        if (!events.TryGetValue(market.Id, out var text))
        {
            events[market.Id] = text = venue.Render(json => CoinbaseFrames.Update(json, market));
        }

        return text;
    }

    private static byte[] Join(IReadOnlyList<byte[]> events) =>
        [.. events.SelectMany(static (text, i) => i == 0 ? text : text.Prepend((byte)','))];

    private void OnSecond()
    {
        foreach (var connection in venue.Clients)
        {
            if (connection.WantsHeartbeats)
            {
                connection.Beat();
            }

            if (Now - connection.LastSentMilliseconds >= SilenceMilliseconds)
            {
                connection.Close(1000, "");
            }
        }

        foreach (var market in venue.Products.Values)
        {
            PushCandle(market);
        }
    }

    private void PushCandle(CoinbaseMarket market)
    {
        var state = (OpenTime: FiveMinutes.Floor(Now), market.TradeCount);
        var known = _candles.GetValueOrDefault(market.Id);
        if (known == state)
        {
            return;
        }

        _candles[market.Id] = state;
        Push(CoinbaseChannel.Candles, market, () =>
        {
            market.Market.Candles.OpenUntil(Now);

            // The last trades of the candle before are told with the next one, although nothing says that it is over.
            var from = known.OpenTime == FiveMinutes.Floor(state.OpenTime - 1) ? known.OpenTime : state.OpenTime;
            var candles = market.Market.Candles.Between(FiveMinutes, from, Now);
            return venue.Render(json => CoinbaseFrames.Candles(json, "update", market, candles.Reverse()));
        });
    }

    private void PushBatches()
    {
        foreach (var market in venue.Products.Values.Where(market => _batches.GetValueOrDefault(market.Id) != market.TradeCount))
        {
            _batches[market.Id] = market.TradeCount;
            Push(CoinbaseChannel.TickerBatch, market, () => venue.Render(json => CoinbaseStatements.Tickers(json, "update", [market], isBatch: true, Now)));
        }
    }

    private void Push(string channel, CoinbaseMarket market, Func<byte[]> render)
    {
        byte[]? events = null;
        foreach (var connection in venue.Clients.Where(connection => connection.Listens(channel, market.Id)))
        {
            connection.SendNumbered(channel, FrameTag.Data(market.Id, channel), events ??= render());
        }
    }

    private void Every(int milliseconds, Action action) => venue.Schedule.Every(TimeSpan.FromMilliseconds(milliseconds), action);
}
