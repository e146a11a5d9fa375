using System.Text;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Lighter;

namespace Omnibook.Tests.Venues.Lighter;

public sealed class RestTests
{
    [Fact]
    public void Requests_are_data_with_every_parameter()
    {
        Assert.Equal(("api/v1/orderBookDetails", 1), (LighterRequests.OrderBookDetails.Path, LighterRequests.OrderBookDetails.Weight));
        Assert.Equal("api/v1/orderBooks", LighterRequests.OrderBooks.Path);
        Assert.Equal("api/v1/funding-rates", LighterRequests.FundingRates.Path);
        Assert.Equal("api/v1/exchangeStats", LighterRequests.ExchangeStats.Path);
        Assert.Equal("api/v1/orderBookOrders?market_id=1&limit=250", LighterRequests.OrderBookOrders("1").Path);
        Assert.Equal(("api/v1/recentTrades?market_id=1&limit=100", 2), (LighterRequests.RecentTrades("1").Path, LighterRequests.RecentTrades("1").Weight));
        Assert.Equal("api/v1/candles?market_id=1&resolution=1m&start_timestamp=5&end_timestamp=9&count_back=0", LighterRequests.Candles("1", "1m", 5, 9).Path);
        Assert.Equal("api/v1/fundings?market_id=1&resolution=1h&start_timestamp=5&end_timestamp=9&count_back=3", LighterRequests.Fundings("1", "1h", 5, 9, 3).Path);
        Assert.Equal("api/v1/account?by=l1_address&value=0xab", LighterRequests.Account("l1_address", "0xab").Path);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused_before_the_venue_refuses_it() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LighterRequests.Candles("1", "1m", 9, 9));

    [Theory]
    [InlineData("""{"code":20001,"message":"invalid param "}""", RequestFailure.Rejected)]
    [InlineData("""{"code":23000,"message":"Too Many Requests!"}""", RequestFailure.RateLimited)]
    [InlineData("""{"code":20558,"message":"restricted region"}""", RequestFailure.GeoBlocked)]
    [InlineData("<html><head><title>403 Forbidden</title></head></html>", RequestFailure.Unreadable)]
    [InlineData("""{"code":200,"c":7}""", RequestFailure.Unreadable)]
    [InlineData("""{"code":200,"c":[{"t":1}]}""", RequestFailure.Unreadable)]
    public void Refusals_have_names(string body, RequestFailure failure) => Assert.Equal(
        failure, Assert.Throws<VenueRequestException>(() => LighterAnswers.Candles(Encoding.UTF8.GetBytes(body))).Failure);

    [Fact]
    public void Orders_of_one_price_are_summed_and_what_remains_counts()
    {
        var book = LighterAnswers.OrderBookOrders(Encoding.UTF8.GetBytes(
            """{"code":200,"total_asks":3,"asks":[{"initial_base_amount":"9","remaining_base_amount":"0.5","price":"2361.40"},{"initial_base_amount":"9","remaining_base_amount":"0.0317","price":"2361.32"},{"initial_base_amount":"1","remaining_base_amount":"1","price":"2361.320"}],"total_bids":0,"bids":null}"""));
        Assert.Equal([new LighterRestLevel(2361.32m, 1.0317m, 2), new LighterRestLevel(2361.40m, 0.5m, 1)], book.Asks);
        Assert.Empty(book.Bids);
    }

    [Fact]
    public void A_rate_of_eight_hours_is_eight_hourly_ones()
    {
        var rates = LighterAnswers.FundingRates("""{"code":200,"funding_rates":[{"market_id":1,"exchange":"lighter","symbol":"BTC","rate":0.0000960}]}"""u8.ToArray());
        Assert.Equal(0.000012m, Assert.Single(rates).HourlyRate);
    }

    [Fact]
    public async Task Markets_are_listed_with_their_numbers()
    {
        var listings = await LighterDesk.Venue.ListInstrumentsAsync(
            new OneAnswer("""{"code":200,"order_book_details":[{"symbol":"BTC","market_id":1,"market_type":"perp","status":"active","size_decimals":5,"price_decimals":1},{"symbol":"OLD","market_id":9,"market_type":"perp","status":"inactive","size_decimals":"1","price_decimals":"5"},{"symbol":"ODD"}],"spot_order_book_details":[{"symbol":"ETH/USDC","market_id":2048,"market_type":"spot","status":"active","supported_size_decimals":4,"supported_price_decimals":2}]}"""),
            TestContext.Current.CancellationToken);

        Assert.Equal([("BTC", "1"), ("OLD", "9"), ("ETH/USDC", "2048")], listings.Select(listing => (listing.Symbol, listing.WireSymbol)));
        Assert.Equal([InstrumentKind.Perpetual, InstrumentKind.Perpetual, InstrumentKind.Spot], listings.Select(listing => listing.Kind));
        Assert.Equal([InstrumentStatus.Trading, InstrumentStatus.Halted, InstrumentStatus.Trading], listings.Select(listing => listing.Status));
        Assert.Equal([new Pair("BTC", "USDC"), new Pair("OLD", "USDC"), new Pair("ETH", "USDC")], listings.Select(listing => listing.Pair));
        Assert.Equal([(1, 5), (5, 1), (2, 4)], listings.Select(listing => (listing.PriceScale.Decimals, listing.QuantityScale.Decimals)));
    }

    private sealed class OneAnswer(string body) : VenueRest
    {
        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) => Task.FromResult(Encoding.UTF8.GetBytes(body));
    }
}
