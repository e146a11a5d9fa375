using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Bybit;

namespace Omnibook.Tests.Venues.Bybit;

public sealed class RestTests
{
    [Fact]
    public void Requests_are_data()
    {
        Assert.Equal("v5/market/instruments-info?category=linear&limit=1000", BybitRequests.Instruments().Path);
        Assert.Equal("v5/market/instruments-info?category=linear&limit=1000&status=PreLaunch&cursor=first%3DA%26last%3DB", BybitRequests.Instruments("first%3DA%26last%3DB", "PreLaunch").Path);
        Assert.Equal("v5/market/kline?category=linear&symbol=BTCUSDT&interval=60&start=1&end=2&limit=3", BybitRequests.Candles("BTCUSDT", "60", 1, 2, 3).Path);
        Assert.Equal("v5/market/mark-price-kline?category=linear&symbol=BTCUSDT&interval=D&limit=1000", BybitRequests.MarkCandles("BTCUSDT", "D").Path);
        Assert.Equal("v5/market/index-price-kline?category=linear&symbol=BTCUSDT&interval=D&limit=1000", BybitRequests.IndexCandles("BTCUSDT", "D").Path);
        Assert.Equal("v5/market/funding/history?category=linear&symbol=BTCUSDT&endTime=2&limit=200", BybitRequests.FundingHistory("BTCUSDT", end: 2).Path);
        Assert.Equal("v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=1h&limit=200&cursor=lastid%3D1%26lasttime%3D2", BybitRequests.OpenInterest("BTCUSDT", "1h", cursor: "lastid%3D1%26lasttime%3D2").Path);
        Assert.Equal("v5/market/account-ratio?category=linear&symbol=BTCUSDT&period=1d&startTime=1&limit=500", BybitRequests.AccountRatio("BTCUSDT", "1d", 1).Path);
        Assert.Equal("v5/market/tickers?category=linear", BybitRequests.Tickers().Path);
        Assert.Equal("v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000", BybitRequests.RecentTrades("BTCUSDT").Path);
        Assert.Equal("v5/market/orderbook?category=linear&symbol=A%26b&limit=1000", BybitRequests.OrderBook("A&b").Path);
        Assert.Equal((1, "v5/market/time"), (BybitRequests.Time.Weight, BybitRequests.Time.Path));
    }

    [Fact]
    public void A_start_without_an_end_is_refused_before_the_venue_refuses_it() =>
        Assert.Throws<ArgumentException>(() => BybitRequests.FundingHistory("BTCUSDT", start: 1));

    [Theory]
    [InlineData(10006, RequestFailure.RateLimited)]
    [InlineData(10018, RequestFailure.RateLimited)]
    [InlineData(10009, RequestFailure.GeoBlocked)]
    [InlineData(10016, RequestFailure.ServerError)]
    [InlineData(10001, RequestFailure.Rejected)]
    [InlineData(10029, RequestFailure.Rejected)]
    public void A_refusal_comes_with_status_200_and_a_code(int code, RequestFailure failure)
    {
        var refused = Assert.Throws<VenueRequestException>(() => BybitAnswers.Candles(Body($$"""{"retCode":{{code}},"retMsg":"Too many visits!","result":{},"retExtInfo":{},"time":1672025956592}""")));
        Assert.Equal((failure, "Too many visits!"), (refused.Failure, refused.VenueMessage));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"retCode":0}""")]
    [InlineData("""{"retCode":0,"result":{"list":[["1670608800000","x","1","1","1","1","1"]]}}""")]
    [InlineData("""{"retCode":0,"result":{"list":[["1670608800000"]]}}""")]
    [InlineData("""{"retCode":0,"result":{"list":{}}}""")]
    public void Another_shape_is_unreadable(string body) => Assert.Equal(
        RequestFailure.Unreadable, Assert.Throws<VenueRequestException>(() => BybitAnswers.Candles(Body(body))).Failure);

    [Fact]
    public async Task Contracts_are_listed_over_all_pages()
    {
        var rest = new Pages(
            ("v5/market/instruments-info?category=linear&limit=1000", Page("BTCUSDT", "Trading", "\"next\"")),
            ("v5/market/instruments-info?category=linear&limit=1000&cursor=next", Page("ETHUSDT", "Trading", "\"\"")),
            ("v5/market/instruments-info?category=linear&limit=1000&status=PreLaunch", Page("NEWUSDT", "PreLaunch", "null")));
        var listings = await BybitDesk.Venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);

        Assert.Equal(["BTCUSDT", "ETHUSDT", "NEWUSDT"], listings.Select(listing => listing.Symbol));
        Assert.Equal([InstrumentStatus.Trading, InstrumentStatus.Trading, InstrumentStatus.Pending], listings.Select(listing => listing.Status));
        var bitcoin = listings[0];
        Assert.Equal((new Pair("BTC", "USDT"), InstrumentKind.Perpetual), (bitcoin.Pair, bitcoin.Kind));
        Assert.Equal((new Scale(2), new Price(10)), (bitcoin.PriceScale, bitcoin.Tick));
        Assert.Equal((new Scale(3), new Quantity(1)), (bitcoin.QuantityScale, bitcoin.Lot));
        Assert.Equal("BTCUSDT", bitcoin.WireSymbol);
    }

    [Fact]
    public async Task Pages_that_never_end_are_a_fault()
    {
        var rest = new Pages { Always = Page("BTCUSDT", "Trading", "\"again\"") };
        var trouble = await Assert.ThrowsAsync<VenueRequestException>(() => BybitDesk.Venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken));
        Assert.Equal(RequestFailure.Unreadable, trouble.Failure);
    }

    [Fact]
    public void The_REST_book_is_read_for_comparison()
    {
        var batch = new EventBatch();
        Assert.True(BybitDesk.Venue.TryTranslateSnapshot(
            BybitDesk.Bitcoin,
            Body("""{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","a":[["65557.7","16.606"]],"b":[["65485.47","47.081"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905},"retExtInfo":{},"time":1716863719382}""").Span,
            FrameDesk.Noon,
            batch));
        var book = Assert.Single(TranslatedEvents.Of(batch).Books);
        Assert.Equal((true, 230704L, Timestamp.FromMilliseconds(1716863718905)), (book.IsSnapshot, book.Last, book.Times.VenueTime));
        Assert.Null(BybitDesk.Venue.SnapshotRequest(BybitDesk.Bitcoin));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(500)]
    public void Depths_that_do_not_exist_are_refused(int depth) =>
        Assert.Throws<ArgumentException>(() => new BybitVenue(new VenueId("bybit"), BybitVenue.Mainnet, new BybitOptions { BookDepth = depth }));

    private static ReadOnlyMemory<byte> Body(string text) => Encoding.UTF8.GetBytes(text);

    private static string Page(string symbol, string status, string cursor) =>
        $$"""{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"{{symbol}}","contractType":"LinearPerpetual","status":"{{status}}","baseCoin":"{{symbol[..3]}}","quoteCoin":"USDT","priceScale":"2","priceFilter":{"minPrice":"0.10","maxPrice":"199999.80","tickSize":"0.10"},"lotSizeFilter":{"minOrderQty":"0.001","qtyStep":"0.001"},"fundingInterval":480},{"symbol":"ODD"}],"nextPageCursor":{{cursor}}},"retExtInfo":{},"time":1707186451514}""";

    private sealed class Pages(params (string Path, string Body)[] pages) : VenueRest
    {
        public string? Always { get; init; }

        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(Body(Always ?? pages.Single(page => page.Path == request.Path).Body).ToArray());
    }
}
