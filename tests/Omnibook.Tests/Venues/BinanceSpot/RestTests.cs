using System.Text;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.BinanceSpot;

namespace Omnibook.Tests.Venues.BinanceSpot;

public sealed class RestTests
{
    [Fact]
    public void Requests_are_data_with_their_weights()
    {
        AssertIs("api/v3/exchangeInfo", 20, BinanceSpotRequests.ExchangeInfo);
        AssertIs("api/v3/time", 1, BinanceSpotRequests.Time);
        AssertIs("api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=5&endTime=9&limit=1000", 2, BinanceSpotRequests.Candles("BTCUSDT", "1m", 5, 9));
        AssertIs("api/v3/aggTrades?symbol=BTCUSDT&fromId=26129&limit=1000", 4, BinanceSpotRequests.AggregateTrades("BTCUSDT", 26129));
        AssertIs("api/v3/aggTrades?symbol=BTCUSDT&startTime=5&limit=10", 4, BinanceSpotRequests.AggregateTradesBetween("BTCUSDT", 5, limit: 10));
        AssertIs("api/v3/trades?symbol=BTCUSDT&limit=1000", 25, BinanceSpotRequests.Trades("BTCUSDT"));
        AssertIs("api/v3/historicalTrades?symbol=BTCUSDT&fromId=7&limit=1000", 25, BinanceSpotRequests.HistoricalTrades("BTCUSDT", 7));
        AssertIs("api/v3/ticker/24hr?symbol=BTCUSDT", 2, BinanceSpotRequests.Tickers("BTCUSDT"));
        AssertIs("api/v3/ticker/24hr", 80, BinanceSpotRequests.Tickers());
        AssertIs("api/v3/ticker/bookTicker", 4, BinanceSpotRequests.BookTickers());
        AssertIs("api/v3/ticker/price?symbol=BTCUSDT", 2, BinanceSpotRequests.Prices("BTCUSDT"));
        AssertIs("api/v3/klines?symbol=%E5%B8%81USDT&interval=1m&limit=1", 2, BinanceSpotRequests.Candles("币USDT", "1m", limit: 1));
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(101, 25)]
    [InlineData(500, 25)]
    [InlineData(1000, 50)]
    [InlineData(5000, 250)]
    public void A_book_costs_what_it_holds(int levels, int weight) =>
        AssertIs($"api/v3/depth?symbol=BTCUSDT&limit={levels}", weight, BinanceSpotRequests.Depth("BTCUSDT", levels));

    [Fact]
    public void A_snapshot_has_all_levels_unless_fewer_are_wanted()
    {
        AssertIs("api/v3/depth?symbol=BTCUSDT&limit=5000", 250, Spot.Venue.SnapshotRequest(Spot.Bitcoin));
        AssertIs("api/v3/depth?symbol=BTCUSDT&limit=1000", 50, new BinanceSpotVenue(Spot.Venue.Id, BinanceSpotVenue.Mainnet, snapshotLevels: 1000).SnapshotRequest(Spot.Bitcoin));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinanceSpotVenue(Spot.Venue.Id, BinanceSpotVenue.Mainnet, snapshotLevels: 5001));
    }

    [Fact]
    public void Pairs_are_listed_with_their_steps_and_states_and_scales_finer_than_the_steps()
    {
        var listings = SpotExchangeInfo.Read(new VenueId("binance-spot"), Encoding.UTF8.GetBytes(
            """{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.01000000"},{"filterType":"LOT_SIZE","stepSize":"0.00001000"}]},{"symbol":"PEPEUSDT","status":"CANCEL_ONLY","baseAsset":"PEPE","quoteAsset":"USDT","filters":[{"filterType":"LOT_SIZE","stepSize":"1.00"},{"filterType":"PRICE_FILTER","tickSize":"0.00000001"}]},{"symbol":"ODD","filters":[]},7]}"""));
        Assert.Equal([("BTCUSDT", new Pair("BTC", "USDT"), InstrumentStatus.Trading), ("PEPEUSDT", new Pair("PEPE", "USDT"), InstrumentStatus.Halted)], listings.Select(listing => (listing.Symbol, listing.Pair, listing.Status)));
        Assert.Equal([(4, 100L, 7, 100L), (8, 1L, 2, 100L)], listings.Select(listing => (listing.PriceScale.Decimals, listing.Tick.Units, listing.QuantityScale.Decimals, listing.Lot.Units)));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[[1]]")]
    [InlineData("""[["x","1","1","1","1","1",1,"1",1,"1","1","0"]]""")]
    public void Another_shape_is_told(string body) => Assert.Equal(
        RequestFailure.Unreadable, Assert.Throws<VenueRequestException>(() => BinanceSpotAnswers.Candles(Encoding.UTF8.GetBytes(body))).Failure);

    private static void AssertIs(string path, int weight, RestRequest request) => Assert.Equal((path, weight), (request.Path, request.Weight));
}
