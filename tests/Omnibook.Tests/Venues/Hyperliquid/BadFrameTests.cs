using System.Text;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Whatever is wrong with a frame, it is told and nothing of it is kept.</summary>
public sealed class BadFrameTests
{
    private const string Book =
        """{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[{"px":"110428.0","sz":"3.72573","n":9}]]}}""";

    public static TheoryData<string, string> Replacements => new()
    {
        { "\"110427.0\"", "\"NaN\"" },
        { "\"110427.0\"", "\"Infinity\"" },
        { "\"110427.0\"", "\"\"" },
        { "\"110427.0\"", "\"abc\"" },
        { "\"110427.0\"", "\"110427,0\"" },
        { "\"110427.0\"", "1e400" },
        { "\"110427.0\"", "\"-110427.0\"" },
        { "\"110427.0\"", "\"0\"" },
        { "\"110427.0\"", "\"0.0000000000000000000000000000011\"" },
        { "\"110427.0\"", "\"1111111111111111111111111\"" },
        { "\"110427.0\"", "null" },
        { "\"110427.0\"", "true" },
        { "\"110427.0\"", "[1]" },
        { "\"4.11882\"", "\"-4.11882\"" },
        { "\"4.11882\"", "\"4.118821\"" },
        { "\"4.11882\"", "null" },
        { "\"n\":12", "\"n\":-1" },
        { "\"n\":12", "\"n\":1.5" },
        { "\"n\":12", "\"n\":99999999999" },
        { "1790000000123", "1790000000" },
        { "1790000000123", "1790000000123000" },
        { "1790000000123", "0" },
        { "1790000000123", "null" },
        { "1790000000123", "99999999999999999999999" },
        { "\"time\":1790000000123,", "" },
        { "\"coin\":\"BTC\",", "" },
        { "\"coin\":\"BTC\"", "\"coin\":null" },
        { "\"levels\":[[", "\"level\":[[" },
        { "],[{\"px\":\"110428.0\",\"sz\":\"3.72573\",\"n\":9}]]", "]]" },
        { "\"n\":9}]]", "\"n\":9}],[]]" },
        { "\"n\":9}]]", "\"n\":9}],1]" },
        { "\"n\":9}]]", "\"n\":9},1]]" },
        { "[[{", "[{\"a\":[{" },
        { "}]]}}", "}]]}" },
        { "}]]}}", "}]]}}}" },
        { "}]]}}", "}]]}} x" },
        { "\"BTC\"", "\"\\ud800\"" },
        { "\"data\":{", "\"data\":[{" },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void A_book_with_a_bad_value_is_malformed_and_leaves_nothing(string good, string bad)
    {
        Assert.Contains(good, Book, StringComparison.Ordinal);
        AssertMalformed(Book.Replace(good, bad, StringComparison.Ordinal));
    }

    [Fact]
    public void A_book_cut_anywhere_is_malformed_and_leaves_nothing()
    {
        for (var length = 0; length < Book.Length; length++)
        {
            AssertMalformed(Book[..length]);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("<html><body>403 Forbidden</body></html>")]
    [InlineData("""{"channel":"l2Book","data":null}""")]
    [InlineData("""{"channel":"trades","data":{"coin":"BTC"}}""")]
    [InlineData("""{"channel":"trades","data":[1]}""")]
    [InlineData("""{"channel":"trades","data":[{"coin":"BTC","side":"C","px":"1.0","sz":"1","time":1790000000123,"tid":1}]}""")]
    [InlineData("""{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"1.0","sz":"0","time":1790000000123,"tid":1}]}""")]
    [InlineData("""{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"1.0","sz":"1","time":1790000000123,"tid":"x"}]}""")]
    [InlineData("""{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"1.0","sz":"1","time":1790000000123}]}""")]
    [InlineData("""{"channel":"bbo","data":[]}""")]
    [InlineData("""{"channel":"activeAssetCtx","data":{"coin":"BTC"}}""")]
    [InlineData("""{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":[]}}""")]
    [InlineData("""{"channel":"subscriptionResponse","data":{}}""")]
    [InlineData("""{"channel":"error","data":"\ud800"}""")]
    [InlineData("""{"channel":"pong"} {"channel":"pong"}""")]
    public void Frames_of_the_wrong_shape_are_malformed(string frame) => AssertMalformed(frame);

    [Fact]
    public void Depth_without_end_is_malformed() =>
        AssertMalformed("""{"channel":"l2Book","data":""" + new string('[', 1000) + new string(']', 1000) + "}");

    [Fact]
    public void A_very_long_book_is_read()
    {
        var desk = Desk.Bitcoin;
        var levels = string.Join(',', Enumerable.Range(1, 100_000).Select(price => $$"""{"px":"{{price}}","sz":"1","n":1}"""));
        desk.Hear("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[""" + levels + "],[]]}}");
        Assert.Equal(100_000, Assert.Single(desk.Seen.Books).Bids.Length);
    }

    private static void AssertMalformed(string frame)
    {
        var desk = Desk.Bitcoin;
        var outcome = desk.Hear(Encoding.UTF8.GetBytes(frame), Desk.Noon);
        Assert.Equal(FrameKind.Malformed, outcome.Kind);
        Assert.NotNull(outcome.Detail);
        Assert.Equal(0, desk.Events + desk.Levels);
    }
}
