using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class TopAndContextFrameTests
{
    private const string Context =
        """{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"-0.0000015186","openInterest":"28312.4","prevDayPx":"109000.0","dayNtlVlm":"2345678901.1","premium":"0.0002","oraclePx":"110420.0","markPx":"110425.12345","midPx":"110427.5","impactPxs":["110427.0","110428.0"],"dayBaseVlm":"21345.6"}}}""";

    [Fact]
    public void The_touch_is_announced_with_its_block_time()
    {
        var desk = Desk.Bitcoin;
        var outcome = desk.Hear("""{"channel":"bbo","data":{"coin":"BTC","time":1790000000200,"bbo":[{"px":"110427.0","sz":"4.11","n":12},{"px":"110428.0","sz":"3.7","n":9}]}}""");

        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.TopOfBook)), outcome);
        Assert.Equal(
            new TopOfBook(desk.Instruments[0].Id, 1790000000200, new(new(1104270), new(411000), 12), new(new(1104280), new(370000), 9), new(Timestamp.FromMilliseconds(1790000000200), Desk.Noon)),
            Assert.Single(desk.Seen.Tops));
    }

    [Fact]
    public void An_empty_side_has_no_quantity()
    {
        var desk = Desk.Bitcoin;
        desk.Hear("""{"channel":"bbo","data":{"bbo":[null,{"px":"110428.0","sz":"3.7","n":9}],"time":1790000000200,"coin":"BTC"}}""");
        var top = Assert.Single(desk.Seen.Tops);
        Assert.Equal(default, top.Bid);
        Assert.Equal(1104280, top.Ask.Price.Units);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[null,null,null]")]
    [InlineData("null")]
    [InlineData("""[{"px":"1.0"},null]""")]
    [InlineData("""["1.0",null]""")]
    public void A_touch_that_has_not_two_sides_cannot_be_read(string sides)
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameKind.Malformed, desk.Hear("""{"channel":"bbo","data":{"coin":"BTC","time":1790000000200,"bbo":""" + sides + "}}").Kind);
        Assert.Equal(0, desk.Events);
    }

    [Fact]
    public void A_context_gives_mark_funding_and_open_interest()
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.Derived)), desk.Hear(Context));

        var times = new EventTimes(default, Desk.Noon);
        var id = desk.Instruments[0].Id;
        Assert.Equal(new MarkPrice(id, new(1104251234500000), new(1104200000000000), times), Assert.Single(desk.Seen.Marks));
        Assert.Equal(new Funding(id, -1518600, default, TimeSpan.FromHours(1), times), Assert.Single(desk.Seen.Fundings));
        Assert.Equal(new OpenInterest(id, new(2831240000), times), Assert.Single(desk.Seen.OpenInterests));
    }

    [Fact]
    public void What_is_null_in_a_context_gives_no_event()
    {
        var desk = Desk.Bitcoin;
        desk.Hear("""{"channel":"activeAssetCtx","data":{"ctx":{"funding":null,"openInterest":"1","markPx":null,"impactPxs":null},"coin":"BTC"}}""");
        Assert.Single(desk.Seen.OpenInterests);
        Assert.Equal(1, desk.Events);
    }

    [Theory]
    [InlineData("605822.2557999999", 6058222558)]
    [InlineData("605822.25574", 6058222557)]
    [InlineData("0.00005", 1)]
    [InlineData("7", 70000)]
    public void Amounts_from_the_venues_floating_point_are_rounded_to_the_scale(string openInterest, long units)
    {
        var desk = new Desk(("ETH", 4));
        desk.Hear(Ctx("ETH", $"\"openInterest\":\"{openInterest}\""));
        Assert.Equal(units, Assert.Single(desk.Seen.OpenInterests).Quantity.Units);
    }

    [Theory]
    [InlineData("\"markPx\":\"0\"")]
    [InlineData("\"markPx\":\"-1\"")]
    [InlineData("\"openInterest\":\"-1\"")]
    [InlineData("\"funding\":\"NaN\"")]
    [InlineData("\"markPx\":\"1e400\"")]
    [InlineData("\"oraclePx\":\"1,5\"")]
    public void Amounts_that_cannot_be_are_refused(string field)
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameKind.Malformed, desk.Hear(Ctx("BTC", field)).Kind);
        Assert.Equal(0, desk.Events);
    }

    private static string Ctx(string coin, string fields) =>
        """{"channel":"activeAssetCtx","data":{"coin":""" + $"\"{coin}\",\"ctx\":{{{fields}}}" + "}}";
}
