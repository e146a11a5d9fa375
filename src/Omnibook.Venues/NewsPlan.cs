using Omnibook.Core.Events;

namespace Omnibook.Venues;

/// <summary>How to hear the news of a venue: pushed over a socket, and kept in a history that can be asked for.</summary>
/// <param name="Connection">The socket. It has no streams, since news is of no instrument: its data is of stream -1.</param>
/// <param name="History">Where the latest items can be asked for.</param>
public sealed record NewsPlan(ConnectionPlan Connection, NewsHistory History);

/// <summary>How to ask for the latest items, and how often.</summary>
public sealed record NewsHistory
{
    /// <summary>How many items to ask for, rising: a page that does not reach back to what is known is followed by the next larger one.</summary>
    public required IReadOnlyList<int> Pages { get; init; }

    /// <summary>The request for so many of the latest items.</summary>
    public required Func<int, RestRequest> Request { get; init; }

    /// <summary>
    /// Adds the items of an answer to a batch, oldest first. Null when it is no such answer at all; the batch is then as it was.
    /// </summary>
    public required Func<ReadOnlyMemory<byte>, Timestamp, EventBatch, NewsPage?> TryTranslate { get; init; }

    /// <summary>How often to ask while the socket is down, or open and mute.</summary>
    public TimeSpan WhileUnheard { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often to ask while the socket brings news, to see whether it brings all.</summary>
    public TimeSpan WhileHeard { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>What was in an answer of a history.</summary>
/// <param name="Rows">How many items there were, readable or not.</param>
/// <param name="Unreadable">How many were passed over because they could not be read.</param>
/// <param name="Why">Why the first of those could not; null when all could.</param>
public readonly record struct NewsPage(int Rows, int Unreadable, string? Why);
