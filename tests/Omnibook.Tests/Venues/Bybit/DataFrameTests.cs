using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Bybit;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Trades, tickers and liquidations; the frames are those of the venue's pages.</summary>
public sealed class DataFrameTests
{
    private readonly FrameDesk _desk = BybitDesk.Open();

    [Fact]
    public void Trades_are_read_in_the_order_of_the_match()
    {
        var outcome = _desk.Hear("""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"RPI":false,"seq":1783284617},{"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"2","p":"16578","L":"ZeroMinusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023b0","BT":false}]}""");

        Assert.Equal(FrameOutcome.Data(2), outcome);
        Assert.Equal(
            [
                new Trade(default, BybitTradeId.Of("20f43950-d8dd-5b31-9112-a178eb6023af"u8), new Price(1657850), new Quantity(1), TakerSide.Buy, At(1672304486865)),
                new Trade(default, BybitTradeId.Of("20f43950-d8dd-5b31-9112-a178eb6023b0"u8), new Price(1657800), new Quantity(2000), TakerSide.Sell, At(1672304486866)),
            ],
            _desk.Seen.Trades);
    }

    [Theory]
    [InlineData("\"S\":\"Buy\"", "\"S\":\"Both\"")]
    [InlineData("\"v\":\"0.001\"", "\"v\":\"0\"")]
    [InlineData("\"p\":\"16578.50\"", "\"p\":null")]
    [InlineData("\"i\":\"20f4\"", "\"i\":\"\"")]
    [InlineData("}]}", "},7]}")]
    public void One_bad_trade_costs_the_frame(string good, string bad)
    {
        const string Frame = """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Sell","v":"1","p":"16578","i":"a"},{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","i":"20f4"}]}""";
        Assert.Equal(FrameKind.Malformed, _desk.Hear(Frame.Replace(good, bad, StringComparison.Ordinal)).Kind);
        Assert.Equal(0, _desk.Batch.Count);
    }

    [Fact]
    public void Numbers_of_trades_are_stable_distinct_and_never_negative()
    {
        var random = new Random(3);
        var ids = new HashSet<long>();
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            var text = System.Text.Encoding.ASCII.GetBytes(new Guid(bytes).ToString());
            var id = BybitTradeId.Of(text);
            Assert.True(id >= 0);
            Assert.Equal(id, BybitTradeId.Of(text));
            Assert.True(ids.Add(id));
        }

        Assert.Equal(2100000000007764263, BybitTradeId.Of("2100000000007764263"u8));
        Assert.Equal(0x20f43950d8dd5b31 ^ 0x1112a178eb6023af, BybitTradeId.Of("20f43950-d8dd-5b31-9112-a178eb6023af"u8));
    }

    [Fact]
    public void A_ticker_is_a_snapshot_and_then_what_changed()
    {
        var outcome = _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","tickDirection":"MinusTick","lastPrice":"66666.60","markPrice":"66666.60","indexPrice":"115418.19","openInterest":"492373.72","openInterestValue":"32824881841.75","fundingIntervalHour":"8","fundingCap":"0.005","nextFundingTime":"1760342400000","fundingRate":"-0.005","bid1Price":"66666.60","preOpenPrice":"","preQty":"","curPreListingPhase":""},"cs":9532239429,"ts":1760325052630}""");

        Assert.Equal(FrameOutcome.Data(3), outcome);
        Assert.Equal([new MarkPrice(default, new Price(666_666_000_000_000), new Price(1_154_181_900_000_000), At(1760325052630))], _desk.Seen.Marks);
        Assert.Equal([new Funding(default, -5_000_000_000, Timestamp.FromMilliseconds(1760342400000), TimeSpan.FromHours(8), At(1760325052630))], _desk.Seen.Fundings);
        Assert.Equal([new OpenInterest(default, new Quantity(246_186_860), At(1760325052630))], _desk.Seen.OpenInterests);

        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"66667.10","bid1Size":"11.2"},"cs":9532239430,"ts":1760325052730}""");
        Assert.Equal([new MarkPrice(default, new Price(666_671_000_000_000), new Price(1_154_181_900_000_000), At(1760325052730))], _desk.Seen.Marks);
        Assert.Empty(_desk.Seen.Fundings);
        Assert.Empty(_desk.Seen.OpenInterests);

        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","fundingRate":"0.0001"},"cs":9532239431,"ts":1760325052830}""");
        Assert.Equal([new Funding(default, 100_000_000, Timestamp.FromMilliseconds(1760342400000), TimeSpan.FromHours(8), At(1760325052830))], _desk.Seen.Fundings);

        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","bid1Size":"11.3"},"cs":9532239431,"ts":1760325052830}""");
        Assert.Empty(_desk.Seen.Texts);
    }

    [Theory]
    [InlineData(""" "openInterest":"10","singleOpenInterest":"5.5" """)]
    [InlineData(""" "singleOpenInterest":"5.5","openInterest":"10" """)]
    [InlineData(""" "openInterest":"11" """)]
    public void Open_interest_is_of_one_side(string fields)
    {
        _desk.Hear($$$"""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT",{{{fields}}}},"cs":1,"ts":1760325052630}""");
        Assert.Equal(new Quantity(5500), Assert.Single(_desk.Seen.OpenInterests).Quantity);
    }

    [Fact]
    public void A_ticker_that_cannot_be_read_changes_nothing()
    {
        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"5","indexPrice":"6"},"cs":1,"ts":1760325052630}""");
        Assert.Equal(FrameKind.Malformed, _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","indexPrice":"9","markPrice":"abc"},"cs":1,"ts":1760325052630}""").Kind);
        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"7"},"cs":1,"ts":1760325052630}""");
        Assert.Equal(new Price(60_000_000_000), Assert.Single(_desk.Seen.Marks).Index);
    }

    [Fact]
    public void A_new_snapshot_forgets_what_was_merged()
    {
        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"5","indexPrice":"6"},"cs":1,"ts":1760325052630}""");
        _desk.Hear("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"7"},"cs":1,"ts":1760325052630}""");
        Assert.Equal(new Price(0), Assert.Single(_desk.Seen.Marks).Index);
    }

    [Fact]
    public void A_liquidated_long_is_a_sell_order()
    {
        var outcome = _desk.Hear("""{"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":1739502303204,"data":[{"T":1739502302929,"s":"BTCUSDT","S":"Buy","v":"20","p":"64499.5"},{"T":1739502302930,"s":"BTCUSDT","S":"Sell","v":"1","p":"64499.517"}]}""");

        Assert.Equal(FrameOutcome.Data(4), outcome);
        Assert.Equal(
            [
                new Liquidation(default, TakerSide.Sell, new Price(6449950), new Quantity(20_000), At(1739502302929)),
                new Liquidation(default, TakerSide.Buy, new Price(6449952), new Quantity(1000), At(1739502302930)),
            ],
            _desk.Seen.Liquidations);
    }

    private static EventTimes At(long milliseconds) => new(Timestamp.FromMilliseconds(milliseconds), FrameDesk.Noon);
}
