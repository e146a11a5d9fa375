using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class TradeFrameTests
{
    private const string Bought =
        """{"coin":"BTC","side":"B","px":"110428.0","sz":"0.001","time":1790000000150,"hash":"0x00","tid":118906512037719,"users":["0x01","0x02"]}""";

    private const string Sold =
        """{"users":["0x01","0x02"],"tid":118906512037720,"hash":"0x00","time":1790000000151,"sz":"2.0","px":"110427.0","side":"A","coin":"BTC"}""";

    [Fact]
    public void Sides_are_the_takers()
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.Trades)), desk.Hear($$"""{"channel":"trades","data":[{{Bought}},{{Sold}}]}"""));

        var id = desk.Instruments[0].Id;
        Assert.Equal(
            [
                new Trade(id, 118906512037719, new(1104280), new(100), TakerSide.Buy, new(Timestamp.FromMilliseconds(1790000000150), Desk.Noon)),
                new Trade(id, 118906512037720, new(1104270), new(200000), TakerSide.Sell, new(Timestamp.FromMilliseconds(1790000000151), Desk.Noon)),
            ],
            desk.Seen.Trades);
    }

    [Fact]
    public void No_trades_are_no_trouble() => Assert.Equal(FrameOutcome.Data(-1), Desk.Bitcoin.Hear("""{"channel":"trades","data":[]}"""));

    [Fact]
    public void Trades_of_coins_that_nobody_asked_for_are_left_out()
    {
        var desk = Desk.Bitcoin;
        var other = Sold.Replace("BTC", "ETH", StringComparison.Ordinal);
        Assert.Equal(FrameKind.Unknown, desk.Hear($$"""{"channel":"trades","data":[{{other}}]}""").Kind);
        Assert.Equal(FrameKind.Data, desk.Hear($$"""{"channel":"trades","data":[{{other}},{{Bought}}]}""").Kind);
        Assert.Single(desk.Seen.Trades);
    }

    [Fact]
    public void One_unreadable_trade_leaves_nothing_of_its_frame()
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameKind.Malformed, desk.Hear($$"""{"channel":"trades","data":[{{Bought}},{"coin":"BTC"}]}""").Kind);
        Assert.Equal(0, desk.Events);
        Assert.Equal(FrameKind.Malformed, desk.Hear($$"""{"channel":"trades","data":[{{Bought}}]""").Kind);
        Assert.Equal(0, desk.Events);
    }
}
