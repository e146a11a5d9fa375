using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Trades, statistics and tickers; the frames are those of the venue's pages.</summary>
public sealed class DataFrameTests
{
    private readonly FrameDesk _desk = LighterDesk.Open();

    [Fact]
    public void A_trade_is_read_field_by_field()
    {
        var outcome = _desk.Hear($$"""{"channel":"trade:0","liquidation_trades":[],"nonce":8630448841,"trades":[{{Trade(16164557907)}}],"type":"update/trade"}""");
        Assert.Equal(FrameOutcome.Data(LighterDesk.StreamOf("trade/0")), outcome);
        Assert.Equal(
            [new Trade(default, 16164557907, new Price(218183), new Quantity(1336), TakerSide.Sell, new EventTimes(new Timestamp(1773854156686065_000), FrameDesk.Noon))],
            _desk.Seen.Trades);
    }

    [Fact]
    public void Trades_are_told_in_the_order_of_the_market_although_frames_have_the_newest_first()
    {
        Update(Trade(12), Trade(11), Trade(10));
        Assert.Equal([10, 11, 12], _desk.Seen.Trades.Select(trade => trade.TradeId));
    }

    [Fact]
    public void The_takers_side_is_the_other_one_than_the_makers()
    {
        Update(Trade(1).Replace("\"is_maker_ask\":false", "\"is_maker_ask\":true", StringComparison.Ordinal));
        Assert.Equal(TakerSide.Buy, Assert.Single(_desk.Seen.Trades).TakerSide);
    }

    [Theory]
    [InlineData("liquidation")]
    [InlineData("deleverage")]
    public void A_forced_trade_is_a_trade_and_a_liquidation(string type)
    {
        _desk.Hear($$"""{"channel":"trade:0","nonce":1,"trades":null,"liquidation_trades":[{{Trade(5, type)}}],"type":"update/trade"}""");
        Assert.Equal(5, Assert.Single(_desk.Seen.Trades).TradeId);
        var forced = Assert.Single(_desk.Seen.Liquidations);
        Assert.Equal((TakerSide.Sell, new Price(218183), new Quantity(1336)), (forced.OrderSide, forced.Price, forced.Quantity));
    }

    [Fact]
    public void A_settlement_is_no_trade()
    {
        Update(Trade(5, "market-settlement"));
        Assert.Empty(_desk.Seen.Texts);
    }

    [Theory]
    [InlineData("""{"channel":"trade:0","nonce":1,"trades":null,"liquidation_trades":null,"type":"update/trade"}""")]
    [InlineData("""{"channel":"trade:0","nonce":1,"trades":[],"type":"update/trade"}""")]
    [InlineData("""{"channel":"trade:0","nonce":1,"type":"update/trade"}""")]
    public void Lists_may_be_null_or_missing(string frame)
    {
        Assert.Equal(FrameKind.Data, _desk.Hear(frame).Kind);
        Assert.Empty(_desk.Seen.Texts);
    }

    [Fact]
    public void The_latest_trades_of_the_first_subscription_are_from_before_we_listened()
    {
        Assert.Equal(FrameKind.Data, Subscribed(_desk, Trade(12), Trade(10)).Kind);
        Assert.Empty(_desk.Seen.Texts);

        Update(Trade(13), Trade(11));
        Assert.Equal([11, 13], _desk.Seen.Trades.Select(trade => trade.TradeId));
    }

    [Fact]
    public void The_latest_trades_after_a_reconnect_fill_the_hole()
    {
        var venue = LighterDesk.Venue;
        Subscribed(LighterDesk.Open(venue), Trade(12), Trade(10));

        var second = LighterDesk.Open(venue);
        Subscribed(second, Trade(15), Trade(13, "liquidation"), Trade(12), Trade(10));
        Assert.Equal([13, 15], second.Seen.Trades.Select(trade => trade.TradeId));
        Assert.Single(second.Seen.Liquidations);

        // The trades are recognised by their numbers further on; a liquidation has none, so it is told once.
        var third = LighterDesk.Open(venue);
        Subscribed(third, Trade(15), Trade(13, "liquidation"), Trade(12));
        Assert.Equal([13, 15], third.Seen.Trades.Select(trade => trade.TradeId));
        Assert.Empty(third.Seen.Liquidations);
    }

    [Theory]
    [InlineData("\"trade_id\":5,", "")]
    [InlineData("\"size\":\"0.1336\"", "\"size\":\"0\"")]
    [InlineData("\"price\":\"2181.83\"", "\"price\":\"NaN\"")]
    [InlineData("\"is_maker_ask\":false", "\"is_maker_ask\":null")]
    public void One_bad_trade_costs_the_frame(string good, string bad)
    {
        Assert.Equal(FrameKind.Malformed, Update(Trade(6), Trade(5).Replace(good, bad, StringComparison.Ordinal)).Kind);
        Assert.Equal(0, _desk.Batch.Count);
    }

    [Fact]
    public void Statistics_give_mark_funding_and_open_interest()
    {
        var outcome = _desk.Hear("""{"channel":"market_stats:1","market_stats":{"symbol":"BTC","market_id":1,"index_price":"64400.1","mark_price":"64356.3","mid_price":"64349.7","open_interest":"102123609.308856","open_interest_limit":"72057594037927936.000000","funding_clamp_small":"0.0500","current_funding_rate":"-0.0028","funding_rate":"-0.0005","funding_timestamp":1780545600001,"daily_price_low":61376.4},"timestamp":1780546209291,"type":"update/market_stats"}""");

        Assert.Equal(FrameOutcome.Data(LighterDesk.StreamOf("market_stats/1")), outcome);
        var times = new EventTimes(Timestamp.FromMilliseconds(1780546209291), FrameDesk.Noon);
        Assert.Equal([new MarkPrice(new InstrumentId(1), new Price(643_563_000_000_000), new Price(644_001_000_000_000), times)], _desk.Seen.Marks);

        // -0.0028 per cent an hour is a fraction of -0.000028, next paid an hour after the last payment.
        Assert.Equal([new Funding(new InstrumentId(1), -28_000_000, Timestamp.FromMilliseconds(1780549200000), TimeSpan.FromHours(1), times)], _desk.Seen.Fundings);

        // 102123609.308856 / 64356.3 = 1586.847123…
        Assert.Equal([new OpenInterest(new InstrumentId(1), new Quantity(158_684_712), times)], _desk.Seen.OpenInterests);
    }

    [Fact]
    public void Open_interest_with_the_markets_decimals_is_in_base_assets()
    {
        _desk.Hear("""{"channel":"market_stats:0","market_stats":{"mark_price":"2064.47","open_interest":"27250.8411"},"timestamp":1774883844933,"type":"update/market_stats"}""");
        Assert.Equal(new Quantity(272508411), Assert.Single(_desk.Seen.OpenInterests).Quantity);
    }

    [Fact]
    public void Statistics_of_all_markets_are_taken_for_those_that_are_followed()
    {
        const string Frame = """{"channel":"market_stats:all","market_stats":{"0":{"mark_price":"2064.47"},"77":{"mark_price":"nonsense"},"1":{"mark_price":"64356.3"}},"timestamp":1774883844933,"type":"update/market_stats"}""";
        Assert.Equal(FrameOutcome.Data(-1), _desk.Hear(Frame));
        Assert.Equal([0, 1], _desk.Seen.Marks.Select(mark => mark.Instrument.Index));

        Assert.Equal(FrameKind.Malformed, _desk.Hear(Frame.Replace("64356.3", "64,356", StringComparison.Ordinal)).Kind);
        Assert.Equal(0, _desk.Batch.Count);
    }

    [Fact]
    public void A_ticker_is_the_top_of_the_book()
    {
        Assert.Equal(
            FrameOutcome.Data(LighterDesk.StreamOf("ticker/0")),
            _desk.Hear("""{"channel":"ticker:0","last_updated_at":1778138260508118,"nonce":904895,"ticker":{"s":"ETH","a":{"price":"2325.00","size":"99.0000"},"b":{"price":"2000.00","size":"0.0200"},"last_updated_at":1778138260508118},"timestamp":1778138582640,"type":"subscribed/ticker"}"""));
        var top = Assert.Single(_desk.Seen.Tops);
        Assert.Equal(["2000 0.02", "2325 99"], FrameDesk.Levels(LighterDesk.Ether, [top.Bid, top.Ask]));
        Assert.Equal(new Timestamp(1778138260508118_000), top.Times.VenueTime);
    }

    [Theory]
    [InlineData("""{"a":{"price":"","size":""},"b":{"price":"","size":""},"last_updated_at":0,"s":"ETH"}""", 1)]
    [InlineData("""{"b":{},"s":"ETH"}""", 0)]
    [InlineData("""{"a":null,"b":{"price":"1","size":"1"},"s":"ETH"}""", 0)]
    public void A_side_may_be_empty_or_missing(string ticker, int tops)
    {
        Assert.Equal(FrameKind.Data, _desk.Hear($$"""{"channel":"ticker:0","nonce":1,"ticker":{{ticker}},"timestamp":1778138582640,"type":"update/ticker"}""").Kind);
        Assert.Equal(tops, _desk.Seen.Tops.Count);
    }

    private static string Trade(long id, string type = "trade") =>
        $$"""{"trade_id":{{id}},"trade_id_str":"{{id}}","tx_hash":"019f2b9c","type":"{{type}}","market_id":0,"size":"0.1336","price":"2181.83","usd_amount":"291.492488","is_maker_ask":false,"block_height":198321831,"timestamp":1773854156654,"taker_fee":196,"transaction_time":1773854156686065}""";

    private static FrameOutcome Subscribed(FrameDesk desk, params string[] trades) =>
        desk.Hear($$"""{"channel":"trade:0","liquidation_trades":[],"nonce":1,"trades":[{{string.Join(',', trades)}}],"type":"subscribed/trade"}""");

    private FrameOutcome Update(params string[] trades) =>
        _desk.Hear($$"""{"channel":"trade:0","liquidation_trades":[],"nonce":1,"trades":[{{string.Join(',', trades)}}],"type":"update/trade"}""");
}
