using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Frames that were recorded from the venue's public socket, against a book that was computed independently of this code.</summary>
public sealed class CaptureTests
{
    private const string Capture = "bybit/nautilus-ob500/2024-12-01_XRPUSDT_ob500.data";

    [Fact]
    public void Five_seconds_of_XRP_give_the_expected_book()
    {
        var expected = JsonDocument.Parse(SharedCaptures.Read("expected.json")).RootElement.GetProperty(Capture);
        var contract = BybitDesk.Contract(0, "XRPUSDT", 4, 1);
        var desk = BybitDesk.Learn(4, 1);
        var book = new RecordedBook(new OrderBook(contract));
        var frames = Frames();
        foreach (var frame in frames)
        {
            Assert.Equal(FrameOutcome.Data(-1), desk.Hear(Encoding.UTF8.GetBytes(frame)));
            desk.Batch.DeliverTo(book);
        }

        Assert.Equal(0, book.Book.Counters.Gaps);
        Assert.Equal(expected.GetProperty("last_u").GetInt64(), book.Book.Sequence);
        book.AssertIs(expected.GetProperty("book"), frames.Length);

        // Only the first frame is of a topic that had yet to be learned.
        Assert.Equal(1, desk.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void A_replay_learns_the_contract_and_gives_the_same_book()
    {
        var expected = JsonDocument.Parse(SharedCaptures.Read("expected.json")).RootElement.GetProperty(Capture).GetProperty("book");
        var replayed = Replayed.Of(BybitDesk.Venue, CapturePaths.Shared(Capture));
        Assert.Equal("XRPUSDT", Assert.Single(replayed.Learned).Listing.Symbol);
        Assert.Equal(50, replayed.Replay.Counts.Data);
        Assert.Equal(0, replayed.Replay.Counts.Malformed + replayed.Replay.Counts.Unknown);
        Assert.True(replayed.Book.IsLive);
        Assert.Equal(expected.GetProperty("sha256_all_levels").GetString(), BookDigest.Of(replayed.Book));
    }

    [Fact]
    public void A_lost_frame_is_noticed_and_a_doubled_one_is_not_minded()
    {
        var frames = Frames();
        Assert.True(Play(frames).IsLive);
        Assert.True(Play([.. frames.SelectMany((frame, i) => i == 0 ? [frame] : new[] { frame, frame })]).IsLive);
        for (var lost = 1; lost < frames.Length - 1; lost++)
        {
            var book = Play([.. frames[..lost], .. frames[(lost + 1)..]]);
            Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (book.Status.State, book.Status.Reason));
        }
    }

    private static string[] Frames() =>
        SharedCaptures.Read(Capture).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static OrderBook Play(IReadOnlyList<string> frames)
    {
        var desk = BybitDesk.Learn(4, 1);
        var book = new RecordedBook(new OrderBook(BybitDesk.Contract(0, "XRPUSDT", 4, 1)));
        foreach (var frame in frames)
        {
            desk.Hear(frame);
            desk.Batch.DeliverTo(book);
        }

        return book.Book;
    }
}
