using System.Text;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Coinbase;

namespace Omnibook.Tests.Venues.Coinbase;

public sealed class RestTests
{
    [Fact]
    public void Requests_are_data_with_every_parameter()
    {
        Assert.Equal("api/v3/brokerage/market/products", CoinbaseRequests.Products().Path);
        Assert.Equal("api/v3/brokerage/market/products?product_type=SPOT", CoinbaseRequests.Products("SPOT").Path);
        Assert.Equal("api/v3/brokerage/market/products/BTC-USD", CoinbaseRequests.Product("BTC-USD").Path);
        Assert.Equal("api/v3/brokerage/market/product_book?product_id=BTC-USD&limit=1000", CoinbaseRequests.ProductBook("BTC-USD").Path);
        Assert.Equal("api/v3/brokerage/market/products/BTC-USD/ticker?limit=100&start=5&end=9", CoinbaseRequests.Trades("BTC-USD", 5, 9).Path);
        Assert.Equal("api/v3/brokerage/market/products/BTC-USD/candles?start=60&end=120&granularity=ONE_MINUTE", CoinbaseRequests.Candles("BTC-USD", "ONE_MINUTE", 60, 120).Path);
        Assert.Equal("api/v3/brokerage/market/products/A%2FB", CoinbaseRequests.Product("A/B").Path);
    }

    [Fact]
    public void A_range_that_the_venue_would_refuse_is_refused_before()
    {
        Assert.NotNull(CoinbaseRequests.Candles("BTC-USD", "ONE_MINUTE", 0, 60 * 349));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinbaseRequests.Candles("BTC-USD", "ONE_MINUTE", 0, 60 * 350));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinbaseRequests.Candles("BTC-USD", "ONE_MINUTE", 60, 0));
        Assert.Throws<ArgumentException>(() => CoinbaseRequests.Candles("BTC-USD", "THREE_MINUTE", 0, 60));
        Assert.Equal(TimeSpan.FromHours(4), CoinbaseRequests.SpanOf("FOUR_HOUR"));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"candles":[{"start":"x"}]}""")]
    public void Another_shape_is_told(string body) => Assert.Equal(
        RequestFailure.Unreadable, Assert.Throws<VenueRequestException>(() => CoinbaseAnswers.Candles(Encoding.UTF8.GetBytes(body))).Failure);

    [Fact]
    public void No_answer_is_a_snapshot_of_a_numbered_book() => Assert.Null(CoinbaseDesk.Venue.SnapshotRequest(CoinbaseDesk.Bitcoin));

    [Theory]
    [InlineData("\"status\":\"online\"", InstrumentStatus.Trading)]
    [InlineData("\"status\":\"delisted\"", InstrumentStatus.Delisted)]
    [InlineData("\"status\":\"offline\"", InstrumentStatus.Halted)]
    [InlineData("\"status\":\"online\",\"trading_disabled\":true", InstrumentStatus.Halted)]
    [InlineData("\"status\":\"online\",\"post_only\":true", InstrumentStatus.Trading)]
    public void States_are_those_of_the_product(string fields, InstrumentStatus status)
    {
        var body = $$"""{"products":[{"product_id":"A-USD","base_currency_id":"A","quote_currency_id":"USD","base_increment":"0.1","price_increment":"0.001",{{fields}}},{"product_id":"ODD"},7]}""";
        Assert.Equal(status, Assert.Single(CoinbaseProductList.Read(new VenueId("coinbase"), Encoding.UTF8.GetBytes(body))).Status);
    }
}
