using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Server.Alerts;

/// <summary>What alerts ask of the venues.</summary>
/// <param name="Directory">What a venue lists; null for one that is not followed or has not told yet.</param>
/// <param name="Acquire">Follows an instrument.</param>
/// <param name="Venues">The venues that are followed.</param>
internal sealed record AlertSources(
    Func<VenueId, InstrumentDirectory?> Directory, Func<InstrumentListing, MarketLease> Acquire, Func<IReadOnlyList<VenueId>> Venues);

/// <summary>
/// Holds a lease for every instrument that an alert is about, so that it is followed although the configuration does not name it. A venue
/// that has not told its instruments yet is asked again every few seconds.
/// </summary>
internal sealed partial class AlertLeases(AlertSources sources, TimeProvider time, ILogger<AlertLeases> log) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MarketLease> _held = new(StringComparer.Ordinal);
    private HashSet<string> _wanted = [];
    private ITimer? _timer;

    /// <summary>Holds what these alerts need, and lets everything else go.</summary>
    public void Hold(IEnumerable<WatchedAlert> alerts)
    {
        lock (_gate)
        {
            _wanted = [.. alerts.Where(alert => alert.Body.Composite is null).Select(alert => alert.Body.Symbol)];
            foreach (var (symbol, lease) in _held.Where(held => !_wanted.Contains(held.Key)).ToArray())
            {
                _held.Remove(symbol);
                lease.Dispose();
            }
        }

        Acquire();
    }

    /// <summary>Lets everything go.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            foreach (var lease in _held.Values)
            {
                lease.Dispose();
            }

            _held.Clear();
            _wanted.Clear();
        }
    }

    private void Acquire()
    {
        lock (_gate)
        {
            foreach (var symbol in _wanted.Where(symbol => !_held.ContainsKey(symbol)))
            {
                TryAcquire(symbol);
            }

            if (_held.Count < _wanted.Count)
            {
                _timer ??= time.CreateTimer(_ => Acquire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Again, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void TryAcquire(string symbol)
    {
        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        var listing = sources.Directory(new VenueId(symbol[..slash]))?.Resolve(symbol[(slash + 1)..]).Listing;
        try
        {
            if (listing is not null)
            {
                _held.Add(symbol, sources.Acquire(listing));
            }
        }
        catch (DemandRefusedException refused)
        {
            LogRefused(symbol, refused.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Symbol} is not followed for its alerts, and asked for again: {Why}")]
    private partial void LogRefused(string symbol, string why);
}
