using System.Text;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class InfoTests
{
    private const string User = "0x31ca8395cf837de08b24da3f660e77761dfb974b";

    public static TheoryData<RestRequest, string, int> Requests => new()
    {
        { InfoRequests.ClearinghouseState(User, "merrli"), $$"""{"type":"clearinghouseState","user":"{{User}}","dex":"merrli"}""", 2 },
        { InfoRequests.ClearinghouseState(User), $$"""{"type":"clearinghouseState","user":"{{User}}","dex":""}""", 2 },
        { InfoRequests.SubAccounts(User), $$"""{"type":"subAccounts","user":"{{User}}"}""", 20 },
        { InfoRequests.HistoricalOrders(User), $$"""{"type":"historicalOrders","user":"{{User}}"}""", 120 },
        { InfoRequests.L2Book("merrli:BTC"), """{"type":"l2Book","coin":"merrli:BTC"}""", 2 },
        { InfoRequests.L2Book("BTC", 5, 2), """{"type":"l2Book","coin":"BTC","nSigFigs":5,"mantissa":2}""", 2 },
        { InfoRequests.L2Book("BTC", 5, 1), """{"type":"l2Book","coin":"BTC","nSigFigs":5}""", 2 },
        { InfoRequests.L2Book("a\"b\\"), """{"type":"l2Book","coin":"a\"b\\"}""", 2 },
        { InfoRequests.RecentTrades("BTC"), """{"type":"recentTrades","coin":"BTC"}""", 25 },
        { InfoRequests.FundingHistory("ETH", 1681923833000), """{"type":"fundingHistory","coin":"ETH","startTime":1681923833000}""", 45 },
        { InfoRequests.CandleSnapshot("kPEPE", "1h", 1, 2), """{"type":"candleSnapshot","req":{"coin":"kPEPE","interval":"1h","startTime":1,"endTime":2}}""", 103 },
        { InfoRequests.AllPerpMetas, """{"type":"allPerpMetas"}""", 20 },
        { InfoRequests.Meta(""), """{"type":"meta","dex":""}""", 20 },
    };

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public void Requests_are_what_the_venue_documents(RestRequest request, string body, int weight)
    {
        Assert.Equal("info", request.Path);
        Assert.Equal(body, Encoding.UTF8.GetString(request.Body!.Value.Span));
        Assert.Equal(weight, request.Weight);
    }

    [Fact]
    public async Task Answers_pass_through_untouched()
    {
        const string State = """{ "marginSummary" : {"accountValue":"10.50"}, "assetPositions":[] }""";
        var info = Info(InfoRequests.ClearinghouseState(User, "btcx"), State);
        Assert.Equal(State, Encoding.UTF8.GetString(await info.ClearinghouseStateAsync(User, "btcx", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Null_is_an_answer_where_the_venue_says_so_with_it()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.True(HyperliquidInfo.IsNull(await Info(InfoRequests.SubAccounts(User), "null").SubAccountsAsync(User, token)));
        Assert.True(HyperliquidInfo.IsNull(await Info(InfoRequests.L2Book("X"), " null\n").L2BookAsync("X", null, null, token)));
        Assert.False(HyperliquidInfo.IsNull("[]"u8));
        await AssertUnreadable(() => Info(InfoRequests.HistoricalOrders(User), "null").HistoricalOrdersAsync(User, token));
        await AssertUnreadable(() => Info(InfoRequests.ClearinghouseState(User), "null").ClearinghouseStateAsync(User, "", token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1")]
    [InlineData("[] []")]
    [InlineData("true")]
    [InlineData("too busy")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head></html>")]
    public Task What_is_not_of_the_promised_kind_is_unreadable(string answer) =>
        AssertUnreadable(() => Info(InfoRequests.HistoricalOrders(User), answer).HistoricalOrdersAsync(User, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_refusal_of_the_host_comes_as_it_is()
    {
        var refusal = await Assert.ThrowsAsync<VenueRequestException>(() =>
            new HyperliquidInfo(new FakeRest(new Dictionary<string, string>())).SubAccountsAsync(User, TestContext.Current.CancellationToken));
        Assert.Equal(RequestFailure.Rejected, refusal.Failure);
    }

    private static HyperliquidInfo Info(RestRequest request, string answer) =>
        new(new FakeRest(new Dictionary<string, string> { [Encoding.UTF8.GetString(request.Body!.Value.Span)] = answer }));

    private static async Task AssertUnreadable(Func<Task<byte[]>> ask)
    {
        var refusal = await Assert.ThrowsAsync<VenueRequestException>(ask);
        Assert.Equal(RequestFailure.Unreadable, refusal.Failure);
    }
}
