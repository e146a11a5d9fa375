using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>
/// Looks after one connection, four times a second: whether it is silent, whether its streams are acknowledged and deliver, whether a refused
/// one may be asked for again, and does what helps.
/// </summary>
internal sealed class ConnectionCare(FeedSurroundings feed, FeedConnection connection, FrameTranslation translation)
{
    private readonly List<(WatchFinding Finding, int Stream)> _found = [];
    private readonly bool[] _toldSubscribed = new bool[connection.Plan.Streams.Count];
    private string? _wantedOnceStable;

    private TimeSpan SilenceLimit => connection.Plan.SilenceLimit ?? feed.Venue.Rules.SilenceLimit;

    /// <summary>Has the connection replaced once it has stood for a while.</summary>
    public void WantReplacementOnceStable(string reason) => Volatile.Write(ref _wantedOnceStable, reason);

    /// <summary>Tells once more of the trades that are subscribed.</summary>
    public void TellSubscribedAgain() => Array.Clear(_toldSubscribed);

    /// <summary>Goes on until the connection ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(feed.Options.WatchInterval, feed.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (translation.IsWaitingForRoom)
            {
                // The market is behind, so that nothing is read: the venue is not silent.
                continue;
            }

            if (IsSilent())
            {
                await EndSilentAsync(cancellationToken);
                return;
            }

            await LookAsync(cancellationToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _wantedOnceStable) is { } reason && feed.Elapsed - connection.OpenedAt >= feed.Options.StableAfter)
        {
            connection.WantReplacement(reason);
        }

        _found.Clear();
        connection.Watch.Look(feed.Elapsed, (finding, stream) => _found.Add((finding, stream)));
        foreach (var (finding, stream) in _found)
        {
            await ActAsync(finding, stream, cancellationToken);
        }

        ForgetHealedStreams();
        await LookAtRefusedAsync(cancellationToken);
        TellSubscribed();
        if (translation.TakeUnread())
        {
            await feed.TellDoubtAsync(connection.Plan, cancellationToken);
        }
    }

    private void TellSubscribed()
    {
        for (var stream = 0; stream < _toldSubscribed.Length && feed.Options.Trades is { } trades && connection.Watch.SubscribedAt is not null; stream++)
        {
            var plan = connection.Plan.Streams[stream];
            if (plan.Channel == Channel.Trades && !_toldSubscribed[stream] && (connection.Watch.AllAcknowledged || connection.Watch.IsAccepted(stream)))
            {
                _toldSubscribed[stream] = true;
                trades.OnSubscribed(plan.Instrument);
            }
        }
    }

    private bool IsSilent() =>
        feed.Elapsed - (connection.LastFrameAt ?? connection.OpenedAt) > SilenceLimit
        && (connection.LastFrameAt is not null || !feed.Venue.Rules.SilenceNeedsFirstFrame)
        && !connection.Watch.AreBooksExcused(feed.Elapsed);

    private async Task EndSilentAsync(CancellationToken cancellationToken)
    {
        await feed.TellAsync(connection.Plan.Books, BookState.Stale, StatusReasons.FeedSilent, default, cancellationToken);
        connection.End(new ConnectionEnd(
            StatusReasons.FeedSilent, $"Nothing came for {SilenceLimit.TotalSeconds:0.#} s although the socket is open."));
    }

    private Task ActAsync(WatchFinding finding, int stream, CancellationToken cancellationToken)
    {
        var plan = connection.Plan.Streams[stream];
        switch (finding)
        {
            case WatchFinding.StillUnacknowledged:
                connection.End(new ConnectionEnd(
                    StatusReasons.Disconnected, $"The venue acknowledged {plan.Name} neither at the first nor at the second request."));
                return Task.CompletedTask;
            case WatchFinding.Unacknowledged:
                feed.Notice(NoticeLevel.Warning, $"{plan.Name} was not acknowledged within {feed.Venue.Rules.AcknowledgeTimeout.TotalSeconds:0.#} s; asking again.");
                connection.BeginAnew(stream);
                return Task.CompletedTask;
            case WatchFinding.StaysSilent:
                GiveUpOn(plan);
                return Task.CompletedTask;
            default:
                return OnSilentAsync(finding, stream, cancellationToken);
        }
    }

    private async Task OnSilentAsync(WatchFinding finding, int stream, CancellationToken cancellationToken)
    {
        var plan = connection.Plan.Streams[stream];
        feed.Notice(NoticeLevel.Warning, finding == WatchFinding.NeverDelivered
            ? $"{plan.Name} was subscribed and never delivered: is {connection.Plan.Address} the right address for {plan.Channel}?"
            : $"{plan.Name} fell silent while the socket is open; subscribing it anew.");
        if (plan.Channel == Channel.Book)
        {
            await feed.TellAsync([plan.Instrument], BookState.Stale, StatusReasons.ChannelSilent, default, cancellationToken);
        }

        connection.BeginAnew(stream);
    }

    /// <summary>Once per silence: a stream that another connection did not wake must not cost the others theirs again and again.</summary>
    private void GiveUpOn(StreamPlan plan)
    {
        if (feed.HopelesslySilent.TryAdd(plan.Name, true))
        {
            connection.WantReplacement($"{plan.Name} stays silent");
        }
    }

    private void ForgetHealedStreams()
    {
        if (feed.HopelesslySilent.IsEmpty)
        {
            return;
        }

        for (var stream = 0; stream < connection.Plan.Streams.Count; stream++)
        {
            if (connection.Watch.StateOf(stream, out _) == ChannelState.Delivering)
            {
                feed.HopelesslySilent.TryRemove(connection.Plan.Streams[stream].Name, out _);
            }
        }
    }

    private async Task LookAtRefusedAsync(CancellationToken cancellationToken)
    {
        if (feed.Refused.IsEmpty)
        {
            return;
        }

        foreach (var plan in feed.Plan.Streams)
        {
            var stream = IndexOf(plan);
            if (stream >= 0 && connection.Watch.IsAccepted(stream) && feed.Refused.Remove(plan.Name))
            {
                feed.Notice(NoticeLevel.Information, $"{plan.Name} was refused before and is accepted now.");
            }
            else if (feed.Refused.IsDue(plan.Name, feed.Elapsed))
            {
                await AskAgainAsync(plan, stream, cancellationToken);
            }
        }
    }

    /// <summary>A stream that the connection was opened without can only come with another one.</summary>
    private async Task AskAgainAsync(StreamPlan plan, int stream, CancellationToken cancellationToken)
    {
        if (stream < 0)
        {
            connection.WantReplacement($"{plan.Name} is asked for again");
            return;
        }

        feed.Refused.OnAskedAgain(plan.Name, feed.Elapsed);
        connection.Watch.OnAskedAgain(stream, feed.Elapsed);
        if (plan.Channel == Channel.Book)
        {
            await feed.TellAsync([plan.Instrument], BookState.Buffering, StatusReasons.AwaitingSnapshot, default, cancellationToken);
        }

        connection.BeginAnew(stream);
    }

    private int IndexOf(StreamPlan plan)
    {
        for (var stream = 0; stream < connection.Plan.Streams.Count; stream++)
        {
            if (ReferenceEquals(connection.Plan.Streams[stream], plan))
            {
                return stream;
            }
        }

        return -1;
    }
}
