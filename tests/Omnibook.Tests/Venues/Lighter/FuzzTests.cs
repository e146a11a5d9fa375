namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Damaged frames of Lighter.</summary>
public sealed class FuzzTests() : SessionFuzz(new Seeds(
    () => LighterDesk.Open(),
    """{"channel":"order_book:0","type":"update/order_book","order_book":""",
    [
        """{"type":"subscribed/order_book","channel":"order_book:1","last_updated_at":1776692222420103,"offset":52072043,"timestamp":1776692222437,"order_book":{"code":0,"asks":[{"price":"75300.5","size":"0.08303"}],"bids":[{"price":"75300.4","size":"0.00117"}],"offset":52072043,"nonce":10382292136,"last_updated_at":1776692222420103,"begin_nonce":0}}""",
        """{"channel":"order_book:0","last_updated_at":1774884082309144,"offset":1558300,"order_book":{"code":0,"asks":[{"price":"2064.54","size":"0.3285"},{"price":"2064.55","size":"0.0000"}],"bids":[],"offset":1558300,"nonce":9182390020,"last_updated_at":1774884082309144,"begin_nonce":9182389998},"timestamp":1774884082326,"type":"update/order_book"}""",
        """{"channel":"order_book:1","offset":1347365,"order_book":{"code":0,"asks":[],"bids":[{"price":"121040.8","size":"0.00000"}],"offset":1347365},"timestamp":1760041996048,"type":"update/order_book"}""",
    ],
    [
        """{"channel":"trade:0","liquidation_trades":[],"nonce":1,"trades":[{"trade_id":16164557908,"type":"trade","size":"0.1336","price":"2181.83","is_maker_ask":false,"timestamp":1773854156654,"transaction_time":1773854156686065},{"trade_id":16164557907,"type":"trade","size":"1","price":"2181.83","is_maker_ask":true,"timestamp":1773854156654}],"type":"update/trade"}""",
        """{"channel":"market_stats:1","market_stats":{"symbol":"BTC","index_price":"64400.1","mark_price":"64356.3","open_interest":"102123609.308856","current_funding_rate":"-0.0028","funding_timestamp":1780545600001},"timestamp":1780546209291,"type":"update/market_stats"}""",
        """{"channel":"ticker:0","last_updated_at":1778138260508118,"nonce":904895,"ticker":{"s":"ETH","a":{"price":"2325.00","size":"99.0000"},"b":{"price":"2000.00","size":"0.0200"}},"timestamp":1778138582640,"type":"update/ticker"}""",
        """{"channel":"market_stats:all","market_stats":{"0":{"mark_price":"2064.47","open_interest":"27250.8411"},"1":{"mark_price":"64356.3"}},"timestamp":1774883844933,"type":"update/market_stats"}""",
    ],
    [
        """{"error":{"code":30003,"message":"Already Subscribed to : ticker:1"}}""",
        """{"type":"unsubscribed","channel":"order_book:0"}""",
    ]));
