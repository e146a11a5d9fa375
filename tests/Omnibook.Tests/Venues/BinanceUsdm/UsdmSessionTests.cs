using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.BinanceUsdm;

public sealed class UsdmSessionTests
{
    private const string Depth =
        """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1726048000140,"T":1726048000123,"s":"BTCUSDT","ps":"BTCUSDT","st":1,"U":10,"u":20,"pu":5,"b":[["100.00","1.5"]],"a":[["101.00","0"]]}}""";

    private const string Trade =
        """{"e":"trade","E":1726048000140,"T":1726048000123,"s":"BTCUSDT","t":7,"p":"100.00","q":"0.014","X":"MARKET","m":true,"st":1}""";

    private const string Aggregate =
        """{"e":"aggTrade","E":1726048000140,"s":"BTCUSDT","a":8,"p":"100.00","q":"0.014","nq":"0.014","f":7,"l":7,"T":1726048000123,"m":false,"st":1}""";

    [Theory]
    [InlineData("""{"result":null,"id":1}""", FrameKind.Acknowledged, null)]
    [InlineData("""{ "id": "1", "result": null }""", FrameKind.Acknowledged, null)]
    [InlineData("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}""", FrameKind.Refused, "4 Too many subscriptions")]
    [InlineData("""{"code":2,"msg":"Invalid request: missing field `id`","id":null}""", FrameKind.Refused, "2 Invalid request: missing field `id`")]
    [InlineData("""{"result":["btcusdt@depth@100ms"],"id":3}""", FrameKind.Unknown, null)]
    [InlineData("""{"e":"serverShutdown","E":1726048000140}""", FrameKind.Closing, null)]
    [InlineData("""{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":{"t":1638747660000,"e":"no"}}""", FrameKind.Unknown, null)]
    [InlineData("""{"e":"TRADE_LITE","s":"BTCUSDT"}""", FrameKind.Unknown, "TRADE_LITE")]
    [InlineData("[]", FrameKind.Unknown, null)]
    [InlineData("{}", FrameKind.Unknown, null)]
    public void Frames_without_market_data_are_told_apart(string frame, FrameKind kind, string? detail)
    {
        var batch = new EventBatch();

        var outcome = Usdm.Planned("public", Usdm.Bitcoin).Translate(frame, batch);

        Assert.Equal((kind, detail, 0), (outcome.Kind, outcome.Detail, batch.Count));
    }

    [Fact]
    public void An_update_covers_what_lies_after_the_update_before()
    {
        var told = Usdm.Planned("public", Usdm.Bitcoin).Told(Depth);

        Assert.Contains("Kind = Data, Stream = 0", told, StringComparison.Ordinal);
        Assert.Contains("First = 6, Last = 20", told, StringComparison.Ordinal);
        Assert.Contains("Units = 10000 }, Quantity = Quantity { Units = 1500 }", told, StringComparison.Ordinal);
        Assert.Contains("Nanoseconds = 1726048000123000000", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"U\":10", "\"U\":21")]
    [InlineData("\"pu\":5", "\"pu\":20")]
    [InlineData("\"pu\":5", "\"pu\":-2")]
    [InlineData("\"pu\":5,", "")]
    [InlineData("\"pu\":5", "\"pu\":9223372036854775807")]
    [InlineData("\"U\":10", "\"U\":null")]
    [InlineData("[[\"101.00\",\"0\"]]", "null")]
    [InlineData("100.00", "0.00")]
    [InlineData("100.00", "-1.00")]
    [InlineData("100.00", "100.001")]
    [InlineData("1.5", "-1.5")]
    [InlineData("1.5", "NaN")]
    [InlineData("1.5", "Infinity")]
    [InlineData("1.5", "1e400")]
    [InlineData("1.5", "")]
    [InlineData("1.5", "abc")]
    [InlineData("1.5", "1,5")]
    [InlineData("\"1.5\"", "null")]
    [InlineData("\"1.5\"", "{}")]
    [InlineData("1.5", "1.123456789012345678901234567890")]
    [InlineData("1.5", "1234567890123456789012345")]
    [InlineData("[\"100.00\",\"1.5\"]", "[\"100.00\"]")]
    [InlineData("[\"100.00\",\"1.5\"]", "\"100.00\"")]
    [InlineData("}}", "}")]
    [InlineData("}}", "}}x")]
    [InlineData("\"s\":\"BTCUSDT\",", "")]
    [InlineData("\"s\":\"BTCUSDT\",", "\"s\":\"\\ud800\",")]
    public void What_cannot_be_is_malformed_and_leaves_nothing(string good, string bad)
    {
        var batch = new EventBatch();
        var frame = Depth.Replace(good, bad, StringComparison.Ordinal);

        var outcome = Usdm.Planned("public", Usdm.Bitcoin).Translate(frame, batch);

        Assert.NotEqual(Depth, frame);
        Assert.Equal((FrameKind.Malformed, 0, 0), (outcome.Kind, batch.Count, batch.LevelCount));
    }

    [Theory]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("\"1.5\"", "\"1.50000000\"")]
    [InlineData("\"1.5\"", "\"15e-1\"")]
    [InlineData("\"1.5\"", "15E-1")]
    [InlineData("\"U\":10", "\"U\":\"10\"")]
    [InlineData("\"b\":", "\"rpi\":[[[{\"b\":1}]]],\"b\":")]
    [InlineData("\"b\":", "\"b\":[[\"7.00\",\"7\"]],\"b\":")]
    [InlineData("\"1.5\"]", "\"1.5\",\"extra\",[1]]")]
    [InlineData("{\"e\"", "\t{ \"e\"")]
    public void The_same_said_otherwise_is_the_same(string usual, string unusual)
    {
        var frame = Depth.Replace(usual, unusual, StringComparison.Ordinal);

        Assert.NotEqual(Depth, frame);
        Assert.Equal(Usdm.Planned("public", Usdm.Bitcoin).Told(Depth), Usdm.Planned("public", Usdm.Bitcoin).Told(frame));
    }

    [Fact]
    public void Duplicate_keys_are_counted_and_the_last_one_counts()
    {
        var session = Usdm.Planned("public", Usdm.Bitcoin);

        var told = session.Told(Depth.Replace("\"u\":20", "\"u\":19,\"u\":20", StringComparison.Ordinal));

        Assert.Contains("Last = 20", told, StringComparison.Ordinal);
        Assert.Equal(1, session.Oddities.DuplicateKeys);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1726048000")]
    [InlineData("1726048000123000")]
    [InlineData("9999999999999")]
    public void A_time_in_another_unit_is_unknown_and_counted(string time)
    {
        var session = Usdm.Planned("public", Usdm.Bitcoin);

        var told = session.Told(Depth.Replace("1726048000123", time, StringComparison.Ordinal));

        Assert.Contains("VenueTime = Timestamp { Nanoseconds = 0,", told, StringComparison.Ordinal);
        Assert.Equal(1, session.Oddities.UnknownTimes);
    }

    [Theory]
    [InlineData("btcusdt@depth20@100ms")]
    [InlineData("btcusdt@rpiDepth@500ms")]
    [InlineData("btcusdt@depth@500ms")]
    public void Another_stream_with_the_same_event_is_not_applied_to_the_book(string stream)
    {
        var batch = new EventBatch();

        var outcome = Usdm.Planned("public", Usdm.Bitcoin).Translate(Depth.Replace("btcusdt@depth@100ms", stream, StringComparison.Ordinal), batch);

        Assert.Equal((FrameKind.Unknown, 0), (outcome.Kind, batch.Count));
    }

    [Fact]
    public void Coin_margined_contracts_and_unplanned_symbols_are_left_aside()
    {
        var session = Usdm.Planned("public", Usdm.Bitcoin);

        Assert.Equal(FrameKind.Unknown, session.Translate(Depth.Replace("\"st\":1", "\"st\":2", StringComparison.Ordinal), new()).Kind);
        Assert.Equal(FrameKind.Unknown, session.Translate(Depth.Replace("BTCUSDT", "BTCUSD_PERP", StringComparison.Ordinal), new()).Kind);
        Assert.Equal(FrameKind.Unknown, session.Translate(Aggregate, new()).Kind);
    }

    [Theory]
    [InlineData(Trade, Aggregate, 7)]
    [InlineData(Aggregate, Trade, 8)]
    public void Of_two_trade_streams_the_first_counts_and_the_other_does_not(string first, string second, int tradeId)
    {
        var session = Usdm.Session();

        Assert.Contains($"TradeId = {tradeId}", session.Told(first), StringComparison.Ordinal);
        Assert.Equal(FrameKind.Unknown, session.Translate(second, new()).Kind);
        Assert.Contains($"TradeId = {tradeId}", session.Told(first), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"X\":\"MARKET\"", "\"X\":\"NA\"")]
    [InlineData("\"q\":\"0.014\"", "\"q\":\"0\"")]
    public void What_is_no_trade_between_two_traders_is_data_without_an_event(string usual, string unusual)
    {
        var batch = new EventBatch();

        var outcome = Usdm.Session().Translate(Trade.Replace(usual, unusual, StringComparison.Ordinal), batch);

        Assert.Equal((FrameKind.Data, 0), (outcome.Kind, batch.Count));
    }

    [Fact]
    public void An_empty_side_of_the_announced_top_has_quantity_zero()
    {
        var told = Usdm.Session().Told(
            """{"e":"bookTicker","u":400900217,"E":1726048000140,"T":1726048000123,"s":"BTCUSDT","b":"0.00","B":"0.000","a":"25.36","A":"40.66"}""");

        Assert.Contains("Bid = Level { Price = Price { Units = 0 }, Quantity = Quantity { Units = 0 }", told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_price_is_rounded_to_the_scale_and_nothing_else_is()
    {
        var told = Usdm.Session().Told(
            """{"e":"forceOrder","E":1726048000140,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.02","p":"9910","ap":"9910.12545678","X":"FILLED","l":"0.014","z":"0.014","T":1726048000123}}""");

        Assert.Contains("OrderSide = Sell, Price = Price { Units = 991013 }, Quantity = Quantity { Units = 14 }", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_without_funding_has_a_mark_price_alone()
    {
        var told = Usdm.Session().Told(
            """{"e":"markPriceUpdate","E":1726048000140,"s":"BTCUSDT","p":"11794.15","i":"","P":"11784.25641265","r":"","T":0}""");

        Assert.Contains("MarkPrice {", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Funding {", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_malformed()
    {
        var frame = System.Text.Encoding.UTF8.GetBytes(Depth);
        frame[20] = 0xff;

        Assert.Equal(FrameKind.Malformed, Usdm.Session().Translate(frame, Usdm.Now, new EventBatch()).Kind);
    }

    [Fact]
    public void A_thousand_brackets_are_malformed()
    {
        var frame = Depth.Replace("\"ps\":", "\"deep\":" + new string('[', 1000) + new string(']', 1000) + ",\"ps\":", StringComparison.Ordinal);

        Assert.Equal(FrameKind.Malformed, Usdm.Session().Translate(frame, new EventBatch()).Kind);
    }

    [Fact]
    public void A_million_levels_in_one_frame_are_read()
    {
        var levels = string.Join(',', Enumerable.Repeat("""["1.23","4.5"]""", 1_000_000));
        var batch = new EventBatch();

        var outcome = Usdm.Session().Translate(Depth.Replace("""["100.00","1.5"]""", levels, StringComparison.Ordinal), batch);

        Assert.Equal((FrameKind.Data, 1_000_001), (outcome.Kind, batch.LevelCount));
    }

    [Fact]
    public void Market_data_is_translated_without_allocating()
    {
        var session = Usdm.Session();
        var batch = new EventBatch();
        byte[][] frames = [.. new[] { Depth, Trade }.Select(System.Text.Encoding.UTF8.GetBytes)];
        var before = 0L;
        for (var i = 0; i < 2_000; i++)
        {
            before = i == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            session.Translate(frames[i % 2], Usdm.Now, batch);
            batch.Clear();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
