using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>What other clients of the venue recorded and test against, field by field.</summary>
public sealed partial class SampleTests
{
    [Theory]
    [InlineData("Subscriptions__OrderBook", Channel.Book)]
    [InlineData("Subscriptions__Trades", Channel.Trades)]
    [InlineData("Subscriptions__BookTicker", Channel.TopOfBook)]
    public void A_subscription_recorded_by_JKorf_is_asked_acknowledged_and_read(string name, Channel channel)
    {
        var text = SharedCaptures.Read($"hyperliquid/jkorf/{name}.txt");
        var desk = new Desk(("HYPE", 2));
        var stream = desk.StreamOf(channel, "HYPE");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Section('>')), JsonNode.Parse(desk.Session.Opening[stream].Span)));
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged, stream), desk.Hear(Section('<')));
        Assert.Equal(FrameOutcome.Data(stream), desk.Hear(Section('=')));
        AssertSame(JsonNode.Parse(Section('='))!["data"]!, desk);

        string Section(char mark) => Regex.Match(
            text, $@"^{mark}(?<body>.*?)(?=^[><=]|\z)", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups["body"].Value.Trim();
    }

    [Fact]
    public void A_book_recorded_by_JKorf_is_read_level_by_level()
    {
        var body = SharedCaptures.Read("hyperliquid/jkorf/Endpoints__Spot__ExchangeData__GetOrderBook.txt");
        AssertSnapshot(body[body.IndexOf('{', StringComparison.Ordinal)..], Desk.Instrument(0, "@107", 2, 6));
    }

    [Fact]
    public void Books_recorded_by_the_venues_own_client_are_read_level_by_level()
    {
        var bodies = Answers("test_get_l2_snapshot").Where(body => body.StartsWith("{\"coin\"", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, body => AssertSnapshot(body, Desk.Instrument(0, "DYDX", 1)));
    }

    [Theory]
    [InlineData("http_l2_book_btc", 1)]
    [InlineData("http_l2_book_snapshot", 2)]
    [InlineData("ws_book_data", 2)]
    public void Books_of_Nautilus_are_read_level_by_level(string name, int priceDecimals) =>
        AssertSnapshot(SharedCaptures.Read($"hyperliquid/nautilus/{name}.json"), Desk.Instrument(0, "BTC", 5, priceDecimals));

    [Fact]
    public void Recent_trades_of_Nautilus_read_as_those_of_the_socket()
    {
        var body = SharedCaptures.Read("hyperliquid/nautilus/http_recent_trades_btc.json");
        var desk = Desk.Bitcoin;
        desk.Hear($$"""{"channel":"trades","data":{{body}}}""");
        AssertSame(JsonNode.Parse(body)!, desk);
    }

    [Fact]
    public void Every_context_of_every_dex_is_read_exactly_or_rounded_at_its_scale()
    {
        var dexes = JsonNode.Parse(SharedCaptures.Read("hyperliquid/nautilus/ws_all_dexs_asset_ctxs.json"))!["data"]!["ctxs"]!.AsArray();
        var contexts = dexes.SelectMany(dex => dex![1]!.AsArray()).ToArray();
        Assert.True(contexts.Length > 100);
        foreach (var context in contexts)
        {
            var desk = Desk.Bitcoin;
            desk.Hear("""{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":""" + context!.ToJsonString() + "}}");
            AssertNear(context["markPx"], desk.Seen.Marks.Select(mark => DerivedScales.Price.ToDecimal(mark.Mark.Units)), 0);
            AssertNear(context["oraclePx"], desk.Seen.Marks.Select(mark => DerivedScales.Price.ToDecimal(mark.Index.Units)), 0);
            AssertNear(context["funding"], desk.Seen.Fundings.Select(funding => DerivedScales.Rate.ToDecimal(funding.RateUnits)), 0);
            AssertNear(context["openInterest"], desk.Seen.OpenInterests.Select(open => new Scale(5).ToDecimal(open.Quantity.Units)), 0.000005m);
        }
    }

    [Fact]
    public async Task Instruments_and_their_collateral_are_listed_as_Nautilus_recorded_them()
    {
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = SharedCaptures.Read("hyperliquid/nautilus/http_spot_meta_non_usdc_collateral.json"),
            ["""{"type":"allPerpMetas"}"""] = SharedCaptures.Read("hyperliquid/nautilus/http_all_perp_metas_non_usdc_collateral.json"),
        });
        var listings = await Desk.Bitcoin.Venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal(
            [("BTC", "BTC-USDC", 1), ("km:US500", "US500-USDH", 3), ("hyna:BTC", "BTC-USDE", 1)],
            listings.Select(listing => (listing.Symbol, listing.Pair.ToString(), listing.PriceScale.Decimals)));
    }

    [Fact]
    public async Task Instruments_are_listed_as_JKorf_and_the_venues_own_client_recorded_them()
    {
        var exchange = SharedCaptures.Read("hyperliquid/jkorf/Endpoints__Futures__ExchangeData__GetExchangeInfo.txt");
        var meta = Answers("test_get_info").First(body => body.StartsWith("{\"universe\"", StringComparison.Ordinal));
        var spot = SharedCaptures.Read("hyperliquid/jkorf/Endpoints__Spot__ExchangeData__GetExchangeInfo.txt");
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = spot[spot.IndexOf('{', StringComparison.Ordinal)..],
            ["""{"type":"allPerpMetas"}"""] = $"[{exchange[exchange.IndexOf('{', StringComparison.Ordinal)..]},{meta}]",
        });
        var listings = await Desk.Bitcoin.Venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal("LOOM", Assert.Single(listings, listing => listing.Status == InstrumentStatus.Delisted).Symbol);
        Assert.All(listings, listing => Assert.Equal("USDC", listing.Pair.Quote));
        Assert.Equal(4 + JsonNode.Parse(meta)!["universe"]!.AsArray().Count, listings.Count);
    }

    [Fact]
    public void Requests_are_those_of_the_venues_own_client()
    {
        var l2Book = Requests("test_get_l2_snapshot")[^1];
        Assert.True(JsonNode.DeepEquals(l2Book, Body(InfoRequests.L2Book("DYDX"))), l2Book.ToJsonString());
        var funding = Requests("test_get_funding_history_1684811870000")[^1];
        Assert.True(
            JsonNode.DeepEquals(funding, Body(InfoRequests.FundingHistory("BTC", (long)funding["startTime"]!, (long)funding["endTime"]!))),
            funding.ToJsonString());
        var candles = Requests("test_get_candles_snapshot")[^1];
        var asked = candles["req"]!;
        Assert.True(
            JsonNode.DeepEquals(candles, Body(InfoRequests.CandleSnapshot((string)asked["coin"]!, (string)asked["interval"]!, (long)asked["startTime"]!, (long)asked["endTime"]!))),
            candles.ToJsonString());
    }

    private static void AssertSnapshot(string body, Instrument instrument)
    {
        var batch = new EventBatch();
        Assert.True(Desk.Bitcoin.Venue.TryTranslateSnapshot(instrument, Encoding.UTF8.GetBytes(body), Desk.Noon, batch));
        AssertBook(JsonNode.Parse(body)!, Assert.Single(SeenEvents.Of(batch).Books), instrument);
    }

    private static void AssertSame(JsonNode data, Desk desk)
    {
        var instrument = desk.Instruments[0];
        Assert.All(desk.Seen.Books, book => AssertBook(data, book, instrument));
        Assert.All(desk.Seen.Tops, top => Assert.Equal(Levels(data["bbo"]!), Levels(instrument, [top.Bid, top.Ask])));
        for (var i = 0; i < desk.Seen.Trades.Count; i++)
        {
            var (trade, sent) = (desk.Seen.Trades[i], data[i]!);
            Assert.Equal((long)sent["tid"]!, trade.TradeId);
            Assert.Equal((string)sent["side"]! == "B" ? TakerSide.Buy : TakerSide.Sell, trade.TakerSide);
            Assert.Equal((long)sent["time"]!, trade.Times.VenueTime.UnixMilliseconds);
            Assert.Equal(Amount(sent["px"]!), instrument.PriceScale.ToDecimal(trade.Price.Units));
            Assert.Equal(Amount(sent["sz"]!), instrument.QuantityScale.ToDecimal(trade.Quantity.Units));
        }

        Assert.True(desk.Events > 0);
    }

    private static void AssertBook(JsonNode data, SeenBook book, Instrument instrument)
    {
        Assert.Equal((long)data["time"]!, book.Snapshot.Sequence);
        Assert.Equal(Levels(data["levels"]![0]!), Levels(instrument, book.Bids));
        Assert.Equal(Levels(data["levels"]![1]!), Levels(instrument, book.Asks));
    }

    private static void AssertNear(JsonNode? sent, IEnumerable<decimal> read, decimal tolerance) =>
        Assert.InRange(Assert.Single(read), Amount(sent!) - tolerance, Amount(sent!) + tolerance);

    private static IEnumerable<(decimal, decimal, int)> Levels(JsonNode levels) =>
        levels.AsArray().Select(level => (Amount(level!["px"]!), Amount(level["sz"]!), (int?)level["n"] ?? 0));

    private static IEnumerable<(decimal, decimal, int)> Levels(Instrument instrument, IEnumerable<Level> levels) => levels.Select(level =>
        (instrument.PriceScale.ToDecimal(level.Price.Units), instrument.QuantityScale.ToDecimal(level.Quantity.Units), level.Orders));

    private static decimal Amount(JsonNode text) => decimal.Parse((string)text!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static JsonNode Body(RestRequest request) => JsonNode.Parse(request.Body!.Value.Span)!;

    private static string[] Answers(string cassette) =>
        [.. AnswerLine().Matches(SharedCaptures.Read($"hyperliquid/python-sdk-cassettes/{cassette}.yaml")).Select(match => match.Groups["json"].Value)];

    private static JsonNode[] Requests(string cassette) =>
        [.. RequestLine().Matches(SharedCaptures.Read($"hyperliquid/python-sdk-cassettes/{cassette}.yaml")).Select(match => JsonNode.Parse(match.Groups["json"].Value)!)];

    [GeneratedRegex(@"^\s+string: '(?<json>.*?)'\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnswerLine();

    [GeneratedRegex(@"^\s+body: '(?<json>.*?)'\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RequestLine();
}
