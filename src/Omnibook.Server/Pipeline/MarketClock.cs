using Omnibook.Core.Events;

namespace Omnibook.Server.Pipeline;

/// <summary>Tells the market the time, twenty times a second: the only way in which it learns that nothing happens.</summary>
internal sealed class MarketClock(MarketLoop loop, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private ITimer? _timer;

    /// <summary>Begins.</summary>
    public void Start() => _timer = time.CreateTimer(_ => loop.Tick(Timestamp.From(time.GetUtcNow())), null, Interval, Interval);

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();
}
