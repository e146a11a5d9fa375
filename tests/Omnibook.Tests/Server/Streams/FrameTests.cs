using System.Text;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Streams;

public sealed class FrameTests
{
    private readonly FramePool _pool = new();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    [InlineData(300_000, 10)]
    public void The_header_of_RFC_6455_stands_in_front_of_the_text(int length, int header)
    {
        var text = Encoding.ASCII.GetBytes(new string('x', length));
        var frame = new FrameWriter(_pool).Begin().Raw(text).Complete();

        Assert.Equal(text, frame.Text.ToArray());
        Assert.Equal(header + length, frame.Framed.Length);
        Assert.Equal(0x81, frame.Framed.Span[0]);
        Assert.Equal(text, frame.Framed[header..].ToArray());
    }

    [Fact]
    public void A_frame_is_used_again_only_when_the_last_reader_let_go()
    {
        var writer = new FrameWriter(_pool);
        var first = writer.Begin().Raw("1"u8).Complete();
        first.Share();
        first.Release();
        Assert.NotSame(first, writer.Begin().Raw("2"u8).Complete());
        Assert.Equal("1"u8, first.Text.Span);

        first.Release();
        Assert.Same(first, writer.Begin().Raw("3"u8).Complete());
    }

    [Theory]
    [InlineData(113690, 0, "113690")]
    [InlineData(1136900, 1, "113690")]
    [InlineData(25, 2, "0.25")]
    [InlineData(-10, 0, "-10")]
    [InlineData(1, 18, "0.000000000000000001")]
    [InlineData(long.MinValue, 4, "-922337203685477.5808")]
    public void An_amount_is_written_in_its_shortest_exact_form(long units, int decimals, string expected)
    {
        var frame = new FrameWriter(_pool).Begin().Amount(units, new Scale(decimals)).Complete();
        Assert.Equal(expected, Encoding.ASCII.GetString(frame.Text.Span));
    }

    [Theory]
    [InlineData("merrli:BTC")]
    [InlineData("a \"quoted\" \\ name\r\n\u0000 with ümläut, 漢字 and 😀")]
    [InlineData("</script>")]
    public void A_text_comes_back_as_it_was(string text)
    {
        var frame = new FrameWriter(_pool).Begin().Text(text).Complete();
        Assert.Equal(text, JsonDocument.Parse(frame.Text).RootElement.GetString());
    }

    [Fact]
    public void Rendering_allocates_nothing_once_the_pool_is_warm()
    {
        var writer = new FrameWriter(_pool);
        for (var i = 0; i < 100; i++)
        {
            Render(writer, i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Render(writer, i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Render(FrameWriter writer, int i) =>
        writer.Begin().Raw("{\"price\":"u8).Amount(i, new Scale(2)).Raw(",\"coin\":"u8).Text("merrli:BTC").Raw("}"u8).Complete().Release();
}
