using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator;

public class DeterminismTests
{
    private const string Streams = "btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade/ethusdt@depth20";
    private const string MarketStreams = "btcusdt@aggTrade/btcusdt@markPrice@1s/btcusdt@kline_1m/!forceOrder@arr/!ticker@arr";

    [Fact]
    public void One_seed_and_one_start_give_the_same_bytes_however_time_is_sliced()
    {
        Assert.Equal(BinanceRun(7, 20), BinanceRun(7, 0.013));
        Assert.NotEqual(BinanceRun(7, 20), BinanceRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_binance_spot()
    {
        Assert.Equal(SpotRun(7, 20), SpotRun(7, 0.017));
        Assert.NotEqual(SpotRun(7, 20), SpotRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_coinbase()
    {
        Assert.Equal(CoinbaseRun(7, 20), CoinbaseRun(7, 0.017));
        Assert.NotEqual(CoinbaseRun(7, 20), CoinbaseRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_hyperliquid()
    {
        Assert.Equal(HyperliquidRun(7, 20), HyperliquidRun(7, 0.017));
        Assert.NotEqual(HyperliquidRun(7, 20), HyperliquidRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_bybit()
    {
        Assert.Equal(BybitRun(7, 20), BybitRun(7, 0.017));
        Assert.NotEqual(BybitRun(7, 20), BybitRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_lighter()
    {
        Assert.Equal(LighterRun(7, 20), LighterRun(7, 0.017));
        Assert.NotEqual(LighterRun(7, 20), LighterRun(8, 20));
    }

    [Fact]
    public void The_same_holds_for_tree_of_alpha()
    {
        Assert.Equal(NewsRun(7, 20), NewsRun(7, 0.017));
        Assert.NotEqual(NewsRun(7, 20), NewsRun(8, 20));
    }

    private static List<string> NewsRun(ulong seed, double step)
    {
        var venue = VirtualVenue.TreeOfAlpha(VirtualVenue.Small with { Seed = seed });
        return Run(venue, [venue.Connect("/ws")], step);
    }

    private static List<string> SpotRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Spot(VirtualVenue.Small with { Seed = seed });
        return Run(venue, [venue.Combined(
            "btcusdt@depth@100ms", "ethusdt@depth", "btcusdt@depth10", "btcusdt@bookTicker", "btcusdt@trade", "btcusdt@aggTrade", "btcusdt@kline_1m",
            "btcusdt@ticker", "!miniTicker@arr")], step);
    }

    private static List<string> CoinbaseRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Coinbase(VirtualVenue.Small with { Seed = seed });
        return Run(venue, [
            venue.Advanced("BTC-USD", "level2", "market_trades", "ticker", "candles", "status", "heartbeats"), venue.Advanced("ETH-USD", "level2", "ticker_batch")],
            step);
    }

    private static List<string> BybitRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Bybit(VirtualVenue.Small with { Seed = seed });
        return Run(venue, [venue.Linear(
            "orderbook.1.BTCUSDT", "orderbook.50.BTCUSDT", "orderbook.1000.ETHUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT",
            "kline.1.BTCUSDT", "allLiquidation.BTCUSDT")], step);
    }

    private static List<string> LighterRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Lighter(VirtualVenue.Small with { Seed = seed });
        return Run(venue, [venue.Stream(
            "order_book/0", "order_book/1", "trade/1", "ticker/0", "market_stats/all", "market_stats/1", "candle/1/1m", "height")], step);
    }

    private static List<string> BinanceRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Binance(VirtualVenue.Small with { Seed = seed });
        VenueConnection[] connections = [venue.Connect("/public/stream", Streams), venue.Connect("/market/stream", MarketStreams)];
        return Run(venue, connections, step);
    }

    private static List<string> HyperliquidRun(ulong seed, double step)
    {
        var venue = VirtualVenue.Hyperliquid(options: VirtualVenue.Small with { Seed = seed });
        return Run(venue, [venue.Subscribed(
            """{"type":"l2Book","coin":"merrli:BTC"}""", """{"type":"bbo","coin":"BTC"}""", """{"type":"trades","coin":"BTC"}""",
            """{"type":"activeAssetCtx","coin":"ETH"}""", """{"type":"candle","coin":"BTC","interval":"1m"}""", """{"type":"allMids"}""")], step);
    }

    private static List<string> Run(VirtualVenue venue, VenueConnection[] connections, double step)
    {
        var end = venue.Now + TimeSpan.FromSeconds(20);
        while (venue.Now < end)
        {
            venue.Run(Math.Min(step, (end - venue.Now).TotalSeconds));
        }

        return [.. connections.SelectMany(VirtualVenue.Texts)];
    }
}
