using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.BinanceUsdm;

public class BinanceRestTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    [Theory]
    [InlineData("/fapi/v1/depth", "symbol=NOSUCH", 400, -1121)]
    [InlineData("/fapi/v1/depth", "", 400, -1102)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=7", 400, -1130)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=7m", 400, -1120)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT&fromId=x", 400, -1102)]
    [InlineData("/fapi/v1/historicalTrades", "symbol=BTCUSDT", 401, -2014)]
    [InlineData("/fapi/v1/nothing", "", 404, -5000)]
    public void A_bad_request_is_answered_with_the_venues_code(string path, string query, int status, int code)
    {
        var (actual, body) = _venue.Refusal(path, query);
        Assert.Equal((status, code), (actual, body.GetProperty("code").GetInt32()));
    }

    [Fact]
    public void Books_weigh_by_their_limit() =>
        Assert.Equal([2, 7, 17, 37], _venue.WeightsAfterBooks("/fapi/v1/depth", "5", "100", "500", "1000"));

    [Fact]
    public void Beyond_the_weight_comes_429_and_then_a_ban_that_names_its_end()
    {
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal(200, _venue.TryGet("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000")).Status);
        }

        var limited = _venue.Venue.Answer(RestCall.Get("/fapi/v1/ping"));
        Assert.Equal(429, limited.Status);
        Assert.Contains(limited.Headers, static header => header.Name == "Retry-After");
        (int Status, string Body) answer = default;
        for (var i = 0; i < 10; i++)
        {
            answer = _venue.TryGet("/fapi/v1/ping");
        }

        Assert.Equal(418, answer.Status);
        Assert.Contains($"IP banned until {_venue.Venue.Schedule.Milliseconds + 120_000}.", answer.Body, StringComparison.Ordinal);
        _venue.Run(119);
        Assert.Equal(418, _venue.TryGet("/fapi/v1/ping").Status);
        _venue.Run(61);
        Assert.Equal(200, _venue.TryGet("/fapi/v1/ping").Status);
    }

    [Fact]
    public void Families_with_pools_of_their_own_show_no_weight()
    {
        var answer = _venue.Venue.Answer(RestCall.Get("/futures/data/openInterestHist", ("symbol", "BTCUSDT"), ("period", "5m")));
        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Headers);
        Assert.Equal(30, VirtualVenue.Parse(System.Text.Encoding.UTF8.GetString(answer.Body)).GetArrayLength());
    }

    [Fact]
    public void Exchange_info_lists_the_grid_of_each_symbol()
    {
        var symbol = _venue.Get("/fapi/v1/exchangeInfo").GetProperty("symbols")[0];
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(static filter => filter.GetProperty("filterType").GetString()!, StringComparer.Ordinal);

        Assert.Equal(("BTCUSDT", "TRADING", 2), (symbol.GetProperty("symbol").GetString(), symbol.GetProperty("status").GetString(), symbol.GetProperty("pricePrecision").GetInt32()));
        Assert.Equal("0.10", filters["PRICE_FILTER"].GetProperty("tickSize").GetString());
        Assert.Equal("0.001", filters["LOT_SIZE"].GetProperty("stepSize").GetString());
    }

    [Theory]
    [InlineData("1m", 1500)]
    [InlineData("1h", 1500)]
    [InlineData("1d", 200)]
    public void History_is_there_from_the_start(string interval, int limit)
    {
        var klines = _venue.Get("/fapi/v1/klines", ("symbol", "BTCUSDT"), ("interval", interval), ("limit", $"{limit}"));
        Assert.Equal(limit, klines.GetArrayLength());
        Assert.True(klines[limit - 1][0].GetInt64() <= _venue.Venue.Schedule.Milliseconds);
    }

    [Fact]
    public void Funding_that_was_predicted_is_funding_that_was_paid()
    {
        var predicted = _venue.Get("/fapi/v1/premiumIndex", ("symbol", "BTCUSDT"));
        var history = _venue.Get("/fapi/v1/fundingRate", ("symbol", "BTCUSDT"), ("limit", "1000"));

        Assert.Equal(1000, history.GetArrayLength());
        Assert.Equal(predicted.GetProperty("nextFundingTime").GetInt64() - 8 * 3_600_000, history[999].GetProperty("fundingTime").GetInt64());
        Assert.Equal(8, history[0].GetProperty("fundingRate").GetString()!.Split('.')[1].Length);
    }

    [Fact]
    public void Without_a_symbol_the_answer_is_a_list()
    {
        foreach (var path in (string[])["/fapi/v1/premiumIndex", "/fapi/v1/ticker/24hr", "/fapi/v1/ticker/bookTicker", "/fapi/v2/ticker/price"])
        {
            Assert.Equal(2, _venue.Get(path).GetArrayLength());
            Assert.Equal("ETHUSDT", _venue.Get(path, ("symbol", "ETHUSDT")).GetProperty("symbol").GetString());
        }
    }
}
