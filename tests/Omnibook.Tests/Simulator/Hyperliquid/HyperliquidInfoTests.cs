using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Hyperliquid;

public class HyperliquidInfoTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Hyperliquid();

    [Fact]
    public void The_builder_dexes_live_on_testnet_only()
    {
        var main = VirtualVenue.Hyperliquid("hyperliquid");

        Assert.Equal(["merrli:BTC", "sekaw:BTC", "btcx:BTC-FEUSD"], _venue.Venue.Markets.Keys.Skip(4), StringComparer.Ordinal);
        Assert.Equal(["BTC", "ETH", "SOL", "HYPE"], main.Venue.Markets.Keys, StringComparer.Ordinal);
        Assert.Equal("null", main.TryInfo("""{"type":"l2Book","coin":"merrli:BTC"}""").Body);
        Assert.Equal("[null]", main.TryInfo("""{"type":"perpDexs"}""").Body);
    }

    [Fact]
    public void Prices_have_at_most_five_significant_figures_unless_whole_and_sizes_the_coins_decimals()
    {
        _venue.Run(10);
        foreach (var (name, decimals) in new[] { ("BTC", 5), ("ETH", 4), ("SOL", 2), ("HYPE", 2), ("merrli:BTC", 5), ("sekaw:BTC", 5), ("btcx:BTC-FEUSD", 5) })
        {
            var levels = _venue.Info($$"""{"type":"l2Book","coin":"{{name}}"}""").GetProperty("levels");
            foreach (var level in levels.EnumerateArray().SelectMany(static side => side.EnumerateArray()))
            {
                var (px, sz) = (level.GetProperty("px").GetString()!, level.GetProperty("sz").GetString()!);
                var digits = px.Replace(".0", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0').Length;
                Assert.True(digits <= 5 || px.EndsWith(".0", StringComparison.Ordinal), px);
                Assert.True(sz.Split('.')[1].Length <= Math.Max(1, decimals), sz);
                Assert.True(level.GetProperty("n").GetInt32() > 0);
            }
        }
    }

    [Fact]
    public void The_three_bitcoin_books_of_the_builders_stand_near_each_other()
    {
        var mids = new[] { "merrli", "sekaw", "btcx" }.Select(dex => _venue.Info($$"""{"type":"allMids","dex":"{{dex}}"}""").EnumerateObject().Single().Value);
        Assert.All(mids, static mid => Assert.InRange(LocalBook.Number(mid), 99_000, 121_000));
        Assert.Equal(4, _venue.Info("""{"type":"allMids"}""").EnumerateObject().Count());
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 5)]
    [InlineData(2, null)]
    public void An_aggregated_book_joins_levels_and_tells_its_spread(int figures, int? mantissa)
    {
        var book = _venue.Info($$"""{"type":"l2Book","coin":"ETH","nSigFigs":{{figures}},"mantissa":{{mantissa?.ToString() ?? "null"}}}""");
        var (bid, ask) = (book.GetProperty("levels")[0], book.GetProperty("levels")[1]);
        var step = figures switch { 5 => 0.1m * mantissa!.Value, 4 => 1m, _ => 100m };

        Assert.All(bid.EnumerateArray().Concat(ask.EnumerateArray()), level => Assert.Equal(0, LocalBook.Number(level.GetProperty("px")) % step));
        Assert.Equal(LocalBook.Number(ask[0].GetProperty("px")) - LocalBook.Number(bid[0].GetProperty("px")), LocalBook.Number(book.GetProperty("spread")));
    }

    [Theory]
    [InlineData("""{"type":"nosuch"}""", 422, "Failed to deserialize the JSON body into the target type")]
    [InlineData("""{"type":"l2Book"}""", 422, "Failed to deserialize the JSON body into the target type")]
    [InlineData("""{"type":"clearinghouseState","user":"0x12"}""", 422, "Failed to deserialize the JSON body into the target type")]
    [InlineData("""{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":-5}}""", 422, "Failed to deserialize the JSON body into the target type")]
    [InlineData("{", 400, "Failed to parse the request body as JSON")]
    [InlineData("""{"type":"meta","dex":"nosuch"}""", 500, "null")]
    [InlineData("""{"type":"fundingHistory","coin":"NOSUCH","startTime":0}""", 500, "null")]
    [InlineData("""{"type":"l2Book","coin":"NOSUCH"}""", 200, "null")]
    public void A_bad_request_is_answered_as_the_venue_does(string json, int status, string body) => Assert.Equal((status, body), _venue.TryInfo(json));

    [Fact]
    public void Only_json_that_is_posted_to_info_is_answered()
    {
        Assert.Equal(405, _venue.TryGet("/info").Status);
        Assert.Equal(404, _venue.TryGet("/nowhere").Status);
        Assert.Equal(415, _venue.Venue.Answer(RestCall.Post("/info", "{}") with { ContentType = "text/plain" }).Status);
    }

    [Fact]
    public void More_than_1200_of_weight_in_a_minute_is_429()
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(200, _venue.TryInfo("""{"type":"meta"}""").Status);
        }

        Assert.Equal(429, _venue.TryInfo("""{"type":"l2Book","coin":"BTC"}""").Status);
        _venue.Run(61);
        Assert.Equal(200, _venue.TryInfo("""{"type":"l2Book","coin":"BTC"}""").Status);
    }

    [Fact]
    public void Contexts_are_joined_to_the_universe_by_index()
    {
        var both = _venue.Info("""{"type":"metaAndAssetCtxs","dex":"btcx"}""");
        Assert.Equal("btcx:BTC-FEUSD", both[0].GetProperty("universe")[0].GetProperty("name").GetString());
        Assert.Equal(both[0].GetProperty("universe").GetArrayLength(), both[1].GetArrayLength());
        Assert.Equal(1204, both[0].GetProperty("collateralToken").GetInt32());
        Assert.Equal(4, _venue.Info("""{"type":"allPerpMetas"}""").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, _venue.Info("""{"type":"perpDexs"}""")[0].ValueKind);
    }

    [Fact]
    public void Funding_history_is_hourly_and_at_most_500_rows_long()
    {
        var rows = _venue.Info($$"""{"type":"fundingHistory","coin":"BTC","startTime":{{_venue.Venue.Schedule.Milliseconds - 700 * 3_600_000L}}}""");
        Assert.Equal(500, rows.GetArrayLength());
        Assert.All(rows.EnumerateArray(), static row => Assert.InRange(row.GetProperty("time").GetInt64() % 3_600_000, 1, 118));
    }

    [Fact]
    public void Candles_reach_to_now_and_no_further_back_than_5000()
    {
        var now = _venue.Venue.Schedule.Milliseconds;
        var hours = _venue.Info("""{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1h","startTime":0}}""");
        Assert.InRange(hours.GetArrayLength(), 4900, 5001);
        Assert.InRange(now - hours[hours.GetArrayLength() - 1].GetProperty("t").GetInt64(), 0, 3_600_000);
    }
}
