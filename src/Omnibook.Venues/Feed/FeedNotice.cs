namespace Omnibook.Venues.Feed;

/// <summary>How much a notice matters.</summary>
public enum NoticeLevel
{
    /// <summary>A normal step: connected, replaced.</summary>
    Information,

    /// <summary>Something is wrong at the venue or on the way to it; the feed deals with it.</summary>
    Warning,

    /// <summary>Something is wrong with our own code; the feed goes on.</summary>
    Error,
}

/// <summary>A sentence of a feed for the log.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Feed">Which feed: <c>binance-usdm/public-0</c>.</param>
/// <param name="Text">What happened, in words that a person can act on.</param>
/// <param name="Cause">What was thrown, if anything was.</param>
public sealed record FeedNotice(NoticeLevel Level, string Feed, string Text, Exception? Cause = null);
