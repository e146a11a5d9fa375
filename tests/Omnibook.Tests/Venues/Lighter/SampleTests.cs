using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;
using Omnibook.Venues.Lighter;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Samples of two client libraries (JKorf/Lighter.Net, nautilus_trader), for the streams and requests that are used here.</summary>
public sealed class SampleTests
{
    private readonly FrameDesk _desk = LighterDesk.Open();

    [Fact]
    public void JKorf_candles() => Assert.Equal(
        [new LighterCandle(Timestamp.FromMilliseconds(1767700500000), 3236.86m, 3237.78m, 3235.36m, 3235.39m, 55.1632m, 178530.793575m, 779870452)],
        LighterAnswers.Candles(Jkorf("Endpoints__Exchange__ExchangeData__GetKlines")));

    [Fact]
    public void JKorf_fundings() => Assert.Equal(
        [new LighterFunding(Timestamp.FromMilliseconds(1640995200000), 0.000001m, 0.0001m)],
        LighterAnswers.Fundings(Jkorf("Endpoints__Exchange__ExchangeData__GetFundingRateHistory")));

    [Fact]
    public void JKorf_funding_rates() => Assert.Equal(
        [new LighterFundingRate("0", "binance", "string", 0)],
        LighterAnswers.FundingRates(Jkorf("Endpoints__Exchange__ExchangeData__GetFundingRates")));

    [Fact]
    public void JKorf_orders()
    {
        var book = LighterAnswers.OrderBookOrders(Jkorf("Endpoints__Exchange__ExchangeData__GetOrderBook"));
        Assert.Equal([new LighterRestLevel(3024.66m, 0.1m, 1)], book.Asks);
        Assert.Equal([new LighterRestLevel(3024.66m, 0.1m, 1)], book.Bids);
    }

    [Fact]
    public void JKorf_trades_have_every_number_quoted() => Assert.Equal(
        [new LighterPastTrade(145, "trade", 3024.66m, 0.1m, TakerSide.Buy, new Timestamp(1771943742851429_000))],
        LighterAnswers.RecentTrades(Jkorf("Endpoints__Exchange__ExchangeData__GetRecentTrades")));

    [Fact]
    public void JKorf_markets()
    {
        var details = Jkorf("Endpoints__Exchange__ExchangeData__GetSymbolDetails");
        var listings = LighterInstruments.Read(new VenueId("lighter"), details);
        Assert.Equal([("ETH", "0", 4, 4), ("ETH/USDC", "2048", 2, 4)], listings.Select(Decimals));

        var rows = LighterAnswers.OrderBookDetails(details);
        Assert.Equal(
            new LighterMarketRow
            {
                Market = "0",
                Symbol = "ETH",
                LastTradePrice = 3024.66m,
                OpenInterest = 93.0m,
                DailyTradesCount = 68,
                DailyBaseTokenVolume = 235.25m,
                DailyQuoteTokenVolume = 93566.25m,
                DailyPriceLow = 3014.66m,
                DailyPriceHigh = 3024.66m,
                DailyPriceChange = 3.66m,
                TakerFee = 0.0001m,
                MakerFee = 0m,
            },
            rows[0]);
        Assert.Equal((2, 126993L, 2731.79m), (rows.Count, rows[1].DailyTradesCount, rows[1].LastTradePrice));

        var fartcoin = Assert.Single(LighterInstruments.Read(new VenueId("lighter"), Jkorf("Endpoints__Exchange__ExchangeData__GetSymbols")));
        Assert.Equal(("FARTCOIN", "21", 5, 1), Decimals(fartcoin));
    }

    [Fact]
    public void Nautilus_bodies()
    {
        var candles = LighterAnswers.Candles(Nautilus("http_candles"));
        Assert.Equal(
            [
                new LighterCandle(Timestamp.FromMilliseconds(1700000000000), 2361.11m, 2362.22m, 2360.00m, 2361.31m, 1.2345m, 2914.872195m, 19211490282),
                new LighterCandle(Timestamp.FromMilliseconds(1700000060000), 2361.31m, 2363.00m, 2361.10m, 2362.50m, 0.5m, 1181.905m, 19211490283),
            ],
            candles);
        Assert.Empty(LighterAnswers.Candles(Nautilus("http_candles_null")));
        Assert.Equal(
            [
                new LighterFunding(Timestamp.FromMilliseconds(1778702400000), 0.000012m, 0.02707872m),
                new LighterFunding(Timestamp.FromMilliseconds(1778706000000), -0.000002m, 0.00452778m),
            ],
            LighterAnswers.Fundings(Nautilus("http_fundings")));
        var book = LighterAnswers.OrderBookOrders(Nautilus("http_order_book_orders"));
        Assert.Equal([new LighterRestLevel(2361.32m, 0.0317m, 1)], book.Asks);
        Assert.Equal([new LighterRestLevel(2361.17m, 3.4125m, 1)], book.Bids);
        Assert.Equal(("ETH", "0", 2, 4), Decimals(Assert.Single(LighterInstruments.Read(new VenueId("lighter"), Nautilus("http_order_books")))));
        Assert.Equal(("ETH", "0", 2, 4), Decimals(Assert.Single(LighterInstruments.Read(new VenueId("lighter"), Nautilus("http_order_book_details")))));
        Assert.Equal(27350.8981m, Assert.Single(LighterAnswers.OrderBookDetails(Nautilus("http_order_book_details"))).OpenInterest);
    }

    [Fact]
    public void Nautilus_trades_over_REST()
    {
        Assert.Equal(
            [new LighterPastTrade(19211490282, "trade", 2361.31m, 0.0005m, TakerSide.Sell, new Timestamp(1777945103092648_000))],
            LighterAnswers.RecentTrades(Nautilus("http_recent_trades")));
        Assert.Empty(LighterAnswers.RecentTrades(Nautilus("http_recent_trades_missing")));
        Assert.Empty(LighterAnswers.RecentTrades(Nautilus("http_recent_trades_null")));
        var unordered = LighterAnswers.RecentTrades(Nautilus("http_recent_trades_unordered"));
        Assert.Equal([19211490282, 19211490283, 19211490284], unordered.Select(trade => trade.TradeId));
        Assert.Equal([TakerSide.Sell, TakerSide.Buy, TakerSide.Sell], unordered.Select(trade => trade.TakerSide));
    }

    [Fact]
    public void Nautilus_books()
    {
        Hear("ws_order_book_subscribed");
        var book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((true, 904845L, new Timestamp(1778138389655150_000)), (book.IsSnapshot, book.Last, book.Times.VenueTime));
        Assert.Equal(["2325 99", "2341.25 340.1028"], FrameDesk.Levels(LighterDesk.Ether, book.Asks));
        Assert.Equal(["2000 0.02"], FrameDesk.Levels(LighterDesk.Ether, book.Bids));

        Hear("ws_order_book_update");
        book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((false, 9182389999L, 9182390020L), (book.IsSnapshot, book.First, book.Last));
        Assert.Equal(["2064.54 0.3285"], FrameDesk.Levels(LighterDesk.Ether, book.Asks));

        Hear("ws_order_book_subscribed_empty", ":39", ":0");
        book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((true, 0L, 0), (book.IsSnapshot, book.Last, book.Bids.Length + book.Asks.Length));
    }

    [Fact]
    public void Nautilus_trades()
    {
        Hear("ws_trade_update");
        Assert.Equal(
            [new Trade(default, 16164557907, new Price(218183), new Quantity(1336), TakerSide.Sell, new EventTimes(new Timestamp(1773854156686065_000), FrameDesk.Noon))],
            _desk.Seen.Trades);
        Hear("ws_trade_subscribed");
        Assert.Empty(_desk.Seen.Texts);
    }

    [Fact]
    public void Nautilus_statistics()
    {
        Hear("ws_market_stats_subscribed_single");
        Assert.Equal((643_563_000_000_000, 644_001_000_000_000), (_desk.Seen.Marks[0].Mark.Units, _desk.Seen.Marks[0].Index.Units));
        Assert.Equal((-28_000_000, Timestamp.FromMilliseconds(1780549200000)), (_desk.Seen.Fundings[0].RateUnits, _desk.Seen.Fundings[0].NextAt));
        Assert.Equal(158_684_712, _desk.Seen.OpenInterests[0].Quantity.Units);

        foreach (var name in (string[])["ws_market_stats_update_single", "ws_market_stats_update_all"])
        {
            Hear(name);
            Assert.Equal((20_644_700_000_000, 20_644_800_000_000), (_desk.Seen.Marks[0].Mark.Units, _desk.Seen.Marks[0].Index.Units));
            Assert.Equal((10_000, Timestamp.FromMilliseconds(1774890000000)), (_desk.Seen.Fundings[0].RateUnits, _desk.Seen.Fundings[0].NextAt));
            Assert.Equal(272_508_411, _desk.Seen.OpenInterests[0].Quantity.Units);
        }
    }

    [Fact]
    public void Nautilus_tickers()
    {
        Hear("ws_ticker_subscribed");
        Assert.Equal(["2000 0.02", "2325 99"], FrameDesk.Levels(LighterDesk.Ether, [_desk.Seen.Tops[0].Bid, _desk.Seen.Tops[0].Ask]));
        Hear("ws_ticker_update");
        Assert.Equal(["2064.3 1.0392", "2064.48 0.495"], FrameDesk.Levels(LighterDesk.Ether, [_desk.Seen.Tops[0].Bid, _desk.Seen.Tops[0].Ask]));
        Hear("ws_ticker_subscribed_empty", ":39", ":0");
        Assert.Equal(["0 0", "0 0"], FrameDesk.Levels(LighterDesk.Ether, [_desk.Seen.Tops[0].Bid, _desk.Seen.Tops[0].Ask]));
    }

    private static (string Symbol, string Market, int Prices, int Quantities) Decimals(InstrumentListing listing) =>
        (listing.Symbol, listing.WireSymbol, listing.PriceScale.Decimals, listing.QuantityScale.Decimals);

    private static ReadOnlyMemory<byte> Jkorf(string name) => Encoding.UTF8.GetBytes(SampleFiles.Body($"lighter/jkorf/{name}.txt"));

    private static ReadOnlyMemory<byte> Nautilus(string name) => Encoding.UTF8.GetBytes(SharedCaptures.Read($"lighter/nautilus/{name}.json"));

    private void Hear(string name, string from = "", string to = "")
    {
        var text = SharedCaptures.Read($"lighter/nautilus/{name}.json");
        Assert.Equal(FrameKind.Data, _desk.Hear(from.Length > 0 ? text.Replace(from, to, StringComparison.Ordinal) : text).Kind);
    }
}
