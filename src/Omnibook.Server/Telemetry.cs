using System.Diagnostics.Metrics;
using Omnibook.History.Database;
using Omnibook.History.Journal;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity.Kept;
using Omnibook.Server.History;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Redis;
using Omnibook.Server.Streams;

namespace Omnibook.Server;

/// <summary>
/// The one meter: every figure that the server tells of itself is named here. What is counted often is counted in plain fields elsewhere
/// and read here when somebody asks, so that measuring costs the hot paths nothing.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Omnibook";

    private readonly StreamCounters _streams;
    private readonly ClientRegistry _clients;
    private readonly MarketLoop _loop;
    private IReadOnlyList<BookHealth> _books = [];
    private IReadOnlyList<VenueHealth> _venues = [];

    /// <summary>Names every figure.</summary>
    public Telemetry(StreamCounters streams, ClientRegistry clients, MarketLoop loop, RedisState redis, ServerHistory? history = null, Func<HistoryDatabase?>? database = null, MetricsKeeper? metrics = null)
    {
        (_streams, _clients, _loop) = (streams, clients, loop);
        if (history?.Journal is { } journal)
        {
            AddJournal(journal);
        }

        if (database is not null)
        {
            AddDatabase(database);
        }

        if (metrics?.Store is not null)
        {
            AddMetrics(metrics);
        }

        AddStreams();
        AddMarket();
        AddBooks();
        AddVenues();
        AddRedis(redis);
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(MeterName);

    /// <summary>What books and venues look like; taken on the market's thread before the figures are read.</summary>
    public void Look(IReadOnlyList<BookHealth> books, IReadOnlyList<VenueHealth> venues) => (_books, _venues) = (books, venues);

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    private void AddMetrics(MetricsKeeper metrics)
    {
        Counter("omnibook.metrics_history.rows", () => metrics.Written, "Rows of liquidity metrics that were kept.");
        Counter("omnibook.metrics_history.dropped", () => metrics.Dropped, "Measurements that were not kept because the disk did not keep up.");
        Gauge("omnibook.metrics_history.degraded", () => metrics.Degraded is null ? 0 : 1, "1 while the disk refuses liquidity metrics.");
    }

    private void AddStreams()
    {
        Gauge("omnibook.ws.clients", () => _clients.Count, "Sockets that are open.");
        Gauge("omnibook.ws.queue", () => _clients.WaitingBytes, "Bytes of events that wait for clients.", "By");
        Counter("omnibook.ws.frames.rendered", () => _streams.FramesRendered, "Frames published to topics.");
        Counter("omnibook.ws.frames.sent", () => _streams.FramesSent, "Frames handed to client sockets.");
        Counter("omnibook.ws.sent", () => _streams.BytesSent, "Bytes handed to client sockets.", "By");
        Counter("omnibook.ws.frames.replaced", () => _streams.FramesReplaced, "States that a newer one replaced before a client read them.");
        Counter("omnibook.ws.clients.refused", () => _streams.RefusedClients, "Sockets refused because too many are open.");
        Meter.CreateObservableCounter(
            "omnibook.dropped",
            () => new Measurement<long>(_streams.FramesDropped, Tag("reason", "slow-client")),
            description: "Events dropped.");
        Meter.CreateObservableCounter(
            "omnibook.ws.clients.closed",
            () => new[]
            {
                new Measurement<long>(_streams.SlowClients, Tag("reason", "slow")),
                new Measurement<long>(_streams.MisbehavingClients, Tag("reason", "misbehaving")),
            },
            description: "Clients that the server closed.");
    }

    private void AddMarket()
    {
        Counter("omnibook.market.batches", () => _loop.Batches, "Batches applied to the market.");
        Counter("omnibook.market.events", () => _loop.Events, "Events applied to the market.");
        Counter("omnibook.market.levels", () => _loop.Levels, "Book levels applied to the market.");
        Counter("omnibook.market.faults", () => _loop.Faults, "Exceptions while events were applied.");
        Gauge("omnibook.market.waiting", () => _loop.Waiting, "Batches that wait for the market.");
    }

    private void AddJournal(MarketJournal journal)
    {
        Gauge("omnibook.journal.position", () => journal.Position, "Position of the last event of the journal.");
        Gauge("omnibook.journal.durable", () => journal.DurablePosition, "Everything up to this position is on the disk, except what was lost.");
        Gauge("omnibook.journal.waiting", () => journal.WaitingBytes, "Bytes that wait for the disk.", "By");
        Gauge("omnibook.journal.size", () => journal.Health.Bytes, "Bytes of all files of the journal.", "By");
        Gauge("omnibook.journal.degraded", () => journal.Health.Degraded is null ? 0 : 1, "1 while nothing can be written to the journal.");
        Counter("omnibook.journal.lost", () => journal.Health.Lost, "Events that were lost because the disk was full or too slow.");
        Counter("omnibook.journal.failures", () => journal.Health.Failures, "How often the disk failed.");
        Counter("omnibook.journal.syncs", () => journal.Health.Syncs, "How often the journal was brought to the disk.");
    }

    private void AddDatabase(Func<HistoryDatabase?> database)
    {
        Gauge("omnibook.history.position", () => database()?.Status.Position ?? -1, "Everything up to this position of the journal can be asked for.");
        Gauge("omnibook.history.trades", () => database()?.Status.Trades ?? 0, "Trades in the database of the history.");
        Gauge("omnibook.history.size", () => database()?.Status.Bytes ?? 0, "Bytes of all files of the database of the history.", "By");
        Gauge("omnibook.history.degraded", () => database()?.Status.State is HistoryState.Degraded or HistoryState.Missing ? 1 : 0, "1 while the history cannot be asked.");
        Counter("omnibook.history.failures", () => database()?.Status.Failures ?? 0, "How often the database of the history had to be opened anew.");
    }

    private void AddBooks()
    {
        Meter.CreateObservableGauge(
            "omnibook.book.state",
            () => _books.Select(book => new Measurement<long>(1, [.. Tags(book), Tag("state", BookWords.NameOf(book.Status.State))])),
            description: "1 for the state that a book is in.");
        Meter.CreateObservableGauge(
            "omnibook.book.age",
            () => _books.Where(book => book.Age is not null).Select(book => new Measurement<double>(book.Age!.Value.TotalSeconds, Tags(book))),
            unit: "s",
            description: "How long ago a book was last updated.");
        Meter.CreateObservableCounter(
            "omnibook.resync",
            () => _books.Select(book => new Measurement<long>(book.Status.Resyncs, Tags(book))),
            description: "How often a book had to be fetched anew.");
        Meter.CreateObservableCounter(
            "omnibook.verify",
            () => _books.Select(book => new Measurement<long>(book.Counters.SnapshotsCompared, Tags(book))),
            description: "How often a book was compared with a snapshot of its venue.");
        Meter.CreateObservableCounter(
            "omnibook.verify.mismatch",
            () => _books.Select(book => new Measurement<long>(book.Counters.VerifyMismatches, Tags(book))),
            description: "How often a live book differed from its venue's when they were compared.");
    }

    private void AddVenues()
    {
        Meter.CreateObservableCounter(
            "omnibook.feed.frames",
            () => _venues.SelectMany(venue => venue.Feeds).Select(feed => new Measurement<long>(feed.Counts.Frames, Tags(feed))),
            description: "Messages read from a venue.");
        Meter.CreateObservableCounter(
            "omnibook.feed.reconnects",
            () => _venues.SelectMany(venue => venue.Feeds).Select(feed => new Measurement<long>(feed.Counts.Reconnects, Tags(feed))),
            description: "Connections that ended and had to be made anew.");
        Meter.CreateObservableCounter(
            "omnibook.trades.fetched",
            () => _venues.Select(venue => new Measurement<long>(venue.Trades.Fetched, Tag("venue", venue.Key))),
            description: "Trades fetched after they had been missed.");
        Meter.CreateObservableCounter(
            "omnibook.trades.holes",
            () => _venues.Select(venue => new Measurement<long>(venue.Trades.Holes, Tag("venue", venue.Key))),
            description: "How often missed trades could not all be fetched.");
        Meter.CreateObservableGauge(
            "omnibook.feed.lag",
            () => _venues.SelectMany(venue => venue.Feeds).Where(feed => feed.Lag is not null)
                .Select(feed => new Measurement<double>(feed.Lag!.Value.TotalSeconds, Tags(feed))),
            unit: "s",
            description: "How much later than the venue's own time the last data was read.");
    }

    private void AddRedis(RedisState redis)
    {
        if (redis.Waiting is not { } waiting)
        {
            return;
        }

        Gauge("omnibook.redis.connected", () => redis.Status.IsConnected ? 1 : 0, "1 while Redis is connected.");
        Gauge("omnibook.redis.waiting", () => waiting.Count, "Values that wait for Redis.");
        Counter("omnibook.redis.connections", () => redis.Connections, "How often Redis was connected.");
        Counter("omnibook.redis.written", () => redis.Written, "Values that Redis has taken.");
        Counter("omnibook.redis.failed", () => redis.Failed, "Values that Redis refused, or that were lost or too old.");
        Counter("omnibook.redis.replaced", () => waiting.Replaced, "Values that a newer one replaced while they waited.");
        Counter("omnibook.redis.dropped", () => waiting.Dropped, "Values that found no room.");
    }

    private void Counter(string name, Func<long> read, string description, string? unit = null) =>
        Meter.CreateObservableCounter(name, read, unit, description);

    private void Gauge(string name, Func<long> read, string description, string? unit = null) =>
        Meter.CreateObservableGauge(name, read, unit, description);

    private static KeyValuePair<string, object?>[] Tags(BookHealth book) => [Tag("venue", book.Venue), Tag("symbol", book.Symbol)];

    private static KeyValuePair<string, object?>[] Tags(Venues.Feed.FeedStatus feed) =>
        [Tag("venue", feed.Venue.Key), Tag("connection", feed.Connection)];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
