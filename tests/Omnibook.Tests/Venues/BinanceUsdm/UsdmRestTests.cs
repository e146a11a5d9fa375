using System.Text;
using System.Text.Json.Nodes;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.BinanceUsdm;

public sealed class UsdmRestTests
{
    private const string Snapshot =
        """{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00000000","431.00000000"],["3.5","1"]],"asks":[["4.20","12.00000000"]]}""";

    private const string Contract =
        """
        {"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT",
        "pricePrecision":2,"quantityPrecision":3,"filters":[{"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},
        {"filterType":"LOT_SIZE","stepSize":"0.001"},{"filterType":"MIN_NOTIONAL","notional":"100"}]}
        """;

    [Fact]
    public void A_snapshot_is_asked_for_with_a_thousand_levels_at_weight_twenty() =>
        Assert.Equal(new RestRequest("fapi/v1/depth?symbol=BTCUSDT&limit=1000", 20), Usdm.Venue.SnapshotRequest(Usdm.Bitcoin));

    [Fact]
    public void A_snapshot_carries_its_number_its_time_and_all_levels()
    {
        var batch = new EventBatch();

        Assert.True(Usdm.Venue.TryTranslateSnapshot(Usdm.Bitcoin, Encoding.UTF8.GetBytes(Snapshot), Usdm.Now, batch));

        var told = EventLog.Of(batch);
        Assert.Contains("Sequence = 1027024", told, StringComparison.Ordinal);
        Assert.Contains("Nanoseconds = 1589436922959000000", told, StringComparison.Ordinal);
        Assert.Equal(3, batch.LevelCount);
    }

    [Theory]
    [InlineData("lastUpdateId", "lastUpdate")]
    [InlineData("1027024", "\"x\"")]
    [InlineData("\"bids\"", "\"bid\"")]
    [InlineData("4.00000000", "-4")]
    [InlineData("431.00000000", "NaN")]
    [InlineData("]]}", "]]")]
    [InlineData("]]}", "]]}}")]
    [InlineData("{\"last", "[\"last")]
    public void Anything_else_is_no_snapshot_and_leaves_nothing(string good, string bad)
    {
        var batch = new EventBatch();

        Assert.False(Usdm.Venue.TryTranslateSnapshot(
            Usdm.Bitcoin, Encoding.UTF8.GetBytes(Snapshot.Replace(good, bad, StringComparison.Ordinal)), Usdm.Now, batch));
        Assert.Equal((0, 0), (batch.Count, batch.LevelCount));
    }

    [Fact]
    public async Task A_contract_is_listed_with_its_steps_and_scales_fine_enough_for_its_precision()
    {
        var listing = Assert.Single(await ListAsync(Contract));

        Assert.Equal(("BTCUSDT", new Pair("BTC", "USDT"), InstrumentKind.Perpetual), (listing.Symbol, listing.Pair, listing.Kind));
        Assert.Equal((2, 10L), (listing.PriceScale.Decimals, listing.Tick.Units));
        Assert.Equal((3, 1L), (listing.QuantityScale.Decimals, listing.Lot.Units));
        Assert.Equal(InstrumentStatus.Trading, listing.Status);
    }

    [Theory]
    [InlineData("contractType", "CURRENT_QUARTER", "deliveryDate", "1743148800000", InstrumentKind.Future)]
    [InlineData("contractType", "TRADIFI_PERPETUAL", "deliveryDate", "4133404800000", InstrumentKind.Perpetual)]
    [InlineData("contractType", "", "deliveryDate", "4133404800000", InstrumentKind.Perpetual)]
    public async Task Dated_contracts_are_futures_and_all_others_perpetual(string key, string value, string dateKey, string date, InstrumentKind kind)
    {
        var contract = JsonNode.Parse(Contract)!;
        contract[key] = value;
        contract[dateKey] = long.Parse(date);

        Assert.Equal(kind, Assert.Single(await ListAsync(contract.ToJsonString())).Kind);
    }

    [Theory]
    [InlineData("PENDING_TRADING", InstrumentStatus.Pending)]
    [InlineData("SETTLING", InstrumentStatus.Delisted)]
    [InlineData("CLOSE", InstrumentStatus.Delisted)]
    [InlineData("SOMETHING_NEW", InstrumentStatus.Halted)]
    public async Task The_status_is_told(string status, InstrumentStatus expected) =>
        Assert.Equal(expected, Assert.Single(await ListAsync(Contract.Replace("TRADING", status, StringComparison.Ordinal))).Status);

    [Fact]
    public async Task One_odd_contract_does_not_cost_the_others() =>
        Assert.Single(await ListAsync($$"""{"symbol":"ODD"},{"symbol":"ODD2","filters":7},{{Contract}},"odd" """));

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"symbols":[]}""")]
    [InlineData("""{"symbols":{}}""")]
    public async Task An_answer_of_another_shape_is_unreadable(string body)
    {
        var trouble = await Assert.ThrowsAsync<VenueRequestException>(
            () => Usdm.Venue.ListInstrumentsAsync(new FixedRest(body), TestContext.Current.CancellationToken));

        Assert.Equal(RequestFailure.Unreadable, trouble.Failure);
    }

    private static Task<IReadOnlyList<InstrumentListing>> ListAsync(string contracts) =>
        Usdm.Venue.ListInstrumentsAsync(new FixedRest($$"""{"symbols":[{{contracts}}]}"""), TestContext.Current.CancellationToken);

    private sealed class FixedRest(string body) : VenueRest
    {
        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(Encoding.UTF8.GetBytes(body));
    }
}
