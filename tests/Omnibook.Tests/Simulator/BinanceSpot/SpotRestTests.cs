using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Simulator.BinanceSpot;

public class SpotRestTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Spot();

    [Theory]
    [InlineData("/api/v3/depth", "symbol=NOSUCH", 400, -1121)]
    [InlineData("/api/v3/depth", "", 400, -1102)]
    [InlineData("/api/v3/depth", "symbol=BTCUSDT&limit=0", 400, -1130)]
    [InlineData("/api/v3/klines", "symbol=BTCUSDT&interval=7m", 400, -1120)]
    [InlineData("/api/v3/aggTrades", "symbol=BTCUSDT&fromId=1&startTime=2", 400, -1128)]
    [InlineData("/api/v3/exchangeInfo", "symbols=[\"NOSUCH\"]", 400, -1121)]
    public void A_bad_request_is_answered_with_the_venues_code(string path, string query, int status, int code)
    {
        var (actual, body) = _venue.Refusal(path, query);
        Assert.Equal((status, code), (actual, body.GetProperty("code").GetInt32()));
    }

    [Fact]
    public void Books_weigh_by_their_limit() =>
        Assert.Equal([5, 30, 80, 330], _venue.WeightsAfterBooks("/api/v3/depth", "100", "500", "1000", "5000"));

    [Fact]
    public void The_twenty_fifth_whole_book_of_a_minute_is_refused()
    {
        for (var i = 0; i < 24; i++)
        {
            Assert.Equal(200, _venue.TryGet("/api/v3/depth", ("symbol", "BTCUSDT"), ("limit", "5000")).Status);
        }

        var (status, body) = _venue.TryGet("/api/v3/depth", ("symbol", "BTCUSDT"), ("limit", "5000"));
        Assert.Equal((429, -1003), (status, VirtualVenue.Parse(body).GetProperty("code").GetInt32()));
        Assert.Contains("6000 request weight per 1 MINUTE", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_info_lists_the_grid_and_the_state_of_each_pair()
    {
        _venue.Inject(new FaultRequest { Fault = "delist", Symbol = "ETHUSDT" });
        var symbols = _venue.Get("/api/v3/exchangeInfo").GetProperty("symbols");
        var filters = symbols[0].GetProperty("filters").EnumerateArray().ToDictionary(static filter => filter.GetProperty("filterType").GetString()!, StringComparer.Ordinal);

        Assert.Equal(["TRADING", "BREAK"], symbols.EnumerateArray().Select(static symbol => symbol.GetProperty("status").GetString()!), StringComparer.Ordinal);
        Assert.Equal("0.01000000", filters["PRICE_FILTER"].GetProperty("tickSize").GetString());
        Assert.Equal("0.00001000", filters["LOT_SIZE"].GetProperty("stepSize").GetString());
        Assert.Equal("ETHUSDT", _venue.Get("/api/v3/exchangeInfo", ("symbol", "ETHUSDT")).GetProperty("symbols")[0].GetProperty("symbol").GetString());
    }

    [Fact]
    public void Without_a_symbol_the_answer_is_a_list()
    {
        foreach (var path in (string[])["/api/v3/ticker/24hr", "/api/v3/ticker/bookTicker", "/api/v3/ticker/price"])
        {
            Assert.Equal(2, _venue.Get(path).GetArrayLength());
            Assert.Equal("ETHUSDT", _venue.Get(path, ("symbol", "ETHUSDT")).GetProperty("symbol").GetString());
        }
    }

    [Fact]
    public void The_day_of_the_calendar_begins_at_midnight()
    {
        var day = _venue.Get("/api/v3/ticker/tradingDay", ("symbol", "BTCUSDT"));
        Assert.Equal(0, day.GetProperty("openTime").GetInt64() % 86_400_000);
        Assert.Equal(86_399_999, day.GetProperty("closeTime").GetInt64() - day.GetProperty("openTime").GetInt64());
        Assert.Equal(5, _venue.Get("/api/v3/avgPrice", ("symbol", "BTCUSDT")).GetProperty("mins").GetInt32());
    }

    [Theory]
    [InlineData("1m", 1000)]
    [InlineData("1d", 200)]
    public void History_is_there_from_the_start(string interval, int limit) =>
        Assert.Equal(limit, _venue.Get("/api/v3/uiKlines", ("symbol", "BTCUSDT"), ("interval", interval), ("limit", $"{limit}")).GetArrayLength());
}
