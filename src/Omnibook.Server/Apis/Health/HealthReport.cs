using System.Text.Json.Serialization;
using Omnibook.Server.History;
using Omnibook.Server.Redis;

namespace Omnibook.Server.Apis.Health;

/// <summary>The health of everything, as one object.</summary>
/// <param name="Status"><c>healthy</c> when every venue is connected, the store works, and Redis does where it is used; otherwise <c>degraded</c>.</param>
/// <param name="Ok">Always true: the server answers.</param>
/// <param name="Exchanges">Venue by venue of those where something is traded, whether it is connected; by the names that the MarketData dialect has for them (<c>binance</c> is <c>binance-usdm</c>).</param>
/// <param name="Mode"><c>live</c>, <c>demo</c> (every price is invented) or <c>replay</c> (recorded).</param>
/// <param name="Version">Version of the program.</param>
/// <param name="UptimeSeconds">How long it has been running.</param>
/// <param name="ServerTimeMs">Our clock, milliseconds since the Unix epoch.</param>
/// <param name="Venues">Venue by venue, its connections.</param>
/// <param name="Books">Every followed book.</param>
/// <param name="Storage">The price store.</param>
/// <param name="Clients">How many sockets are open.</param>
/// <param name="News">The news of all venues together.</param>
/// <param name="Redis">Redis; absent where it is not used.</param>
/// <param name="History">What is kept of what happened; absent where nothing is.</param>
/// <param name="Database">The database that answers for the past; absent where nothing is kept.</param>
internal sealed record HealthReport(
    string Status,
    bool Ok,
    IReadOnlyDictionary<string, bool> Exchanges,
    string Mode,
    string Version,
    long UptimeSeconds,
    long ServerTimeMs,
    IReadOnlyDictionary<string, VenueReport> Venues,
    IReadOnlyList<BookReport> Books,
    StorageReport Storage,
    int Clients,
    NewsReport News,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RedisReport? Redis,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HistoryReport? History,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DatabaseReport? Database);

/// <summary>A venue.</summary>
/// <param name="Connected">Whether every connection of it is open.</param>
/// <param name="Reason">What is wrong, in words that a person can act on; empty when nothing is.</param>
/// <param name="RetryAtMs">When it is tried again, milliseconds since the Unix epoch; null when it is being tried or is connected.</param>
/// <param name="Unlisted">Configured symbols that the venue does not list.</param>
/// <param name="Connections">Its connections.</param>
/// <param name="Trades">Trades that were missed, fetched and lost.</param>
/// <param name="News">How its news comes; absent for a venue that tells none.</param>
internal sealed record VenueReport(
    bool Connected,
    string Reason,
    long? RetryAtMs,
    IReadOnlyList<string> Unlisted,
    IReadOnlyList<ConnectionReport> Connections,
    TradesReport Trades,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VenueNewsReport? News);

/// <summary>The trades of a venue.</summary>
/// <param name="Gaps">How often some were missed, or may have been.</param>
/// <param name="Fetched">How many were fetched afterwards.</param>
/// <param name="Holes">How often not all of them could be.</param>
/// <param name="Latest">The latest such holes, newest first.</param>
internal sealed record TradesReport(long Gaps, long Fetched, long Holes, IReadOnlyList<TradeHoleRow> Latest);

/// <summary>Trades that are missing for good.</summary>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="LastId">The venue's number of the last trade before them.</param>
/// <param name="LastAtMs">When that was, milliseconds since the Unix epoch.</param>
/// <param name="FirstId">The number of the first trade after them; null when there was none yet.</param>
/// <param name="FirstAtMs">When that was; null when there was none yet.</param>
/// <param name="Why">Why they could not be fetched, in words.</param>
internal sealed record TradeHoleRow(string Symbol, long LastId, long LastAtMs, long? FirstId, long? FirstAtMs, string Why);

/// <summary>A connection.</summary>
/// <param name="Name">Its name within the venue.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Reason">Why, in words; empty when there is nothing to explain.</param>
/// <param name="SinceMs">Since when, milliseconds since the Unix epoch.</param>
/// <param name="FrameAgeMs">How long ago anything came; null when nothing did.</param>
/// <param name="LagMs">How much later than the venue's own time the last data was read; null when the venue gives no time.</param>
/// <param name="Frames">Messages read.</param>
/// <param name="Reconnects">Connections that ended and had to be made anew.</param>
internal sealed record ConnectionReport(
    string Name, string State, string Reason, long SinceMs, long? FrameAgeMs, long? LagMs, long Frames, long Reconnects);

/// <summary>A book.</summary>
/// <param name="Venue">The venue's key.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="State">The state in lower case; only a <c>live</c> book takes part in anything, and in a composite only one that is not <c>lagging</c>.</param>
/// <param name="Reason">A stable code: <c>gap</c>, <c>disconnected</c>; empty when there is nothing to explain.</param>
/// <param name="Words">State and reason in words.</param>
/// <param name="SinceMs">Since when, milliseconds since the Unix epoch.</param>
/// <param name="AgeMs">How long ago it was last updated; null when it never was.</param>
/// <param name="LagMs">How much later than usual its last messages came; beyond <c>MAX_LAG_MS</c> it takes part in no composite.</param>
/// <param name="LastSeq">The sequence number up to which it is complete.</param>
/// <param name="Resyncs">How often it had to be fetched anew.</param>
/// <param name="VerifiedAgeMs">How long ago it began with a snapshot of the venue or was found equal to one; null when it never was.</param>
/// <param name="VerifyMismatches">How often it was compared with the venue's and differed.</param>
internal sealed record BookReport(
    string Venue,
    string Symbol,
    string State,
    string Reason,
    string Words,
    long SinceMs,
    [property: JsonPropertyName("ageMs")] long? AgeMs,
    [property: JsonPropertyName("lagMs")] long LagMs,
    [property: JsonPropertyName("lastSeq")] long LastSeq,
    long Resyncs,
    [property: JsonPropertyName("verifiedAgeMs")] long? VerifiedAgeMs,
    [property: JsonPropertyName("verifyMismatches")] long VerifyMismatches);

/// <summary>The price store.</summary>
/// <param name="Ok">Whether the last rows could be written.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Sqlite">Version of SQLite.</param>
/// <param name="FailedRows">Rows that could not be written since the start.</param>
/// <param name="Quarantined">Where a damaged file was put aside, or null.</param>
internal sealed record StorageReport(bool Ok, string File, string Sqlite, long FailedRows, string? Quarantined);

/// <summary>Redis. The server is whole without it.</summary>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Reason">What is wrong, in words; empty when nothing is.</param>
/// <param name="SinceMs">Since when, milliseconds since the Unix epoch.</param>
/// <param name="Connections">How often it was connected.</param>
/// <param name="Written">Values that it has taken.</param>
/// <param name="Failed">Values that it refused, or that were lost with a connection, or that waited too long.</param>
/// <param name="Waiting">Values that wait.</param>
/// <param name="Replaced">Values that a newer one replaced while they waited.</param>
/// <param name="Dropped">Values that found no room.</param>
internal sealed record RedisReport(
    bool Connected, string Reason, long SinceMs, long Connections, long Written, long Failed, int Waiting, long Replaced, long Dropped)
{
    /// <summary>What is known of it; null where none is used.</summary>
    public static RedisReport? Of(RedisState redis) => redis.Waiting is not { } waiting ? null : new RedisReport(
        redis.Status.IsConnected,
        redis.Status.Reason,
        redis.Status.Since.ToUnixTimeMilliseconds(),
        redis.Connections,
        redis.Written,
        redis.Failed,
        waiting.Count,
        waiting.Replaced,
        waiting.Dropped);
}

/// <summary>A short answer for those who only want to know whether.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not ready</c>.</param>
/// <param name="Detail">Why not, in words; absent when it is.</param>
internal sealed record ProbeReport(
    string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null);
