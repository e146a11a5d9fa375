namespace Omnibook.Tests.Server.Apis.MarketData;

public sealed class BinanceProxyApiTests
{
    [Theory]
    [InlineData("/binance/tickers/24hr", "fapi/v1/ticker/24hr 40")]
    [InlineData("/binance/tickers/24hr?symbol=btc", "fapi/v1/ticker/24hr?symbol=BTCUSDT 1")]
    [InlineData("/binance/mark-prices", "fapi/v1/premiumIndex 10")]
    [InlineData("/markets/binance/mark-prices?symbol=BTCUSDT", "fapi/v1/premiumIndex?symbol=BTCUSDT 1")]
    [InlineData("/binance/klines/BTCUSDT/5m", "fapi/v1/klines?symbol=BTCUSDT&interval=5m&limit=500 5")]
    [InlineData(
        "/binance/klines/BTCUSDT/5m?limit=2&startTime=1758500000000&endTime=1758523800000",
        "fapi/v1/klines?symbol=BTCUSDT&interval=5m&limit=2&startTime=1758500000000&endTime=1758523800000 1")]
    public async Task The_answer_of_the_venue_is_passed_on_byte_for_byte(string path, string asked)
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Rest.Body = """[{"lastPrice":"1.50",  "x":1}]""";
        Assert.Equal(host.Rest.Body, await host.GetTextAsync(path));
        Assert.Equal([asked], host.Rest.Asked);
    }

    [Theory]
    [InlineData("/binance/tickers/24hr?symbol=NOPE", 404)]
    [InlineData("/binance/klines/NOPE/5m", 404)]
    [InlineData("/binance/klines/BTCUSDT/9m", 422)]
    [InlineData("/binance/klines/BTCUSDT/5m?limit=1501", 422)]
    public async Task What_is_not_there_is_refused_before_the_venue_is_asked(string path, int status)
    {
        await using var host = await MarketDataHost.StartAsync();
        await host.GetAsync(path, status);
        Assert.Empty(host.Rest.Asked);
    }
}
