using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.TreeOfAlpha;

/// <summary>What is said on the socket besides news, and what cannot be read.</summary>
public sealed class SocketTests
{
    [Theory]
    [InlineData("pong")]
    [InlineData("ping")]
    public void A_pong_and_a_ping_are_signs_of_life(string words) => Assert.Equal(FrameKind.Heartbeat, NewsDesk.Session().Hear(words).Kind);

    [Fact]
    public void A_ping_is_answered() => Assert.Equal(["pong"], FrameDesk.Reply(NewsDesk.Session().Hear("ping")));

    [Theory]
    [InlineData("logged in")]
    [InlineData("invalid key")]
    [InlineData("true")]
    [InlineData("""{"user":{"username":"somebody"}}""")]
    [InlineData("""{"type":"like","count":7}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_news_is_unknown_and_leaves_nothing(string frame)
    {
        var desk = NewsDesk.Session();
        Assert.Equal(FrameKind.Unknown, desk.Hear(frame).Kind);
        Assert.Equal(0, desk.Batch.Count);
    }

    [Theory]
    [InlineData("""{"title":"t"}""", "_id")]
    [InlineData("""{"_id":"","title":"t"}""", "_id")]
    [InlineData("""{"_id":{},"title":"t"}""", "_id")]
    [InlineData("""{"_id":"1"}""", "neither title nor body")]
    [InlineData("""{"_id":"1","title":null,"body":{}}""", "neither title nor body")]
    [InlineData("""{"_id":"1","title":"t"} {}""", "")]
    [InlineData("""{"_id":"1","title":"t" """, "")]
    [InlineData("""{"\ud800":1,"_id":"1","title":"t"}""", "")]
    public void What_cannot_be_read_says_why_and_leaves_nothing(string frame, string why)
    {
        var desk = NewsDesk.Session();
        var outcome = desk.Hear(frame);
        Assert.Equal(FrameKind.Malformed, outcome.Kind);
        Assert.Contains(why, outcome.Detail);
        Assert.NotEmpty(outcome.Detail!);
        Assert.Equal(0, desk.Batch.Count);
    }

    [Fact]
    public void An_identity_that_is_too_long_is_none()
    {
        var desk = NewsDesk.Session();
        Assert.Equal(FrameKind.Malformed, desk.Hear($$"""{"_id":"{{new string('i', NewsItem.MaxId + 1)}}","title":"t"}""").Kind);
    }

    [Fact]
    public void The_public_feed_comes_unasked_and_a_key_logs_in()
    {
        Assert.Empty(NewsDesk.Session().Session.Opening);
        Assert.Equal(["login made-up-key"], FrameDesk.Texts(NewsDesk.Session("made-up-key").Session.Opening));
        Assert.DoesNotContain("made-up-key", (NewsDesk.Venue.News.Connection, new VenueAddresses(new Uri("http://a"), new Uri("ws://a")) { Key = "made-up-key" }).ToString());
    }

    [Fact]
    public void Bad_rows_of_a_history_are_counted_and_cost_no_other()
    {
        var (page, items) = NewsDesk.History(
            """[{"_id":"3","title":"c"},null,7,{"title":"x"},{"_id":"2","title":"b"},{"\ud800":1},{"_id":"1","title":"\ud800"}]""");
        Assert.Equal(new NewsPage(7, 4, page!.Value.Why), page);
        Assert.NotEmpty(page.Value.Why!);
        Assert.Equal(["1", "2", "3"], items.Select(item => item.Id));
        Assert.All(items, item => Assert.True(item.IsFromHistory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"error":"x"}""")]
    [InlineData("<html>")]
    [InlineData("""[{"_id":"1","title":"t"}""")]
    public void What_is_no_list_is_no_history(string body)
    {
        var (page, items) = NewsDesk.History(body);
        Assert.Null(page);
        Assert.Empty(items);
    }
}
