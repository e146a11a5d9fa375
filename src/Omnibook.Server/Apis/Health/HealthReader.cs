using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Server.Redis;
using Omnibook.Server.Streams;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Apis.Health;

/// <summary>Puts the health together from what the parts know already. Nothing is asked of a venue.</summary>
internal sealed class HealthReader(
    HealthSources sources,
    MarketLoop loop,
    InstrumentCatalog catalog,
    PriceSnapshotStore store,
    ClientRegistry clients,
    RedisState redis,
    TimeProvider time)
{
    /// <summary>The health of everything now.</summary>
    public async Task<HealthReport> ReadAsync(CancellationToken cancellationToken)
    {
        var venues = sources.Venues();
        var books = await BookHealth.ReadAllAsync(loop, catalog, cancellationToken);
        var storage = Describe(store);
        var (redisReport, history) = (RedisReport.Of(redis), sources.History());
        var healthy = storage.Ok && history?.Ok != false && sources.Database()?.Ok != false && (redisReport is null or { Connected: true, Reason: "" }) && venues.All(venue => venue.IsConnected) && books.TrueForAll(book => book.Status is { State: BookState.Live, Reason: not StatusReasons.Lagging });
        return new HealthReport(
            healthy ? "healthy" : "degraded",
            Ok: true,
            venues.Where(venue => venue.IsExchange).ToDictionary(venue => ExchangeName.Of(venue.Key), venue => venue.IsConnected, StringComparer.Ordinal),
            sources.Mode,
            sources.Version,
            (long)(time.GetUtcNow() - sources.StartedAt).TotalSeconds,
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            venues.ToDictionary(venue => venue.Key, Describe, StringComparer.Ordinal),
            [.. books.Select(Describe)],
            storage,
            clients.Count,
            await loop.ReadAsync(market => NewsReport.Of(market.News), cancellationToken),
            redisReport,
            history,
            sources.Database());
    }

    /// <summary>Why the server cannot serve a book yet; null when it can.</summary>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        var books = await BookHealth.ReadAllAsync(loop, catalog, cancellationToken);
        return books.Exists(book => book.Status.State == BookState.Live) ? null
            : books.Count == 0 ? "no venue has listed its instruments yet"
            : string.Join("; ", books.Select(book => $"{book.Venue}/{book.Symbol} {BookWords.Describe(book.Status)}"));
    }

    private VenueReport Describe(VenueHealth venue)
    {
        var troubled = venue.Feeds.Where(feed => feed.State != FeedState.Connected).ToList();
        var reasons = troubled.Select(feed => $"{feed.Connection}: {Words(feed)}").Prepend(venue.Pending).Where(reason => reason.Length > 0);
        var until = venue.Until ?? troubled.Select(feed => feed.Until).Min();
        return new VenueReport(
            venue.IsConnected,
            string.Join("; ", reasons),
            until?.ToUnixTimeMilliseconds(),
            venue.Unlisted,
            [.. venue.Feeds.Select(Describe)],
            Describe(venue.Trades),
            venue.News is { } news ? VenueNewsReport.Of(news, venue) : null);
    }

    private string Words(FeedStatus feed) =>
        feed.FailedAttempts >= sources.DownAfter ? $"down, {feed.FailedAttempts} tries failed: {feed.Reason}" : feed.Reason;

    private static TradesReport Describe(TradeHoleReport trades) => new(
        trades.Gaps,
        trades.Fetched,
        trades.Holes,
        [.. trades.Latest.Select(hole => new TradeHoleRow(
            hole.Gap.Instrument.Symbol,
            hole.Gap.Before.Id,
            hole.Gap.Before.At.UnixMilliseconds,
            hole.Gap.After?.Id,
            hole.Gap.After?.At.UnixMilliseconds,
            hole.Why))]);

    private static ConnectionReport Describe(FeedStatus feed) =>
        new(
            feed.Connection,
            feed.State.ToString().ToLowerInvariant(),
            feed.Reason,
            feed.Since.ToUnixTimeMilliseconds(),
            (long?)feed.FrameAge?.TotalMilliseconds,
            (long?)feed.Lag?.TotalMilliseconds,
            feed.Counts.Frames,
            feed.Counts.Reconnects);

    private static BookReport Describe(BookHealth book) =>
        new(
            book.Venue,
            book.Symbol,
            BookWords.NameOf(book.Status.State),
            book.Status.Reason,
            BookWords.Describe(book.Status),
            book.Status.Since.UnixMilliseconds,
            (long?)book.Age?.TotalMilliseconds,
            (long)book.Lag.TotalMilliseconds,
            book.Sequence,
            book.Status.Resyncs,
            (long?)book.VerifiedAge?.TotalMilliseconds,
            book.Counters.VerifyMismatches);

    private static StorageReport Describe(PriceSnapshotStore store) =>
        new(store.Failed == 0, Path.GetFileName(store.Path), store.SqliteVersion, store.Failed, store.Quarantined is { } path ? Path.GetFileName(path) : null);
}
