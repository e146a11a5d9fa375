using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;
using Omnibook.Venues.Bybit;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Samples of two client libraries (JKorf/Bybit.Net, nautilus_trader), for the streams and requests that are used here.</summary>
public sealed class SampleTests
{
    [Fact]
    public void JKorf_klines()
    {
        var candles = BybitAnswers.Candles(Jkorf("Endpoints__V5Api__ExchangeData__GetKlines"));
        Assert.Equal(3, candles.Count);
        Assert.Equal(new BybitCandle(Timestamp.FromMilliseconds(1670608800000), 17071, 17073, 17027, 17055.5m, 268611, 15.74462667m), candles[0]);
    }

    [Fact]
    public void JKorf_mark_and_index_klines_have_no_volume()
    {
        Assert.Equal(
            new BybitCandle(Timestamp.FromMilliseconds(1670608800000), 17164.16m, 17164.16m, 17121.5m, 17131.64m, null, null),
            Assert.Single(BybitAnswers.Candles(Jkorf("Endpoints__V5Api__ExchangeData__GetMarkPriceKlines"))));
        Assert.Equal(
            new BybitCandle(Timestamp.FromMilliseconds(1670608740000), 17166.54m, 17167.69m, 17165.42m, 17167.00m, null, null),
            BybitAnswers.Candles(Jkorf("Endpoints__V5Api__ExchangeData__GetIndexPriceKlines"))[1]);
    }

    [Fact]
    public void JKorf_funding_history() => Assert.Equal(
        [new BybitFunding("ETHPERP", 0.0001m, Timestamp.FromMilliseconds(1672041600000))],
        BybitAnswers.FundingHistory(Jkorf("Endpoints__V5Api__ExchangeData__GetFundingRateHistory")));

    [Fact]
    public void JKorf_open_interest()
    {
        var page = BybitAnswers.OpenInterest(Jkorf("Endpoints__V5Api__ExchangeData__GetOpenInterest"));
        Assert.Equal(new BybitOpenInterest(461134384m, null, Timestamp.FromMilliseconds(1669571400000)), page.Rows[0]);
        Assert.Equal(new BybitOpenInterest(461134292m, null, Timestamp.FromMilliseconds(1669571100000)), page.Rows[1]);
    }

    [Fact]
    public void JKorf_long_and_short_accounts()
    {
        var page = BybitAnswers.AccountRatio(Jkorf("Endpoints__V5Api__ExchangeData__GetLongShortRatio"));
        Assert.Equal([new BybitAccountRatio("BTCUSDT", 0.5777m, 0.4223m, Timestamp.FromMilliseconds(1695772800000))], page.Rows);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public void JKorf_trades() => Assert.Equal(
        [new BybitTrade("2100000000007764263", "BTCUSDT", 16618.49m, 0.00012m, TakerSide.Buy, Timestamp.FromMilliseconds(1672052955758), false)],
        BybitAnswers.RecentTrades(Jkorf("Endpoints__V5Api__ExchangeData__GetTradeHistory")));

    [Fact]
    public void JKorf_tickers()
    {
        var ticker = Assert.Single(BybitAnswers.Tickers(Jkorf("Endpoints__V5Api__ExchangeData__GetLinearInverseTickers")));
        Assert.Equal(
            new BybitTickerRow
            {
                Symbol = "BTCUSD",
                LastPrice = 16597.00m,
                MarkPrice = 16596.00m,
                IndexPrice = 16598.54m,
                PrevPrice24h = 16464.50m,
                Price24hPcnt = 0.008047m,
                HighPrice24h = 30912.50m,
                LowPrice24h = 15700.00m,
                Volume24h = 49337318,
                Turnover24h = 2352.94950046m,
                OpenInterest = 373504107,
                OpenInterestValue = 22505.67m,
                FundingRate = -0.001034m,
                NextFundingTime = Timestamp.FromMilliseconds(1672387200000),
                Bid1Price = 16596.00m,
                Bid1Size = 1,
                Ask1Price = 16597.50m,
                Ask1Size = 1,
            },
            ticker);
    }

    [Fact]
    public void JKorf_contracts()
    {
        var bitcoin = Assert.Single(BybitInstruments.Read(new VenueId("bybit"), Jkorf("Endpoints__V5Api__ExchangeData__GetLinearInverseSymbols")).Rows);
        Assert.Equal(("BTCUSDT", new Pair("BTC", "USDT"), InstrumentKind.Perpetual, InstrumentStatus.Trading), (bitcoin.Symbol, bitcoin.Pair, bitcoin.Kind, bitcoin.Status));
        Assert.Equal((new Scale(2), new Price(10), new Scale(3), new Quantity(1)), (bitcoin.PriceScale, bitcoin.Tick, bitcoin.QuantityScale, bitcoin.Lot));

        var launched = Assert.Single(BybitInstruments.Read(new VenueId("bybit"), Jkorf("Endpoints__V5Api__ExchangeData__GetLinearInverseSymbolsPreListing")).Rows);
        Assert.Equal(("PRE02ZROUSDT", InstrumentStatus.Trading), (launched.Symbol, launched.Status));
        Assert.Equal((new Scale(3), new Scale(1)), (launched.PriceScale, launched.QuantityScale));
    }

    [Fact]
    public void JKorf_book()
    {
        var batch = new EventBatch();
        Assert.True(BybitDesk.Venue.TryTranslateSnapshot(
            BybitDesk.Contract(0, "BTCUSDT", 2, 6), Jkorf("Endpoints__V5Api__ExchangeData__GetOrderbook").Span, FrameDesk.Noon, batch));
        Assert.True(Assert.Single(TranslatedEvents.Of(batch).Books).IsSnapshot);
    }

    [Fact]
    public void JKorf_subscriptions()
    {
        var desk = BybitDesk.Learn(5, 3);
        foreach (var frame in JkorfFrames("Subscriptions__V5__Linear__Trades"))
        {
            desk.Hear(frame);
        }

        Assert.Equal(
            [new Trade(default, BybitTradeId.Of("20f43950-d8dd-5b31-9112-a178eb6023af"u8), new Price(1657850000), new Quantity(1), TakerSide.Buy, At(1672304486865))],
            desk.Seen.Trades);

        desk = BybitDesk.Learn(5, 3);
        desk.Hear(JkorfFrames("Subscriptions__V5__Linear__Liquidations")[^1]);
        Assert.Equal([new Liquidation(default, TakerSide.Buy, new Price(4499), new Quantity(20_000_000), At(1739502302929))], desk.Seen.Liquidations);

        AssertTicker(JkorfFrames("Subscriptions__V5__Linear__Ticker")[^1], TimeSpan.Zero);
    }

    [Fact]
    public void Nautilus_frames()
    {
        var desk = BybitDesk.Learn(2, 3);
        desk.Hear(Nautilus("ws_orderbook_snapshot"));
        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal((true, 123456789L, At(1709891679000)), (book.IsSnapshot, book.Last, book.Times));
        Assert.Equal(["27450 0.5", "27449.5 1"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Equal(["27451 0.75", "27451.5 0.9"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Asks));

        desk.Hear(Nautilus("ws_orderbook_delta"));
        book = Assert.Single(desk.Seen.Books);
        Assert.Equal((false, 123456790L, 123456790L, At(1709891679500)), (book.IsSnapshot, book.First, book.Last, book.Times));
        Assert.Equal(["27450 0.4"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Equal(["27451 0"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Asks));

        // The sample's topic is of an older interface; its data are those of today.
        Assert.Equal(FrameKind.Unknown, desk.Hear(Nautilus("ws_public_trade")).Kind);
        desk.Hear(Nautilus("ws_public_trade").Replace("trade.linear.", "publicTrade.", StringComparison.Ordinal));
        Assert.Equal(
            [new Trade(default, BybitTradeId.Of("9dc75fca-4bdd-4773-9f78-6f5d7ab2a110"u8), new Price(2745100), new Quantity(10), TakerSide.Buy, At(1709891679000))],
            desk.Seen.Trades);

        Assert.Equal(FrameKind.Heartbeat, desk.Hear(Nautilus("ws_subscription_ack")).Kind);
        var refused = desk.Hear(Nautilus("ws_subscription_failure"));
        Assert.Equal((FrameKind.Unknown, "Invalid topic: invalid.topic.BTCUSDT"), (refused.Kind, refused.Detail));
        AssertTicker(Nautilus("ws_ticker_linear"), TimeSpan.FromHours(8));
    }

    [Fact]
    public void Nautilus_bodies()
    {
        Assert.Equal(
            [new BybitFunding("BTCUSDT", 0.0001m, Timestamp.FromMilliseconds(1709884800000)), new BybitFunding("BTCUSDT", 0.00015m, Timestamp.FromMilliseconds(1709856000000))],
            BybitAnswers.FundingHistory(Bytes(Nautilus("http_get_funding_history"))));
        Assert.Equal(
            [new BybitCandle(Timestamp.FromMilliseconds(1709891679000), 27450, 27460, 27440, 27455, 123.45m, 3390000)],
            BybitAnswers.Candles(Bytes(Nautilus("http_get_klines_linear"))));
        Assert.Equal(
            [new BybitTrade("a905d5c3-1ed0-4f37-83e4-9c73a2fe2f01", "BTCUSDT", 27450.50m, 0.005m, TakerSide.Buy, Timestamp.FromMilliseconds(1709891679000), false)],
            BybitAnswers.RecentTrades(Bytes(Nautilus("http_get_trades_recent"))));

        var contracts = BybitInstruments.Read(new VenueId("bybit"), Bytes(Nautilus("http_get_instruments_linear"))).Rows;
        Assert.Equal([("BTCUSDT", 50L, 1L), ("ETHUSDT", 5L, 1L)], contracts.Select(contract => (contract.Symbol, contract.Tick.Units, contract.Lot.Units)));
        Assert.Equal("TSLAUSDT", Assert.Single(BybitInstruments.Read(new VenueId("bybit"), Bytes(Nautilus("http_get_instruments_linear_symbol_type"))).Rows).Symbol);

        var batch = new EventBatch();
        Assert.True(BybitDesk.Venue.TryTranslateSnapshot(BybitDesk.Bitcoin, Bytes(Nautilus("http_get_orderbook")), FrameDesk.Noon, batch));
        var book = Assert.Single(TranslatedEvents.Of(batch).Books);
        Assert.Equal((1234567L, At(1709891679000)), (book.Last, book.Times));
        Assert.Equal(["27450.5 1.5", "27450 2", "27449.5 0.75"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Equal(["27451 1.2", "27451.5 3", "27452 0.5"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Asks));
    }

    private static void AssertTicker(string frame, TimeSpan interval)
    {
        var desk = BybitDesk.Learn(2, 4);
        Assert.Equal(FrameOutcome.Data(-1), desk.Hear(frame));
        Assert.Equal([new MarkPrice(default, new Price(172_173_300_000_000), new Price(172_273_600_000_000), At(1673272861686))], desk.Seen.Marks);
        Assert.Equal([new Funding(default, -212_000_000, Timestamp.FromMilliseconds(1673280000000), interval, At(1673272861686))], desk.Seen.Fundings);
        Assert.Equal([new OpenInterest(default, new Quantity(343_723_805), At(1673272861686))], desk.Seen.OpenInterests);
    }

    private static EventTimes At(long milliseconds) => new(Timestamp.FromMilliseconds(milliseconds), FrameDesk.Noon);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ReadOnlyMemory<byte> Jkorf(string name) => Bytes(SampleFiles.Body($"bybit/jkorf/{name}.txt"));

    private static string[] JkorfFrames(string name) => SampleFiles.Answers($"bybit/jkorf/{name}.txt");

    private static string Nautilus(string name) => SharedCaptures.Read($"bybit/nautilus/{name}.json");
}
