using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues.TreeOfAlpha;

/// <summary>Items of every documented shape, field by field. Identities and texts are made up.</summary>
public sealed class NewsItemTests
{
    private const string Post =
        """{"_id":"65f0","title":"Name (@handle)","body":"tweet text","icon":"https://i.example/a","image":"https://i.example/b","link":"https://twitter.com/handle/status/1","time":1710000000000,"rt":1710000000350,"type":"direct","coin":"BTC","info":{"isQuote":false,"isReply":false,"isRetweet":false,"twitterId":"1"},"requireInteraction":true,"suggestions":[{"coin":"BTC","found":["btc"],"symbols":[{"exchange":"binance-futures","symbol":"BTCUSDT"},{"exchange":"bybit-perps","symbol":"BTCUSDT"}]}]}""";

    private const string Notice =
        """{"_id":"65f1","title":"Binance Will List XYZ","source":"Binance EN","url":"https://example.org/n","time":1710000000000,"symbols":["XYZ_USDT"],"suggestions":[],"en":"optional translation","firstPrice":{}}""";

    [Fact]
    public void A_post_has_an_author_and_a_body()
    {
        var item = NewsDesk.Push(Post);
        Assert.Equal(("65f0", "Twitter", "Name (@handle)", "", "tweet text"), (item.Id, item.Source, item.Author, item.Title, item.Body));
        Assert.Equal(("https://twitter.com/handle/status/1", "https://i.example/b"), (item.Url, item.Image));
        Assert.Equal("tweet text", item.Headline);
        Assert.Equal(["BTCUSDT"], item.Symbols);
        Assert.Equal(["BTC"], item.Coins);
        Assert.Equal(new EventTimes(Timestamp.FromMilliseconds(1710000000000), FrameDesk.Noon), item.Times);
        Assert.False(item.IsFromHistory);
        Assert.Equal("treeofalpha", item.Venue.Key);
    }

    [Fact]
    public void A_notice_has_a_source_and_a_title()
    {
        var item = NewsDesk.Push(Notice);
        Assert.Equal(("Binance EN", "", "Binance Will List XYZ", ""), (item.Source, item.Author, item.Title, item.Body));
        Assert.Equal(("optional translation", "https://example.org/n"), (item.EnglishTitle, item.Url));
        Assert.Equal(["XYZ_USDT"], item.Symbols);
        Assert.Empty(item.Coins);
    }

    [Theory]
    [InlineData("""{"_id":"1","title":"t","time":1710000000000}""", "", "", "t", "")]
    [InlineData("""{"_id":"1","title":"Channel","body":"words","type":"telegram","time":1}""", "telegram", "Channel", "", "words")]
    [InlineData("""{"_id":"1","title":"A title","body":"The text","source":"Blogs"}""", "Blogs", "", "A title", "The text")]
    [InlineData("""{"_id":"1","body":"only a body"}""", "", "", "", "only a body")]
    [InlineData("""{"_id":"1","title":"Name (@h): text: with (@o): more","source":"Twitter"}""", "Twitter", "Name (@h)", "", "text: with (@o): more")]
    [InlineData("""{"_id":"1","title":"A: b (c) (@h_1): text","source":"Twitter"}""", "Twitter", "A: b (c) (@h_1)", "", "text")]
    [InlineData("""{"_id":"1","title":"Name (@h)","type":"direct","body":""}""", "Twitter", "", "Name (@h)", "")]
    [InlineData("""{"_id":"1","title":"Somebody (@h): as a headline","source":"Blogs"}""", "Blogs", "", "Somebody (@h): as a headline", "")]
    [InlineData("""{"_id":"1","title":"no handle: (@ ): x","source":"Twitter"}""", "Twitter", "", "no handle: (@ ): x", "")]
    public void Every_part_may_be_missing(string frame, string source, string author, string title, string body)
    {
        var item = NewsDesk.Push(frame);
        Assert.Equal((source, author, title, body), (item.Source, item.Author, item.Title, item.Body));
    }

    [Fact]
    public void A_post_is_the_same_whichever_way_it_came()
    {
        var (page, items) = NewsDesk.History(
            """[{"_id":"65f0","title":"Name (@handle): tweet text","source":"Twitter","url":"https://twitter.com/handle/status/1","image":"https://i.example/b","time":1710000000000,"coin":"BTC","suggestions":[{"coin":"BTC","symbols":[{"symbol":"BTCUSDT"}]}]}]""");
        var (pushed, asked) = (NewsDesk.Push(Post), Assert.Single(items));
        Assert.Equal(1, page!.Value.Rows);
        Assert.True(asked.IsFromHistory);
        Assert.Equal(pushed.Symbols, asked.Symbols);
        Assert.Equal(pushed.Coins, asked.Coins);
        Assert.True(Same(pushed, asked));
    }

    [Theory]
    [InlineData("""["BTC_USDT",{"symbol":"ETHUSDT"},{"exchange":"x"},null,7,"BTC_USDT",[]]""", "BTC_USDT ETHUSDT 7")]
    [InlineData("null", "")]
    [InlineData("\"BTC\"", "")]
    [InlineData("{}", "")]
    public void Symbols_are_texts_or_objects_with_one(string symbols, string expected) =>
        Assert.Equal(expected, string.Join(' ', NewsDesk.Push($$"""{"_id":"1","title":"t","symbols":{{symbols}}}""").Symbols));

    [Theory]
    [InlineData("1710000000000", 1710000000000)]
    [InlineData("\"1710000000000\"", 1710000000000)]
    [InlineData("1710000000", 0)]
    [InlineData("-1", 0)]
    [InlineData("null", 0)]
    [InlineData("1e999", 0)]
    [InlineData("\"soon\"", 0)]
    [InlineData("99999999999999999999", 0)]
    public void A_moment_that_cannot_be_true_is_unknown_and_the_news_is_kept(string time, long milliseconds)
    {
        var desk = NewsDesk.Session();
        desk.Hear($$"""{"_id":"1","title":"t","time":{{time}}}""");
        var item = Assert.Single(desk.Seen.News);
        Assert.Equal(Timestamp.FromMilliseconds(milliseconds), item.Times.VenueTime);
        Assert.Equal(milliseconds == 0 ? FrameDesk.Noon : item.Times.VenueTime, item.At);
        Assert.Equal(milliseconds == 0 ? 1 : 0, desk.Session.Oddities.UnknownTimes);
    }

    [Theory]
    [InlineData("""half \ud83d pair""", "half \uFFFD pair")]
    [InlineData("""\ude00 the other half\"\\\/\b\f\n\r\t\u0041""", "\uFFFD the other half\"\\/\b\f\n\r\tA")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD\U0001F600")]
    [InlineData("""zero \u0000 inside""", "zero \0 inside")]
    [InlineData("""\u202Ethgir ot tfel""", "\u202Ethgir ot tfel")]
    [InlineData("""<script>alert(1)</script>""", "<script>alert(1)</script>")]
    [InlineData("""비트코인 🚀""", "비트코인 🚀")]
    public void Nothing_of_a_text_is_lost_but_what_is_no_text(string json, string title) =>
        Assert.Equal(title, NewsDesk.Push($$"""{"_id":"1","title":"{{json}}"}""").Title);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_replaced()
    {
        var desk = NewsDesk.Session();
        desk.Hear([.. "{\"_id\":\"1\",\"title\":\"a"u8, 0xFF, .. "b\"}"u8]);
        Assert.Equal("a\uFFFDb", Assert.Single(desk.Seen.News).Title);
    }

    [Fact]
    public void Addresses_that_are_none_are_left_out_and_long_texts_are_cut()
    {
        var item = NewsDesk.Push($$"""{"_id":"1","title":"{{new string('t', 5000)}}","url":"javascript:alert(1)","image":"ftp://x/y"}""");
        Assert.Equal(("", "", NewsItem.MaxTitle), (item.Url, item.Image, item.Title.Length));
    }

    [Fact]
    public void Of_two_equal_keys_the_last_counts_and_unknown_ones_are_skipped()
    {
        var item = NewsDesk.Push(""" { "x":{"y":[[[{}]]]}, "title":"first", "_id":12345, "title":"last" } """);
        Assert.Equal(("12345", "last"), (item.Id, item.Title));
    }

    private static bool Same(NewsItem left, NewsItem right) =>
        (left.Id, left.Source, left.Author, left.Title, left.Body, left.Url, left.Image, left.Times)
        == (right.Id, right.Source, right.Author, right.Title, right.Body, right.Url, right.Image, right.Times);
}
