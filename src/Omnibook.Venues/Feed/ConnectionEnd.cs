using System.Net.WebSockets;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>How a connection ended.</summary>
/// <param name="Code">The stable code for the books: one of <see cref="StatusReasons"/>.</param>
/// <param name="Words">What a person can act on.</param>
/// <param name="CloseStatus">The venue's close code, where there was one.</param>
/// <param name="Fault">What our own code threw, where it did.</param>
internal sealed record ConnectionEnd(
    string Code, string Words, WebSocketCloseStatus? CloseStatus = null, Exception? Fault = null)
{
    /// <summary>We closed it ourselves, and nothing is wrong.</summary>
    public static ConnectionEnd Retired { get; } = new(StatusReasons.Disconnected, "closed by us");

    /// <summary>The venue sent a close frame.</summary>
    public static ConnectionEnd Closed(WebSocketCloseStatus? status, string? words) => new(
        StatusReasons.Disconnected,
        $"The venue closed the connection ({(int?)status ?? 1005}{(string.IsNullOrEmpty(words) ? "" : $": {words}")}).",
        status);

    /// <summary>The connection broke.</summary>
    public static ConnectionEnd Broken(Exception failure) =>
        new(StatusReasons.Disconnected, $"The connection broke: {failure.GetBaseException().Message}");
}
