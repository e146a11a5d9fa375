using System.Text;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[{"px":"110428.0","sz":"3.72573","n":9}]]}}""")]
    [InlineData("""{"channel":"l2Book","data":{"levels":[[{"n":12,"px":"110427.0","sz":"4.11882"}],[]],"coin":"BTC","time":1790000000123}}""")]
    [InlineData("""{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"110428.0","sz":"0.001","time":1790000000150,"hash":"0x00","tid":118906512037719,"users":["0x01","0x02"]}]}""")]
    [InlineData("""{"channel":"bbo","data":{"coin":"BTC","time":1790000000200,"bbo":[{"px":"110427.0","sz":"4.11","n":12},null]}}""")]
    [InlineData("""{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"0.0000125","openInterest":"28312.4","oraclePx":"110420.0","markPx":"110425.0","midPx":"110427.5"}}}""")]
    [InlineData("""{"channel":"post","data":{"id":12,"response":{"type":"info","payload":{"type":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"1.0","sz":"1","n":1}],[]]}}}}}""")]
    [InlineData("""{"channel":"pong"}""")]
    public void Frames_that_carry_market_data_allocate_nothing(string text) =>
        FrameAllocation.AssertNone(Desk.Bitcoin.Session, Encoding.UTF8.GetBytes(text), FrameKind.Data, FrameKind.Heartbeat);
}
