using Omnibook.Core.Events;
using Omnibook.Core.News;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Apis.Health;

/// <summary>The news of all venues together.</summary>
/// <param name="Items">How many items there were, each counted once.</param>
/// <param name="FromHistory">How many of them were not pushed but asked for.</param>
/// <param name="Repeated">How many came again and were left out.</param>
/// <param name="LastReceivedMs">When the last new item was received, by our clock, milliseconds since the Unix epoch; null when none was.</param>
/// <param name="LastPublishedMs">When the newest was published, by its venue's clock; null when there is none, or the venue does not say.</param>
internal sealed record NewsReport(long Items, long FromHistory, long Repeated, long? LastReceivedMs, long? LastPublishedMs)
{
    /// <summary>On the market's thread.</summary>
    public static NewsReport Of(NewsBoard board) => new(
        board.Count,
        board.FromHistory,
        board.Duplicates,
        Milliseconds(board.LastReceivedAt),
        board.Recent.Count == 0 ? null : Milliseconds(board.Recent[^1].Times.VenueTime));

    private static long? Milliseconds(Timestamp at) => at.IsUnknown ? null : at.UnixMilliseconds;
}

/// <summary>How the news of one venue comes.</summary>
/// <param name="Pushed">Whether its socket brings it, as far as the history can tell.</param>
/// <param name="Words">The same in words.</param>
/// <param name="HistoryAtMs">When its history last answered, milliseconds since the Unix epoch; null when it never did.</param>
/// <param name="Unreadable">What could not be read and was passed over: messages of the socket, and items of the history as often as they came.</param>
internal sealed record VenueNewsReport(bool Pushed, string Words, long? HistoryAtMs, long Unreadable)
{
    /// <summary>Of a venue that tells news.</summary>
    public static VenueNewsReport Of(NewsPollStatus news, VenueHealth venue) => new(
        news.IsHeard,
        Describe(news, venue.IsConnected),
        news.LastAt?.ToUnixTimeMilliseconds(),
        news.Unreadable + venue.Feeds.Where(feed => feed.Channels.Count == 0).Sum(feed => feed.Counts.Malformed));

    private static string Describe(NewsPollStatus news, bool isConnected)
    {
        var socket = news.IsHeard ? "pushed"
            : isConnected ? "the socket is open and has brought none yet, the history is asked instead"
            : "the socket is not open, the history is asked instead";
        return news.Trouble.Length == 0 ? socket : $"{socket}; the history cannot be read: {news.Trouble}";
    }
}
