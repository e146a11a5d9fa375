using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;
using Omnibook.Venues.BinanceSpot;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>Samples of two client libraries (JKorf/Binance.Net, nautilus_trader), for the streams and requests that are used here.</summary>
public sealed class SampleTests
{
    private static readonly Instrument Coin = Spot.Pair(0, "BNBBTC", 4, 0);

    [Fact]
    public void JKorf_candles() => AssertCandle(Jkorf("GetKlines"));

    [Fact]
    public void JKorf_aggregates() => Assert.Equal(
        [new BinanceSpotTrade(26129, 0.01633102m, 4.70443515m, TakerSide.Sell, At(1498793709153), 27781, 27781)],
        BinanceSpotAnswers.AggregateTrades(Jkorf("GetAggregatedTradeHistory")));

    [Theory]
    [InlineData("GetRecentTrades")]
    [InlineData("GetTradeHistory")]
    public void JKorf_fills(string name) => AssertFill(Jkorf(name));

    [Fact]
    public void JKorf_figures_of_24_hours() => AssertTicker(Jkorf("GetTicker"));

    [Fact]
    public void JKorf_best_prices() => AssertTop(Jkorf("GetBookPrice"));

    [Fact]
    public void JKorf_last_price() =>
        Assert.Equal([new BinanceSpotPrice("LTCBTC", 4.000002m)], BinanceSpotAnswers.Prices(Jkorf("GetPrice")));

    [Fact]
    public void JKorf_time() => Assert.Equal(At(1499827319559), BinanceSpotAnswers.Time(Jkorf("GetServerTime")));

    [Fact]
    public void JKorf_pairs() => AssertListing(Jkorf("GetExchangeInfo"));

    [Fact]
    public void JKorf_trades()
    {
        var session = Spot.Learning(Coin);
        var desk = new FrameDesk(session);
        Assert.Equal(FrameKind.Data, desk.Hear(JkorfFrame("Trades")).Kind);
        Assert.Equal([new Trade(default, 12345, new Price(10), new Quantity(100), TakerSide.Sell, Received(1672515782136))], desk.Seen.Trades);

        desk = new FrameDesk(Spot.Learning(Coin));
        Assert.Equal(FrameKind.Data, desk.Hear(JkorfFrame("AggregatedTrades")).Kind);
        Assert.Equal([new Trade(default, 12345, new Price(10), new Quantity(100), TakerSide.Sell, Received(1672515782136))], desk.Seen.Trades);
    }

    [Fact]
    public void JKorf_best_prices_of_the_stream()
    {
        var desk = new FrameDesk(Spot.Learning(Spot.Pair(0, "BNBUSDT", 4, 2)));
        Assert.Equal(FrameKind.Data, desk.Hear(JkorfFrame("BookTicker")).Kind);
        Assert.Equal(
            [new TopOfBook(default, 400900217, new Level(new Price(253519), new Quantity(3121)), new Level(new Price(253652), new Quantity(4066)), new EventTimes(default, FrameDesk.Noon))],
            desk.Seen.Tops);
    }

    [Theory]
    [InlineData("MiniTicker")]
    [InlineData("PartialBook")]
    [InlineData("RollingWindowTicker")]
    [InlineData("Ticker")]
    public void JKorf_streams_that_are_not_followed_are_nothing(string name) =>
        Assert.Equal(FrameKind.Unknown, new FrameDesk(Spot.Learning(Coin)).Hear(JkorfFrame(name)).Kind);

    [Fact]
    public void JKorf_answers_are_acknowledgements() => Assert.Equal(
        FrameKind.Acknowledged,
        new FrameDesk(Spot.Learning(Coin)).Hear(SampleFiles.Answers("binance-spot/jkorf/Subscriptions__Spot__ExchangeData__Trades.txt")[0].Replace("|1|", "1", StringComparison.Ordinal)).Kind);

    [Fact]
    public void Nautilus_bodies()
    {
        AssertCandle(Nautilus("klines_response"));
        AssertFill(Nautilus("trades_response"));
        AssertTicker(Nautilus("ticker_24hr_response"));
        AssertTop(Nautilus("book_ticker_response"));
        AssertListing(Nautilus("exchange_info_response"));
        Assert.Equal(At(1499827319559), BinanceSpotAnswers.Time(Nautilus("server_time_response")));

        var batch = new EventBatch();
        Assert.True(Spot.Venue.TryTranslateSnapshot(Spot.Pair(0, "LTCBTC", 8, 8), Nautilus("depth_response").Span, FrameDesk.Noon, batch));
        var book = Assert.Single(TranslatedEvents.Of(batch).Books);
        Assert.Equal((true, 1027024L, new EventTimes(default, FrameDesk.Noon)), (book.IsSnapshot, book.Last, book.Times));
        Assert.Equal([new Level(new Price(400000000), new Quantity(43100000000))], book.Bids);
        Assert.Equal([new Level(new Price(400000200), new Quantity(1200000000))], book.Asks);
    }

    private static void AssertCandle(ReadOnlyMemory<byte> body) => Assert.Equal(
        [new BinanceSpotCandle(
            At(1499040000000), 0.0163479m, 0.8m, 0.015758m, 0.015771m, 148976.11427815m, At(1499644799999), 2434.19055334m, 308, 1756.87402397m, 28.46694368m)],
        BinanceSpotAnswers.Candles(body));

    private static void AssertFill(ReadOnlyMemory<byte> body) => Assert.Equal(
        [new BinanceSpotTrade(28457, 4.000001m, 12, TakerSide.Sell, At(1499865549590), 28457, 28457)], BinanceSpotAnswers.Trades(body));

    private static void AssertTop(ReadOnlyMemory<byte> body) =>
        Assert.Equal([new BinanceSpotTop("LTCBTC", 4, 431, 4.000002m, 9)], BinanceSpotAnswers.BookTickers(body));

    private static void AssertTicker(ReadOnlyMemory<byte> body) => Assert.Equal(
        [new BinanceSpotTicker
        {
            Symbol = "BNBBTC",
            PriceChange = -94.999998m,
            PriceChangePercent = -95.96m,
            WeightedAveragePrice = 0.29628482m,
            PreviousClosePrice = 0.10002m,
            LastPrice = 4.000002m,
            LastQuantity = 200,
            BidPrice = 4,
            BidQuantity = 100,
            AskPrice = 4.000002m,
            AskQuantity = 100,
            OpenPrice = 99,
            HighPrice = 100,
            LowPrice = 0.1m,
            BaseVolume = 8913.3m,
            QuoteVolume = 15.3m,
            OpenTime = At(1499783499040),
            CloseTime = At(1499869899040),
            FirstTradeId = 28385,
            LastTradeId = 28460,
            Trades = 76,
        }],
        BinanceSpotAnswers.Tickers(body));

    /// <summary>The samples leave the filters out, so that the assets' own decimals count.</summary>
    private static void AssertListing(ReadOnlyMemory<byte> body)
    {
        var listing = Assert.Single(SpotExchangeInfo.Read(Spot.Venue.Id, body));
        Assert.Equal(("ETHBTC", new Pair("ETH", "BTC"), InstrumentKind.Spot, InstrumentStatus.Trading), (listing.Symbol, listing.Pair, listing.Kind, listing.Status));
        Assert.Equal((8, 1L, 8, 1L), (listing.PriceScale.Decimals, listing.Tick.Units, listing.QuantityScale.Decimals, listing.Lot.Units));
    }

    private static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private static EventTimes Received(long milliseconds) => new(At(milliseconds), FrameDesk.Noon);

    private static ReadOnlyMemory<byte> Jkorf(string name)
    {
        var text = SharedCaptures.Read($"binance-spot/jkorf/Endpoints__Spot__ExchangeData__{name}.txt");
        return Encoding.UTF8.GetBytes(string.Join('\n', text.Split('\n').Skip(3)));
    }

    private static string JkorfFrame(string name) => SampleFiles.Answers($"binance-spot/jkorf/Subscriptions__Spot__ExchangeData__{name}.txt")[^1];

    private static ReadOnlyMemory<byte> Nautilus(string name) => Encoding.UTF8.GetBytes(SharedCaptures.Read($"binance-spot/nautilus/{name}.json"));
}
