using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;
using Omnibook.Venues.Coinbase;

namespace Omnibook.Tests.Venues.Coinbase;

/// <summary>Samples of two client libraries (JKorf/Coinbase.Net, nautilus_trader), for the streams and requests that are used here.</summary>
public sealed class SampleTests
{
    private static readonly Instrument Tether = CoinbaseDesk.Product(0, "ETH-USDT");

    [Fact]
    public void JKorf_trades()
    {
        var frames = JkorfFrames("Trades");
        var desk = CoinbaseDesk.Open(null, Tether);
        Assert.Equal(FrameKind.Acknowledged, desk.Hear(frames[0]).Kind);
        Assert.Equal(FrameOutcome.Data(1), desk.Hear(frames[1]));
        Assert.Equal(
            [
                new Trade(default, 22381690, new Price(237556), new Quantity(50_000_000), TakerSide.Sell, At(1728026011_084859000)),
                new Trade(default, 22381691, new Price(237556), new Quantity(50_000_000), TakerSide.Sell, At(1728026011_088388000)),
            ],
            desk.Seen.Trades);
    }

    [Fact]
    public void JKorf_heartbeats()
    {
        var frames = JkorfFrames("Heartbeat");
        var desk = CoinbaseDesk.Open(null, Tether);
        Assert.Equal(FrameKind.Acknowledged, desk.Hear(frames[0]).Kind);
        Assert.Equal(FrameKind.Heartbeat, desk.Hear(frames[1]).Kind);
    }

    [Fact]
    public void JKorf_best_prices()
    {
        var desk = CoinbaseDesk.Open(null, Tether);
        Assert.Equal(FrameOutcome.Data(2), desk.Hear(JkorfFrames("Ticker")[^1]));
        Assert.Equal(
            [new TopOfBook(default, 0, new Level(new Price(2193198), new Quantity(800021000000)), new Level(new Price(2193398), new Quantity(803807770938)), At(1675974637_167359596))],
            desk.Seen.Tops);
    }

    [Fact]
    public void JKorf_states_of_products() =>
        Assert.Equal(FrameKind.Heartbeat, CoinbaseDesk.Open(null, Tether).Hear(JkorfFrames("Symbol")[^1]).Kind);

    [Theory]
    [InlineData("BatchTicker")]
    [InlineData("Klines")]
    [InlineData("Concurrent")]
    public void JKorf_streams_that_are_not_followed_are_counted_and_left(string name)
    {
        var desk = CoinbaseDesk.Open(null, Tether);
        Assert.Equal(FrameKind.Unknown, desk.Hear(JkorfFrames(name)[^1]).Kind);
        desk.Hear(CoinbaseDesk.Heartbeat(1, 5));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Fact]
    public void JKorf_candles() => Assert.Equal(
        [new CoinbaseCandle(Timestamp.FromMilliseconds(1639508050000), 140.21m, 140.21m, 140.21m, 140.21m, 56437345)], CoinbaseAnswers.Candles(Jkorf("GetKlines")));

    [Fact]
    public void JKorf_book()
    {
        var book = CoinbaseAnswers.ProductBook(Jkorf("GetOrderBook"));
        Assert.Equal(("ETH-USDT", new Timestamp(1727868152_748151000)), (book.Product, book.Time));
        Assert.Equal([new CoinbaseRestLevel(2452.77m, 0.32700476m)], book.Bids);
        Assert.Equal([new CoinbaseRestLevel(2453.62m, 0.38m)], book.Asks);
    }

    [Fact]
    public void JKorf_trades_of_the_past()
    {
        var page = CoinbaseAnswers.Trades(Jkorf("GetTradeHistory"));
        Assert.Equal([new CoinbaseTrade(22350501, "BTC-USD", 140.91m, 4, TakerSide.Sell, new Timestamp(1622455199_000000000))], page.Trades);
        Assert.Equal((291.13m, 292.40m), (page.BestBid, page.BestAsk));
    }

    [Fact]
    public void JKorf_products()
    {
        var listing = Assert.Single(CoinbaseProductList.Read(new VenueId("coinbase"), Jkorf("GetSymbols")));
        Assert.Equal(("BTC-USD", "BTC-USD", new Pair("BTC", "USD"), InstrumentKind.Spot, InstrumentStatus.Halted), (listing.Symbol, listing.WireSymbol, listing.Pair, listing.Kind, listing.Status));
        Assert.Equal((8, 1L, 8, 1L, 1m), (listing.PriceScale.Decimals, listing.Tick.Units, listing.QuantityScale.Decimals, listing.Lot.Units, listing.Multiplier));
        Assert.Equal([new CoinbaseProductRow("BTC-USD", 140.21m, 9.43m, 1908432, 1908432)], CoinbaseAnswers.Products(Jkorf("GetSymbols")));
    }

    [Fact]
    public void Nautilus_book_frames()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(Nautilus("ws_l2_data_snapshot")));
        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal((true, 0L, At(1775572200_123456000)), (book.IsSnapshot, book.Last, book.Times));
        Assert.Equal(["68900 1.5", "68899.5 0.75", "68899 2.3"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Bids));
        Assert.Equal(["68901 0.5", "68901.5 1.2", "68902 0.8"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Asks));

        Assert.Equal(FrameOutcome.Data(0), desk.Hear(Nautilus("ws_l2_data_update")));
        book = Assert.Single(desk.Seen.Books);
        Assert.Equal((false, 1L, 1L, At(1775572201_456789000)), (book.IsSnapshot, book.First, book.Last, book.Times));
        Assert.Equal(["68900 2"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Bids));
        Assert.Equal(["68901 0"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Asks));
    }

    [Fact]
    public void Nautilus_other_frames()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(2), desk.Hear(Nautilus("ws_market_trades")));
        Assert.Equal(
            [
                new Trade(default, 995098700, new Price(6890050), new Quantity(150_000), TakerSide.Sell, At(1775572202_789012000)),
                new Trade(default, 995098701, new Price(6890000), new Quantity(5_000_000), TakerSide.Buy, At(1775572202_800000000)),
            ],
            desk.Seen.Trades);

        desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(4), desk.Hear(Nautilus("ws_ticker")));
        Assert.Equal(
            [new TopOfBook(default, 0, new Level(new Price(6890000), new Quantity(150_000_000)), new Level(new Price(6890100), new Quantity(50_000_000)), At(1775572203_000000000))],
            desk.Seen.Tops);

        Assert.Equal(FrameKind.Heartbeat, CoinbaseDesk.Open().Hear(Nautilus("ws_heartbeats")).Kind);
        Assert.Equal(FrameKind.Acknowledged, CoinbaseDesk.Open().Hear(Nautilus("ws_subscriptions")).Kind);
    }

    [Fact]
    public void Nautilus_bodies()
    {
        Assert.Equal(
            [
                new CoinbaseCandle(Timestamp.FromMilliseconds(1712192400000), 66312.4m, 66331.99m, 66055.14m, 66181.6m, 355.82896243m),
                new CoinbaseCandle(Timestamp.FromMilliseconds(1712188800000), 65984.18m, 66387.77m, 65857.35m, 66314.59m, 358.74851052m),
            ],
            CoinbaseAnswers.Candles(Bytes(Nautilus("http_candles"))));

        var page = CoinbaseAnswers.Trades(Bytes(Nautilus("http_ticker")));
        Assert.Equal([995098663L, 995098662, 995098661], page.Trades.Select(trade => trade.TradeId));
        Assert.Equal(new CoinbaseTrade(995098661, "BTC-USD", 68924.94m, 0.01450854m, TakerSide.Sell, new Timestamp(1775521737_296283000)), page.Trades[2]);
        Assert.Equal((TakerSide.Buy, 68923.66m, 68923.67m), (page.Trades[0].TakerSide, page.BestBid, page.BestAsk));

        var book = CoinbaseAnswers.ProductBook(Bytes(Nautilus("http_product_book")));
        Assert.Equal((5, 5, new CoinbaseRestLevel(68923.66m, 0.17189468m), new CoinbaseRestLevel(68928, 0.058m)), (book.Bids.Count, book.Asks.Count, book.Bids[0], book.Asks[4]));
        Assert.Equal([new CoinbaseProductRow("BTC-USD", 68923.67m, -0.28560028286595m, 11005.02587005m, 758506771.41m)], CoinbaseAnswers.Products(Bytes(Nautilus("http_product"))));
    }

    [Fact]
    public void Nautilus_products()
    {
        var pairs = CoinbaseProductList.Read(new VenueId("coinbase"), Bytes(Nautilus("http_products")));
        Assert.Equal([("BTC-USD", "BTC-USD"), ("BTC-USDC", "BTC-USD")], pairs.Select(pair => (pair.Symbol, pair.WireSymbol)));
        Assert.Equal([new Pair("BTC", "USD"), new Pair("BTC", "USDC")], pairs.Select(pair => pair.Pair));
        Assert.All(pairs, pair => Assert.Equal(
            (InstrumentKind.Spot, InstrumentStatus.Trading, 2, 1L, 8, 1L),
            (pair.Kind, pair.Status, pair.PriceScale.Decimals, pair.Tick.Units, pair.QuantityScale.Decimals, pair.Lot.Units)));

        var futures = CoinbaseProductList.Read(new VenueId("coinbase"), Bytes(Nautilus("http_products_future")));
        Assert.Equal([("BIP-20DEC30-CDE", InstrumentKind.Perpetual), ("BIT-24APR26-CDE", InstrumentKind.Future)], futures.Select(future => (future.Symbol, future.Kind)));
        Assert.All(futures, future => Assert.Equal(
            (new Pair("BTC", "USD"), InstrumentStatus.Trading, 2, 500L, 0, 1L, 0.01m),
            (future.Pair, future.Status, future.PriceScale.Decimals, future.Tick.Units, future.QuantityScale.Decimals, future.Lot.Units, future.Multiplier)));
    }

    private static EventTimes At(long nanoseconds) => new(new Timestamp(nanoseconds), FrameDesk.Noon);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ReadOnlyMemory<byte> Jkorf(string name) =>
        Bytes(SampleFiles.Body($"coinbase/jkorf/Endpoints__AdvancedTrade__ExchangeData__{name}.txt"));

    private static string[] JkorfFrames(string name) => SampleFiles.Answers($"coinbase/jkorf/Subscriptions__AdvancedTrade__{name}.txt");

    private static string Nautilus(string name) => SharedCaptures.Read($"coinbase/nautilus/{name}.json");
}
