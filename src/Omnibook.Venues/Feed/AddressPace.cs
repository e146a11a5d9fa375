namespace Omnibook.Venues.Feed;

/// <summary>
/// The pace at which all connections of one venue together send frames and are opened, for venues that count those by address: a start
/// with hundreds of books opens many connections at once, each of which keeps to its own pace and all of which would break the venue's.
/// Whoever comes first goes first, and each connection sends one frame at a time, so that all of them get on alike. Thread-safe.
/// </summary>
/// <param name="rules">The venue's rules.</param>
/// <param name="time">Our clock.</param>
public sealed class AddressPace(VenueRules rules, TimeProvider time)
{
    private readonly Turns _frames = new(rules.AddressSendSpacing, time);
    private readonly Turns _connections = new(rules.ConnectionSpacing, time);

    /// <summary>Waits until a frame may be sent.</summary>
    public Task BeforeSendingAsync(CancellationToken cancellationToken) => _frames.WaitAsync(cancellationToken);

    /// <summary>Waits until a connection may be opened.</summary>
    public Task BeforeConnectingAsync(CancellationToken cancellationToken) => _connections.WaitAsync(cancellationToken);

    /// <summary>Gives out moments, each a pause after the one before. Whoever gives up leaves his unused.</summary>
    private sealed class Turns(TimeSpan spacing, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private readonly long _start = time.GetTimestamp();
        private TimeSpan _next;

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            if (spacing <= TimeSpan.Zero)
            {
                return Task.CompletedTask;
            }

            TimeSpan wait;
            lock (_gate)
            {
                var now = time.GetElapsedTime(_start);
                var turn = _next > now ? _next : now;
                (_next, wait) = (turn + spacing, turn - now);
            }

            return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
        }
    }
}
