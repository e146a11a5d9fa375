using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class InstrumentListTests
{
    private const string SpotMeta =
        """{"universe":[],"tokens":[{"name":"USDC","szDecimals":8,"weiDecimals":8,"index":0},{"name":"USDH","szDecimals":2,"weiDecimals":8,"index":360}]}""";

    private const string FirstDex =
        """{"universe":[{"szDecimals":5,"name":"BTC","maxLeverage":40,"marginTableId":56},{"szDecimals":0,"name":"kPEPE","maxLeverage":10,"isDelisted":null},{"szDecimals":1,"name":"LOOM","maxLeverage":3,"onlyIsolated":true,"isDelisted":true}],"marginTables":[],"collateralToken":0}""";

    private const string Builder =
        """{"universe":[{"szDecimals":3,"name":"km:US500","maxLeverage":20,"growthMode":"enabled"}],"marginTables":[],"collateralToken":360}""";

    private const string Strange =
        """{"universe":[{"szDecimals":5,"name":"btcx:BTC-FEUSD","maxLeverage":20},{"szDecimals":8,"name":"btcx:kX","maxLeverage":20}],"collateralToken":999}""";

    [Fact]
    public async Task One_request_lists_every_dex()
    {
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = SpotMeta,
            ["""{"type":"allPerpMetas"}"""] = $"[{FirstDex},{Builder},{Strange}]",
        });
        AssertListed(await List(rest));
        Assert.Equal(40, rest.Requests.Sum(request => request.Weight));
    }

    [Fact]
    public async Task A_node_that_does_not_know_the_request_is_asked_dex_by_dex()
    {
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = SpotMeta,
            ["""{"type":"perpDexs"}"""] = """[null,{"name":"km","fullName":"Markets"},{"name":"btcx","fullName":"x"}]""",
            ["""{"type":"meta","dex":""}"""] = FirstDex,
            ["""{"type":"meta","dex":"km"}"""] = Builder,
            ["""{"type":"meta","dex":"btcx"}"""] = Strange,
        });
        AssertListed(await List(rest));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[{\"universe\":[{\"name\":\"BTC\"}]}]")]
    [InlineData("[{\"universe\":[{\"name\":\"BTC\",\"szDecimals\":19}]}]")]
    [InlineData("[{\"universe\":[{\"name\":\"BTC\",\"szDecimals\":-1}]}]")]
    [InlineData("[{\"universe\":[{\"name\":\"BTC\",\"szDecimals\":1e9}]}]")]
    [InlineData("[{\"universe\":[{\"name\":7,\"szDecimals\":1}]}]")]
    [InlineData("[{\"universe\":[{\"name\":null,\"szDecimals\":1}]}]")]
    [InlineData("<html>")]
    public async Task An_answer_of_another_shape_is_told_with_its_request(string answer)
    {
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = SpotMeta,
            ["""{"type":"allPerpMetas"}"""] = answer,
        });
        var refusal = await Assert.ThrowsAsync<VenueRequestException>(() => List(rest));
        Assert.Equal(RequestFailure.Unreadable, refusal.Failure);
        Assert.Contains("allPerpMetas", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(answer, refusal.VenueMessage);
    }

    private static Task<IReadOnlyList<InstrumentListing>> List(FakeRest rest) =>
        Desk.Bitcoin.Venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);

    private static void AssertListed(IReadOnlyList<InstrumentListing> listings)
    {
        Assert.Equal(
            [
                ("BTC", new Pair("BTC", "USDC"), 1, 5, 1m, InstrumentStatus.Trading),
                ("kPEPE", new Pair("PEPE", "USDC"), 6, 0, 1000m, InstrumentStatus.Trading),
                ("LOOM", new Pair("LOOM", "USDC"), 5, 1, 1m, InstrumentStatus.Delisted),
                ("km:US500", new Pair("US500", "USDH"), 3, 3, 1m, InstrumentStatus.Trading),
                ("btcx:BTC-FEUSD", new Pair("BTC-FEUSD", "token-999"), 1, 5, 1m, InstrumentStatus.Trading),
                ("btcx:kX", new Pair("kX", "token-999"), 0, 8, 1m, InstrumentStatus.Trading),
            ],
            listings.Select(listing => (
                listing.Symbol, listing.Pair, listing.PriceScale.Decimals, listing.QuantityScale.Decimals, listing.Multiplier, listing.Status)));
        Assert.All(listings, listing =>
        {
            Assert.Equal(new VenueId("hyperliquid"), listing.Venue);
            Assert.Equal(InstrumentKind.Perpetual, listing.Kind);
            Assert.Equal((1, 1), (listing.Tick.Units, listing.Lot.Units));
        });
    }
}
