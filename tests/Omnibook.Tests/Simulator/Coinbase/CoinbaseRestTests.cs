using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Coinbase;

public class CoinbaseRestTests
{
    private const string Base = "/api/v3/brokerage/market/";
    private readonly VirtualVenue _venue = VirtualVenue.Coinbase();

    [Theory]
    [InlineData("products/NOSUCH-USD", "", 404, "NOT_FOUND")]
    [InlineData("nothing", "", 404, "NOT_FOUND")]
    [InlineData("product_book", "product_id=NOSUCH-USD", 404, "NOT_FOUND")]
    [InlineData("product_book", "", 400, "INVALID_ARGUMENT")]
    [InlineData("products/BTC-USD/candles", "granularity=ONE_WEEK", 400, "INVALID_ARGUMENT")]
    [InlineData("products/BTC-USD/candles", "granularity=ONE_MINUTE&start=1794900000&end=1794990000", 400, "INVALID_ARGUMENT")]
    public void A_bad_request_is_answered_in_the_venues_form(string path, string query, int status, string error)
    {
        var (actual, body) = _venue.Refusal(Base + path, query);
        Assert.Equal((status, error), (actual, body.GetProperty("error").GetString()));
    }

    [Fact]
    public void Each_product_is_listed_by_both_of_its_ids()
    {
        var products = _venue.Get(Base + "products").GetProperty("products").EnumerateArray().ToDictionary(static product => product.GetProperty("product_id").GetString()!, StringComparer.Ordinal);
        Assert.Equal(["BTC-USD", "BTC-USDC", "ETH-USD", "ETH-USDC"], products.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal("BTC-USD", products["BTC-USDC"].GetProperty("alias").GetString());
        Assert.Equal("BTC-USDC", products["BTC-USD"].GetProperty("alias_to")[0].GetString());
        Assert.Equal(("0.01", "0.00000001", "online"), (Text(products["BTC-USD"], "price_increment"), Text(products["BTC-USD"], "base_increment"), Text(products["BTC-USD"], "status")));
        Assert.Equal(1, _venue.Get(Base + "products", ("product_ids", "ETH-USD")).GetProperty("num_products").GetInt32());
    }

    [Fact]
    public void A_book_is_the_true_one_without_a_number()
    {
        _venue.Run(5);
        var truth = _venue.Venue.BookAt("BTC-USD", null)!;
        var book = _venue.Get(Base + "product_book", ("product_id", "BTC-USD"), ("limit", "1000")).GetProperty("pricebook");
        var local = new LocalBook();
        local.Apply(book.GetProperty("bids"), book.GetProperty("asks"));
        Assert.Equal(truth.Digest(), local.Digest());

        var rough = _venue.Get(Base + "product_book", ("product_id", "BTC-USD"), ("aggregation_price_increment", "10")).GetProperty("pricebook").GetProperty("bids");
        Assert.All(rough.EnumerateArray(), static level => Assert.Equal(0, LocalBook.Number(level.GetProperty("price")) % 10));
    }

    [Fact]
    public void Trades_are_the_newest_hundred_newest_first()
    {
        _venue.Run(120);
        var answer = _venue.Get(Base + "products/BTC-USD/ticker", ("limit", "1000"));
        var ids = answer.GetProperty("trades").EnumerateArray().Select(static trade => trade.GetProperty("trade_id").GetString()!).ToList();
        Assert.Equal(_venue.Venue.Markets["BTC-USD"].Trades.Newest(100).Reverse().Select(static trade => $"{trade.Id}"), ids, StringComparer.Ordinal);
        Assert.True(LocalBook.Number(answer.GetProperty("best_bid")) < LocalBook.Number(answer.GetProperty("best_ask")));
    }

    [Theory]
    [InlineData("ONE_MINUTE", 60)]
    [InlineData("FOUR_HOUR", 14_400)]
    [InlineData("ONE_DAY", 86_400)]
    public void Candles_are_contiguous_and_newest_first(string granularity, long seconds)
    {
        var starts = _venue.Get(Base + "products/BTC-USD/candles", ("granularity", granularity)).GetProperty("candles")
            .EnumerateArray().Select(static candle => long.Parse(candle.GetProperty("start").GetString()!)).ToList();
        Assert.True(starts.Count > 100);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.Equal(seconds, pair.First - pair.Second));
    }

    [Fact]
    public void More_than_a_burst_of_fifteen_and_ten_a_second_is_refused()
    {
        var statuses = Enumerable.Range(0, 20).Select(_ => _venue.TryGet("/api/v3/brokerage/time")).ToList();
        Assert.Equal(15, statuses.Count(static answer => answer.Status == 200));
        Assert.Equal("""{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}""", statuses[^1].Body);
        _venue.Run(1);
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => _venue.TryGet("/api/v3/brokerage/time").Status == 200));
    }

    [Fact]
    public void Lists_that_client_libraries_ask_for_first_are_there()
    {
        Assert.Contains(_venue.Get("/v2/currencies/crypto").GetProperty("data").EnumerateArray(), static row => row.GetProperty("code").GetString() == "BTC");
        Assert.Equal(2, _venue.Get("/v2/currencies").GetProperty("data").GetArrayLength());
        Assert.True(_venue.Get("/v2/exchange-rates", ("currency", "USD")).GetProperty("data").GetProperty("rates").TryGetProperty("BTC", out _));
        Assert.Equal(404, _venue.Venue.Answer(RestCall.Post("/v2/currencies", "{}")).Status);
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
