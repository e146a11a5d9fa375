using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>Why no connection came about.</summary>
/// <param name="State">The feed's state until the next try.</param>
/// <param name="Code">The stable code for the books: one of <see cref="StatusReasons"/>.</param>
/// <param name="Words">What a person can act on.</param>
/// <param name="Wait">How long to wait at least; null leaves it to the backoff.</param>
internal sealed record HandshakeRefusal(FeedState State, string Code, string Words, TimeSpan? Wait)
{
    /// <summary>The state of the books until the next try.</summary>
    public BookState Books => State switch
    {
        FeedState.GeoBlocked => BookState.GeoBlocked,
        FeedState.RateLimited => BookState.RateLimited,
        _ => BookState.Connecting,
    };

    /// <summary>Names what a failed handshake means.</summary>
    public static HandshakeRefusal Of(Exception failure, ClientWebSocket socket, Uri address, FeedOptions options, DateTimeOffset now) =>
        (int)socket.HttpStatusCode switch
        {
            403 or 451 => new(
                FeedState.GeoBlocked,
                StatusReasons.GeoBlocked,
                $"{address.Host} refuses our address ({(int)socket.HttpStatusCode}): the venue is closed to this region or network. Run the server elsewhere, or set another socket address.",
                options.GeoBlockRetry),
            418 or 429 => Limited(socket, address, now),
            var status and not (0 or 101) => new(
                FeedState.Waiting, StatusReasons.Refused, $"{address.Host} refused the WebSocket handshake with status {status}.", null),
            _ => OfTransport(failure, address, options),
        };

    private static HandshakeRefusal Limited(ClientWebSocket socket, Uri address, DateTimeOffset now)
    {
        var header = socket.HttpResponseHeaders?.FirstOrDefault(
            candidate => candidate.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        var status = (int)socket.HttpStatusCode;
        var wait = RetryTime.FromHeader(header, now) - now ?? RetryTime.Default(status, TimeSpan.FromMinutes(1));
        return new(
            FeedState.RateLimited,
            StatusReasons.RateLimited,
            $"{address.Host} says that we connect too often ({status}); the next try is in {wait.TotalSeconds:0} s.",
            wait);
    }

    private static HandshakeRefusal OfTransport(Exception failure, Uri address, FeedOptions options)
    {
        if (failure is OperationCanceledException)
        {
            return new(
                FeedState.Waiting,
                StatusReasons.Connecting,
                $"{address.Host} did not complete the handshake within {options.HandshakeTimeout.TotalSeconds:0.#} s.",
                null);
        }

        var causes = Causes(failure).ToArray();
        if (causes.OfType<SocketException>().Any(IsOfTheName))
        {
            return new(FeedState.Waiting, StatusReasons.NameResolution, $"The name {address.Host} cannot be resolved: check the network and the address.", null);
        }

        return causes.OfType<AuthenticationException>().FirstOrDefault() is { } certificate
            ? new(FeedState.Waiting, StatusReasons.Certificate, $"The certificate of {address.Host} is refused: {certificate.Message}", null)
            : new(FeedState.Waiting, StatusReasons.Connecting, $"{address.Host} cannot be reached: {causes[^1].Message}", null);
    }

    private static bool IsOfTheName(SocketException failure) =>
        failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
