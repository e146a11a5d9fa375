using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class RefreshTests
{
    private long _time = 1790000000000;

    [Fact]
    public void A_touch_that_moves_after_the_book_is_old_asks_for_the_whole_book()
    {
        var desk = Desk.Bitcoin;
        Push(desk, "BTC", 0);
        Assert.Null(Touch(desk, "BTC", 1.4));
        Assert.Equal(
            ["""{"method":"post","id":1,"request":{"type":"info","payload":{"type":"l2Book","coin":"BTC"}}}"""],
            Touch(desk, "BTC", 1.5)!);
    }

    [Fact]
    public void Nothing_is_asked_before_the_first_push_or_while_an_answer_is_out()
    {
        var desk = Desk.Bitcoin;
        Assert.Null(Touch(desk, "BTC", 0));
        Push(desk, "BTC", 1);
        Assert.NotNull(Touch(desk, "BTC", 3));
        Assert.Null(Touch(desk, "BTC", 6));
        Assert.NotNull(Touch(desk, "BTC", 14));
    }

    [Fact]
    public void Where_pushes_are_quick_nothing_is_ever_asked()
    {
        var desk = Desk.Bitcoin;
        for (var at = 0.0; at < 60; at += 0.5)
        {
            Push(desk, "BTC", at);
            Assert.Null(Touch(desk, "BTC", at + 0.4));
        }
    }

    [Fact]
    public void One_request_at_a_time_goes_to_the_oldest_of_the_books_that_moved()
    {
        var desk = new Desk(("BTC", 5), ("ETH", 4), ("SOL", 2));
        Push(desk, "ETH", 0);
        Push(desk, "SOL", 0.1);
        Push(desk, "BTC", 0.2);
        Assert.Null(Touch(desk, "SOL", 0.5));
        Assert.Contains("SOL", Assert.Single(Touch(desk, "BTC", 3)!), StringComparison.Ordinal);
        Assert.Null(Touch(desk, "BTC", 4));
        Assert.Contains("BTC", Assert.Single(Touch(desk, "SOL", 4.6)!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_is_a_book_like_any_other()
    {
        var desk = Desk.Bitcoin;
        Push(desk, "BTC", 0);
        Touch(desk, "BTC", 5);
        var outcome = desk.Hear("""{"channel":"post","data":{"id":1,"response":{"type":"info","payload":{"type":"l2Book","data":{"coin":"BTC","time":1790000009000,"levels":[[{"px":"1.5","sz":"2","n":3}],[]]}}}}}""", At(5.1));

        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.Book)), outcome);
        Assert.Equal(1790000009000, Assert.Single(desk.Seen.Books).Snapshot.Sequence);
        Assert.Null(Touch(desk, "BTC", 6.5));
        Assert.NotNull(Touch(desk, "BTC", 6.6));
    }

    [Theory]
    [InlineData("""{"channel":"post","data":{"id":1,"response":{"type":"error","payload":"too many pending post requests"}}}""")]
    [InlineData("""{"channel":"post","data":{"id":1,"response":{"type":"info","payload":{"type":"l2Book","data":null}}}}""")]
    [InlineData("""{"channel":"error","data":"Error parsing JSON into valid websocket request: {\"method\":\"post\",\"id\":1}"}""")]
    public void A_refusal_stops_the_asking_for_a_minute(string refusal)
    {
        var desk = Desk.Bitcoin;
        Push(desk, "BTC", 0);
        Touch(desk, "BTC", 5);
        Assert.Equal(FrameKind.Unknown, desk.Hear(refusal, At(5.1)).Kind);
        Push(desk, "BTC", 6);
        Assert.Null(Touch(desk, "BTC", 64));
        Assert.NotNull(Touch(desk, "BTC", 66));
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_nothing_up()
    {
        var desk = Desk.Bitcoin;
        Push(desk, "BTC", 1000);
        Assert.NotNull(Touch(desk, "BTC", 0));
    }

    private static Timestamp At(double seconds) => Desk.Noon + TimeSpan.FromSeconds(seconds);

    private void Push(Desk desk, string coin, double at) =>
        desk.Hear($$$"""{"channel":"l2Book","data":{"coin":"{{{coin}}}","time":{{{++_time}}},"levels":[[{"px":"1.5","sz":"2","n":3}],[]]}}""", At(at));

    private static IEnumerable<string>? Touch(Desk desk, string coin, double at) =>
        desk.Hear($$$"""{"channel":"bbo","data":{"coin":"{{{coin}}}","time":1790000000200,"bbo":[null,null]}}""", At(at))
            .Reply?.Select(frame => Encoding.UTF8.GetString(frame.Span));
}
