using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>
/// Make before break: opens a second connection while the first still works, waits until its books deliver, and only then lets
/// the first go. Books ignore by their sequence numbers what comes twice. If the second one fails, the first is kept until its end.
/// </summary>
internal sealed class ConnectionReplacement(FeedSurroundings feed, SnapshotRequests snapshots, Backoff random)
{
    private const double StaggerShare = 0.05;

    /// <summary>How long a silent old connection excuses a silent new one.</summary>
    private static readonly TimeSpan BothSilentFor = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _age = feed.Venue.Rules.MaxConnectionAge
        - random.Within(TimeSpan.Zero, feed.Venue.Rules.MaxConnectionAge * StaggerShare);

    private TimeSpan _notBefore;

    /// <summary>Waits until another connection should take over (true), or this one has ended (false).</summary>
    public async Task<bool> WhenDueAsync(FeedConnection connection, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var old = DelayUntilAsync(connection.OpenedAt + _age, waiting.Token);
            await Task.WhenAny(connection.Ended, connection.ReplacementWanted, old);
            await Task.WhenAny(connection.Ended, DelayUntilAsync(_notBefore, waiting.Token));
        }
        finally
        {
            await waiting.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return !connection.Ended.IsCompleted;
    }

    /// <summary>Tries to replace a connection. Null when that failed: it is then to be kept, and tried again later.</summary>
    public async Task<FeedConnection?> TryReplaceAsync(
        FeedConnection old, Func<ConnectionPlan, Task<FeedConnection?>> openAsync, CancellationToken cancellationToken)
    {
        _notBefore = feed.Elapsed + random.Within(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        var reason = old.ReplacementWanted.IsCompleted ? await old.ReplacementWanted : "it has reached its age";
        feed.Notice(NoticeLevel.Information, $"Opening another connection because {reason}.");
        var next = await openAsync(feed.AcceptedPlan);
        if (next is null)
        {
            return null;
        }

        var isReady = false;
        try
        {
            isReady = await WhenReadyAsync(old, next, cancellationToken);
        }
        finally
        {
            if (!isReady)
            {
                await next.DisposeAsync();
            }
        }

        return isReady ? await TakeOverAsync(old, next, cancellationToken) : null;
    }

    private async Task<FeedConnection> TakeOverAsync(FeedConnection old, FeedConnection next, CancellationToken cancellationToken)
    {
        feed.Counters.Replacement();
        if (old.Ended.IsCompleted)
        {
            // It died before the other one delivered everything: what had not come over is lost.
            var lost = next.Plan.Streams
                .Where((stream, index) => stream.Channel == Channel.Book && !next.Watch.HasDelivered(index))
                .Select(stream => stream.Instrument);
            await snapshots.EndEpochAsync(lost, BookState.Resyncing, StatusReasons.Disconnected, default, cancellationToken);
            await feed.TellOpeningAsync(next.Plan, isFirst: false, cancellationToken);
            next.TellSubscribedAgain();
        }

        return next;
    }

    private async Task<bool> WhenReadyAsync(FeedConnection old, FeedConnection next, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(feed.Options.WatchInterval, feed.Time);
        var giveUpAt = feed.Elapsed + feed.Options.ReplacementTimeout;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (next.Ended.IsCompleted)
            {
                feed.Notice(NoticeLevel.Warning, $"The new connection ended and the old one is kept. {(await next.Ended).Words}");
                return false;
            }

            if (old.Ended.IsCompleted || IsReady(old, next))
            {
                return true;
            }

            if (feed.Elapsed > giveUpAt)
            {
                feed.Notice(NoticeLevel.Warning, "The new connection did not deliver every book; the old one is kept.");
                return false;
            }
        }

        return false;
    }

    private bool IsReady(FeedConnection old, FeedConnection next)
    {
        if (next.Watch.SubscribedAt is not { } subscribed)
        {
            return false;
        }

        var decisive = Enumerable.Range(0, next.Plan.Streams.Count).Where(index => next.Plan.Streams[index].Channel == Channel.Book).ToArray();
        return decisive.Length == 0
            ? next.LastFrameAt is not null || (feed.Venue.Rules.SilenceNeedsFirstFrame && feed.Elapsed - subscribed > BothSilentFor)
            : Array.TrueForAll(decisive, index => next.Watch.HasDelivered(index) || AreBothSilent(index));

        bool AreBothSilent(int index)
        {
            var before = Enumerable.Range(0, old.Plan.Streams.Count)
                .FirstOrDefault(candidate => ReferenceEquals(old.Plan.Streams[candidate], next.Plan.Streams[index]), -1);
            return feed.Elapsed - subscribed > BothSilentFor
                && (before < 0 || old.Watch.LastData(before) is not { } last || last < subscribed);
        }
    }

    private async Task DelayUntilAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        if (moment - feed.Elapsed is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, feed.Time, cancellationToken);
        }
    }
}
