using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.TreeOfAlpha;

namespace Omnibook.Tests.Venues.TreeOfAlpha;

/// <summary>The venue, its session, and what it makes of frames and of histories.</summary>
internal static class NewsDesk
{
    public static readonly VenueId Id = new("treeofalpha");

    public static readonly TreeOfAlphaVenue Venue = new(Id, TreeOfAlphaVenue.Public);

    public static FrameDesk Session(string? key = null) =>
        new(new TreeOfAlphaVenue(Id, TreeOfAlphaVenue.Public with { Key = key }).OpenSession(Venue.News.Connection));

    /// <summary>The item of a frame of the socket.</summary>
    public static NewsItem Push(string frame)
    {
        var desk = Session();
        Assert.Equal(FrameOutcome.Data(-1), desk.Hear(frame));
        return Assert.Single(desk.Seen.News);
    }

    /// <summary>The items of a history, and what was said of it.</summary>
    public static (NewsPage? Page, IReadOnlyList<NewsItem> Items) History(string body)
    {
        var batch = new EventBatch();
        var page = Venue.News.History.TryTranslate(Encoding.UTF8.GetBytes(body), FrameDesk.Noon, batch);
        return (page, [.. batch.News]);
    }
}
