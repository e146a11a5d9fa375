using System.Collections.Immutable;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline;

/// <summary>The open connections of one venue: those of the configuration, and those that were opened because somebody asked.</summary>
internal sealed class VenueConnections(
    IVenue venue, VenueRest rest, FeedOptions feed, MarketLoop loop, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private ImmutableArray<FollowedConnection> _connections = [];

    /// <summary>Is told of the streams of trades.</summary>
    public ITradeStreams? Trades { get; init; }

    /// <summary>What all connections of the venue keep to together.</summary>
    public AddressPace Pace { get; } = new(venue.Rules, time);

    /// <summary>How many there are.</summary>
    public int Count => _connections.Length;

    /// <summary>How each of them is doing.</summary>
    public IReadOnlyList<FeedStatus> Statuses => [.. _connections.Select(connection => connection.Feed.Status)];

    /// <summary>Opens the planned connections, in the background, and keeps them open.</summary>
    /// <param name="plans">What to open.</param>
    /// <param name="priority">Who goes first when snapshots are asked for.</param>
    public IReadOnlyList<FollowedConnection> Open(IEnumerable<ConnectionPlan> plans, RequestPriority priority = RequestPriority.Background) =>
        Open(plans, priority, Options());

    /// <summary>Opens connections in place of others that were closed.</summary>
    /// <param name="plans">What to open.</param>
    /// <param name="priority">Who goes first when snapshots are asked for.</param>
    /// <param name="moved">What came over the closed ones, of which trades may have been missed meanwhile.</param>
    public IReadOnlyList<FollowedConnection> Reopen(IEnumerable<ConnectionPlan> plans, RequestPriority priority, IReadOnlySet<InstrumentId> moved) =>
        Open(plans, priority, Options() with { Trades = Trades is null ? null : new MovedTrades(Trades, moved) });

    /// <summary>Opens the connection of the news, and asks its history beside it until that is disposed.</summary>
    public NewsPoll OpenNews(NewsPlan news)
    {
        var poll = new NewsPoll(news.History, Open([news.Connection])[0].Feed, rest, loop, time, Options());
        poll.Start();
        return poll;
    }

    /// <summary>Closes connections; afterwards nothing of them reaches the market any more.</summary>
    public async Task CloseAsync(IReadOnlyCollection<FollowedConnection> connections)
    {
        ImmutableInterlocked.Update(ref _connections, (before, gone) => before.RemoveAll(gone.Contains), connections);
        await Task.WhenAll(connections.Select(connection => connection.Feed.DisposeAsync().AsTask()));
    }

    /// <summary>Has a snapshot fetched. Never waits.</summary>
    public void RequestSnapshot(InstrumentId book)
    {
        var connection = ConnectionOf(book);
        connection?.Feed.RequestSnapshot(book, connection.Priority);
    }

    /// <summary>Has the connection of a book replaced. Never waits.</summary>
    public void RequestReconnect(InstrumentId book, string reason) => ConnectionOf(book)?.Feed.RequestReconnect(reason);

    /// <summary>The market of a book is quiet for as long as is said. Never waits.</summary>
    public void Excuse(InstrumentId book, TimeSpan span) => ConnectionOf(book)?.Feed.Excuse(book, span);

    /// <summary>Closes the connections of some books, and opens others in their place.</summary>
    /// <param name="books">Books of which the connections are closed.</param>
    /// <param name="plan">Plans those that are opened, for all books that came over the closed ones.</param>
    public async Task ReplaceAsync(IReadOnlySet<InstrumentId> books, Func<IReadOnlyCollection<InstrumentId>, IEnumerable<ConnectionPlan>> plan)
    {
        var closing = _connections.Where(connection => connection.Books.Overlaps(books)).ToArray();
        await CloseAsync(closing);
        var moved = closing.SelectMany(connection => connection.Books).ToHashSet();
        Reopen(plan(moved), RequestPriority.Background, moved);
    }

    /// <summary>Closes every connection.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(_connections);

    private FollowedConnection[] Open(IEnumerable<ConnectionPlan> plans, RequestPriority priority, FeedOptions options)
    {
        FollowedConnection[] opened =
        [
            .. plans.Select(plan => new FollowedConnection(
                new VenueFeed(venue, plan, rest, loop, time, options), [.. plan.Books.Select(book => book.Id)], priority)),
        ];
        ImmutableInterlocked.Update(ref _connections, (before, added) => before.AddRange(added), opened);
        Array.ForEach(opened, connection => connection.Feed.Start());
        return opened;
    }

    private FeedOptions Options() =>
        feed with { Notices = Note, Trades = Trades, Pace = Pace, Seed = Environment.ProcessId ^ venue.Id.Key.GetHashCode(StringComparison.Ordinal) };

    private FollowedConnection? ConnectionOf(InstrumentId book)
    {
        foreach (var connection in _connections)
        {
            if (connection.Books.Contains(book))
            {
                return connection;
            }
        }

        return null;
    }

    private void Note(FeedNotice notice) => log.Log(
        notice.Level switch
        {
            NoticeLevel.Information => LogLevel.Information,
            NoticeLevel.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        },
        notice.Cause,
        "{Feed}: {Text}",
        notice.Feed,
        notice.Text);
}

/// <summary>One connection of a venue.</summary>
/// <param name="Feed">Keeps it open.</param>
/// <param name="Books">The books that come over it.</param>
/// <param name="Priority">Who goes first when a snapshot of one of them is asked for.</param>
internal sealed record FollowedConnection(VenueFeed Feed, ImmutableHashSet<InstrumentId> Books, RequestPriority Priority);
