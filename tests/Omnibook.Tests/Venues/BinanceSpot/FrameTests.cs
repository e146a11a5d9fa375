using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.BinanceSpot;

namespace Omnibook.Tests.Venues.BinanceSpot;

public sealed class FrameTests
{
    private static readonly Timestamp Sent = Timestamp.FromMilliseconds(1_723_161_255_208);

    [Fact]
    public void An_update_covers_its_own_numbers()
    {
        var desk = Spot.Open();
        var outcome = desk.Hear("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":157,"u":160,"b":[["61737.63000000","0.00000000"],["61730.17","1.5"]],"a":[["61837.64000000","1.54698000"]]}}""");
        Assert.Equal(FrameOutcome.Data(0), outcome);
        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal((false, 157L, 160L, new EventTimes(Sent, FrameDesk.Noon)), (book.IsSnapshot, book.First, book.Last, book.Times));
        Assert.Equal(["61737.63 0", "61730.17 1.5"], FrameDesk.Levels(Spot.Bitcoin, book.Bids));
        Assert.Equal(["61837.64 1.54698"], FrameDesk.Levels(Spot.Bitcoin, book.Asks));
        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""")]
    [InlineData("""{ "stream":"btcusdt@bookTicker", "data":{"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000","u":50093239212}}""")]
    [InlineData("""{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""")]
    public void The_best_prices_have_neither_name_nor_time(string frame)
    {
        var desk = Spot.Open();
        Assert.Equal(FrameOutcome.Data(1), desk.Hear(frame));
        Assert.Equal(
            [new TopOfBook(
                new InstrumentId(0), 50093239212, new Level(new Price(6183763), new Quantity(378826)), new Level(new Price(6183764), new Quantity(154698)),
                new EventTimes(default, FrameDesk.Noon))],
            desk.Seen.Tops);
        Assert.Equal(0, desk.Session.Oddities.UnknownTimes);
    }

    [Fact]
    public void An_aggregate_is_a_trade()
    {
        var desk = Spot.Open();
        Assert.Equal(FrameOutcome.Data(2), desk.Hear("""{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1723161255210,"s":"BTCUSDT","a":12345,"p":"61837.63000000","q":"0.02000000","f":100,"l":105,"T":1723161255208,"m":true,"M":true}}"""));
        Assert.Equal(
            [new Trade(new InstrumentId(0), 12345, new Price(6183763), new Quantity(2000), TakerSide.Sell, new EventTimes(Sent, FrameDesk.Noon))], desk.Seen.Trades);
        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void A_fill_is_a_trade_where_fills_are_chosen_and_nothing_otherwise()
    {
        const string Fill = """{"stream":"ethusdt@trade","data":{"e":"trade","E":1723161255343,"s":"ETHUSDT","t":3735683259,"p":"2683.10000000","q":"0.02000000","b":88,"a":50,"T":1723161255208,"m":false,"M":true}}""";
        var desk = Spot.Open(new BinanceSpotVenue(Spot.Venue.Id, BinanceSpotVenue.Mainnet, SpotTradeFeed.Fills));
        Assert.Equal(FrameOutcome.Data(5), desk.Hear(Fill));
        Assert.Equal(
            [new Trade(new InstrumentId(1), 3735683259, new Price(268310), new Quantity(200), TakerSide.Buy, new EventTimes(Sent, FrameDesk.Noon))], desk.Seen.Trades);
        Assert.Equal(FrameKind.Unknown, Spot.Open().Hear(Fill).Kind);
    }

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", FrameKind.Closing)]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""", FrameKind.Closing)]
    [InlineData("""{"stream":"!serverShutdown","data":{"E":1770123456789}}""", FrameKind.Closing)]
    [InlineData("""{"result":null,"id":1}""", FrameKind.Acknowledged)]
    [InlineData("""{"result":["btcusdt@trade"],"id":1}""", FrameKind.Unknown)]
    [InlineData("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}""", FrameKind.Refused)]
    [InlineData("""{"code":2,"msg":"Invalid request: unknown variant","id":3}""", FrameKind.Refused)]
    [InlineData("""{"stream":"btcusdt@depth5@100ms","data":{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}}""", FrameKind.Unknown)]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1672515782136,"s":"BTCUSDT","k":{"t":1}}}""", FrameKind.Unknown)]
    [InlineData("""{"stream":"btcusdt@depth@1000ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}}""", FrameKind.Unknown)]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":3,"u":2,"b":[],"a":[]}}""", FrameKind.Malformed)]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"b":[],"a":[]}}""", FrameKind.Malformed)]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[["0","1"]],"a":[]}}""", FrameKind.Malformed)]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[["1.001","1"]],"a":[]}}""", FrameKind.Malformed)]
    public void What_carries_no_market_data_leaves_nothing(string frame, FrameKind kind)
    {
        var desk = Spot.Open();
        Assert.Equal(kind, desk.Hear(frame).Kind);
        Assert.Equal(0, desk.Batch.Count + desk.Batch.LevelCount);
    }

    [Fact]
    public void All_streams_of_a_pair_go_over_one_socket_which_is_subscribed_in_pieces()
    {
        var pairs = Enumerable.Range(0, 100).Select(i => Spot.Pair(i, $"C{i}USDT", 2, 2)).ToArray();
        var plans = Spot.Venue.Plan(pairs);
        Assert.Equal(["stream-0", "stream-1"], plans.Select(plan => plan.Name));
        Assert.Equal([198, 102], plans.Select(plan => plan.Streams.Count));
        Assert.All(plans, plan => Assert.Equal("wss://stream.binance.com:9443/stream", plan.Address.AbsoluteUri));
        Assert.Equal(["c0usdt@depth@100ms", "c0usdt@bookTicker", "c0usdt@aggTrade"], plans[0].Streams.Take(3).Select(stream => stream.Name));

        var session = Spot.Venue.OpenSession(plans[1]);
        Assert.Equal(2, session.Opening.Count);
        Assert.Equal(
            ["""{"method":"UNSUBSCRIBE","params":["c66usdt@depth@100ms"],"id":1000}""", """{"method":"SUBSCRIBE","params":["c66usdt@depth@100ms"],"id":1001}"""],
            FrameDesk.Texts(session.Resubscribe(0)));
    }

    [Fact]
    public void A_session_allows_five_messages_a_second_with_room_for_pongs() =>
        Assert.InRange(Spot.Venue.Rules.SendSpacing, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
}
