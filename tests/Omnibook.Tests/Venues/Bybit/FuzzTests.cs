namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Damaged frames of Bybit.</summary>
public sealed class FuzzTests() : SessionFuzz(new Seeds(
    () => BybitDesk.Open(),
    """{"topic":"orderbook.200.BTCUSDT","type":"delta","data":""",
    [
        """{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"],["16493.00","0.100"]],"a":[["16611.00","0.029"]],"u":18521288,"seq":7961638724},"cts":1672304484976}""",
        """{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30240.00","0"]],"a":[["30248.70","0"]],"u":18521289,"seq":66544703342},"cts":1687940967464}""",
        """{"topic":"orderbook.1.BTCUSDT","ts":1672304484978,"type":"snapshot","data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[],"u":18521288,"seq":7961638724},"cts":1672304484976}""",
    ],
    [
        """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","i":"20f43950-d8dd-5b31-9112-a178eb6023af"},{"T":1672304486866,"S":"Sell","v":"2","p":"16578","i":"20f43950-d8dd-5b31-9112-a178eb6023b0"}]}""",
        """{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"66666.60","indexPrice":"115418.19","openInterest":"492373.72","nextFundingTime":"1760342400000","fundingRate":"-0.005"},"cs":9532239429,"ts":1760325052630}""",
        """{"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":1739502303204,"data":[{"T":1739502302929,"s":"BTCUSDT","S":"Sell","v":"20","p":"64499.5"}]}""",
    ],
    [
        """{"success":true,"ret_msg":"","conn_id":"3cd84cb1","req_id":"s-0-5","op":"subscribe"}""",
        """{"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTCUSDT","conn_id":"1","req_id":"u-2-1","op":"unsubscribe"}""",
    ]));
