using System.Text;
using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Bybit;

public class BybitRestTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Bybit();

    [Theory]
    [InlineData("kline", "symbol=BTCUSDT&interval=7")]
    [InlineData("kline", "symbol=BTCUSDT&interval=1&limit=1001")]
    [InlineData("orderbook", "category=linear&symbol=NOSUCH")]
    [InlineData("orderbook", "symbol=BTCUSDT")]
    [InlineData("orderbook", "category=spot&symbol=BTCUSDT")]
    [InlineData("recent-trade", "category=linear")]
    [InlineData("open-interest", "category=linear&symbol=BTCUSDT&intervalTime=2h")]
    [InlineData("account-ratio", "category=linear&symbol=BTCUSDT&period=1h&limit=501")]
    [InlineData("funding/history", "category=linear&symbol=BTCUSDT&startTime=1")]
    [InlineData("instruments-info", "category=linear&cursor=nonsense")]
    public void A_bad_parameter_is_code_10001_under_status_200(string path, string query)
    {
        var parameters = query.Split('&').Select(static pair => pair.Split('=')).Select(static pair => (pair[0], pair[1]));
        var answer = _venue.Get("/v5/market/" + path, [.. parameters]);
        Assert.Equal(10001, answer.GetProperty("retCode").GetInt32());
    }

    [Fact]
    public void An_unknown_path_is_404_with_code_10017()
    {
        var (status, body) = _venue.TryGet("/v5/market/nothing");
        Assert.Equal((404, 10017), (status, VirtualVenue.Parse(body).GetProperty("retCode").GetInt32()));
    }

    [Fact]
    public void More_than_600_requests_in_5_seconds_are_too_many_and_then_the_address_is_banned()
    {
        for (var i = 0; i < 600; i++)
        {
            _venue.Get("/v5/market/time");
        }

        var limited = _venue.Venue.Answer(RestCall.Get("/v5/market/time"));
        Assert.Equal(10006, VirtualVenue.Parse(Encoding.UTF8.GetString(limited.Body)).GetProperty("retCode").GetInt32());
        Assert.Contains(("X-Bapi-Limit-Status", "0"), limited.Headers);
        for (var i = 0; i < 20; i++)
        {
            _venue.TryGet("/v5/market/time");
        }

        Assert.Equal((403, "403, access too frequent"), _venue.TryGet("/v5/market/time"));
        _venue.Run(590);
        Assert.Equal(403, _venue.TryGet("/v5/market/time").Status);
        _venue.Run(20);
        Assert.Equal(200, _venue.TryGet("/v5/market/time").Status);
    }

    [Fact]
    public void Instruments_come_by_pages()
    {
        var first = Result("instruments-info", ("limit", "1"));
        var cursor = first.GetProperty("nextPageCursor").GetString()!;
        var second = Result("instruments-info", ("limit", "1"), ("cursor", cursor));
        var decoded = Result("instruments-info", ("limit", "1"), ("cursor", Uri.UnescapeDataString(cursor)));

        Assert.Equal("BTCUSDT", first.GetProperty("list")[0].GetProperty("symbol").GetString());
        Assert.Equal("ETHUSDT", second.GetProperty("list")[0].GetProperty("symbol").GetString());
        Assert.Equal(second.GetRawText(), decoded.GetRawText());
        Assert.Equal("", second.GetProperty("nextPageCursor").GetString());
        Assert.Equal("0.10", first.GetProperty("list")[0].GetProperty("priceFilter").GetProperty("tickSize").GetString());
        Assert.Equal(480, first.GetProperty("list")[0].GetProperty("fundingInterval").GetInt32());
    }

    [Fact]
    public void Histories_are_newest_first_and_pages_join()
    {
        var first = Result("open-interest", ("symbol", "BTCUSDT"), ("intervalTime", "5min"), ("limit", "3"));
        var next = Result("open-interest", ("symbol", "BTCUSDT"), ("intervalTime", "5min"), ("limit", "3"), ("cursor", first.GetProperty("nextPageCursor").GetString()!));
        var both = Result("open-interest", ("symbol", "BTCUSDT"), ("intervalTime", "5min"), ("limit", "6"));

        Assert.Equal(
            both.GetProperty("list").EnumerateArray().Select(static row => row.GetRawText()),
            first.GetProperty("list").EnumerateArray().Concat(next.GetProperty("list").EnumerateArray()).Select(static row => row.GetRawText()), StringComparer.Ordinal);
        Assert.Equal(300_000, Time(both, 0, "timestamp") - Time(both, 1, "timestamp"));
        Assert.Equal(8 * 3_600_000, Time(Result("funding/history", ("symbol", "BTCUSDT")), 0, "fundingRateTimestamp") - Time(Result("funding/history", ("symbol", "BTCUSDT")), 1, "fundingRateTimestamp"));
        Assert.Equal(50, Result("account-ratio", ("symbol", "BTCUSDT"), ("period", "1h")).GetProperty("list").GetArrayLength());
    }

    [Fact]
    public void Candles_from_a_start_go_forward_and_before_an_end_go_back()
    {
        var now = _venue.Venue.Schedule.Milliseconds;
        var all = Result("kline", ("symbol", "BTCUSDT"), ("interval", "60"), ("limit", "1000")).GetProperty("list");
        Assert.Equal(1000, all.GetArrayLength());
        Assert.True(Open(all[0]) > Open(all[1]));
        Assert.InRange(now - Open(all[0]), 0, 3_599_999);

        var start = Open(all[500]);
        var forward = Result("kline", ("symbol", "BTCUSDT"), ("interval", "60"), ("start", $"{start}"), ("limit", "2")).GetProperty("list");
        var backward = Result("kline", ("symbol", "BTCUSDT"), ("interval", "60"), ("start", "1"), ("end", $"{start}"), ("limit", "2")).GetProperty("list");
        Assert.Equal([Open(all[499]), start], forward.EnumerateArray().Select(Open));
        Assert.Equal([start, Open(all[501])], backward.EnumerateArray().Select(Open));
        foreach (var kind in new[] { "mark-price-kline", "index-price-kline" })
        {
            var marks = Result(kind, ("symbol", "BTCUSDT"), ("interval", "60")).GetProperty("list");
            Assert.Equal((200, 5), (marks.GetArrayLength(), marks[0].GetArrayLength()));
            Assert.Equal(marks[1][4].GetString(), marks[0][1].GetString());
        }
    }

    [Fact]
    public void The_clock_is_told_in_seconds_and_nanoseconds()
    {
        var time = Result("time");
        Assert.StartsWith(time.GetProperty("timeSecond").GetString()!, time.GetProperty("timeNano").GetString()!, StringComparison.Ordinal);
    }

    private JsonElement Result(string path, params (string Name, string Value)[] query)
    {
        var answer = _venue.Get("/v5/market/" + path, [("category", "linear"), .. query]);
        Assert.Equal(0, answer.GetProperty("retCode").GetInt32());
        return answer.GetProperty("result");
    }

    private static long Open(JsonElement row) => long.Parse(row[0].GetString()!);

    private static long Time(JsonElement result, int row, string name) => long.Parse(result.GetProperty("list")[row].GetProperty(name).GetString()!);
}
