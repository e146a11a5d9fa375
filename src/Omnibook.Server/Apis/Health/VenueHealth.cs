using Omnibook.Server.History;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Apis.Health;

/// <summary>What is to be told of a venue.</summary>
/// <param name="Key">The venue's key.</param>
/// <param name="Pending">Why its instruments are not known yet, in words; empty once they are.</param>
/// <param name="Until">When the venue is asked again; null when it is being asked, or was.</param>
/// <param name="Unlisted">Configured symbols that the venue does not list.</param>
/// <param name="Feeds">Its connections.</param>
/// <param name="News">How its news comes; null for a venue that tells none.</param>
internal sealed record VenueHealth(
    string Key, string Pending, DateTimeOffset? Until, IReadOnlyList<string> Unlisted, IReadOnlyList<FeedStatus> Feeds, NewsPollStatus? News = null)
{
    /// <summary>Whether anything is traded there: not at one that tells news alone.</summary>
    public bool IsExchange => News is null || Feeds.Any(feed => feed.Channels.Count > 0);

    /// <summary>Trades that were missed, fetched and lost.</summary>
    public TradeHoleReport Trades { get; init; } = TradeHoleReport.None;

    /// <summary>Whether nothing of it is configured, so that it needs a connection only while somebody asks for something.</summary>
    public bool IsOnDemandAlone { get; init; }

    /// <summary>Whether its instruments are known and every connection of it is open.</summary>
    public bool IsConnected => Pending.Length == 0 && (Feeds.Count > 0 || IsOnDemandAlone) && Feeds.All(feed => feed.State == FeedState.Connected);
}

/// <summary>Where the health routes look. Nothing of it asks anybody outside.</summary>
/// <param name="Mode"><c>live</c>, <c>demo</c> or <c>replay</c>.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="StartedAt">When the server was started.</param>
/// <param name="Venues">How the venues are doing now.</param>
internal sealed record HealthSources(string Mode, string Version, DateTimeOffset StartedAt, Func<IReadOnlyList<VenueHealth>> Venues)
{
    /// <summary>After so many failed tries in a row a connection is called down. Tries go on. Setting <c>WS_MAX_RECONNECT_ATTEMPTS</c>.</summary>
    public int DownAfter { get; init; } = 10;

    /// <summary>How the history is doing; null from it where nothing is kept.</summary>
    public Func<HistoryReport?> History { get; init; } = () => null;

    /// <summary>How the database of the history is doing; null from it where there is none.</summary>
    public Func<DatabaseReport?> Database { get; init; } = () => null;
}
