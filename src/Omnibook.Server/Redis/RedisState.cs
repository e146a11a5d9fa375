namespace Omnibook.Server.Redis;

/// <summary>How Redis is doing, for those who tell people. Where none is configured, it is not enabled and nothing ever changes.</summary>
internal sealed class RedisState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private RedisStatus _status = new(IsConnected: false, "not connected yet", time.GetUtcNow());
    private long _connections;
    private long _written;
    private long _failed;

    /// <summary>Where it is; null where none is configured.</summary>
    public RedisAddress? Address { get; init; }

    /// <summary>What waits for it; null where none is configured.</summary>
    public LatestWrites? Waiting { get; init; }

    /// <summary>Whether one is configured.</summary>
    public bool IsEnabled => Address is not null;

    /// <summary>Whether it is connected, since when, and what is wrong.</summary>
    public RedisStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>How often it was connected.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Values that it has taken.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Values that it refused, or that were lost with a connection, or that waited too long.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>It was connected.</summary>
    public void Connected()
    {
        Interlocked.Increment(ref _connections);
        Become(isConnected: true, "");
    }

    /// <summary>The connection is gone, or there was none.</summary>
    /// <returns>True when that was not known yet.</returns>
    public bool Lost(string why) => Become(isConnected: false, why);

    /// <summary>It answered to some values.</summary>
    /// <param name="written">How many it has taken.</param>
    /// <param name="failed">How many not.</param>
    /// <param name="why">Its words; empty when it has taken all.</param>
    /// <returns>True when it has something new to complain about.</returns>
    public bool Answered(int written, int failed, string why)
    {
        Interlocked.Add(ref _written, written);
        Interlocked.Add(ref _failed, failed);
        return Become(isConnected: true, why) && why.Length > 0;
    }

    /// <summary>Values went nowhere.</summary>
    public void Failing(int count) => Interlocked.Add(ref _failed, count);

    private bool Become(bool isConnected, string reason)
    {
        lock (_gate)
        {
            if (_status.IsConnected == isConnected && _status.Reason == reason)
            {
                return false;
            }

            _status = new RedisStatus(isConnected, reason, _status.IsConnected == isConnected ? _status.Since : time.GetUtcNow());
            return true;
        }
    }
}

/// <summary>How Redis is doing.</summary>
/// <param name="IsConnected">Whether it is connected.</param>
/// <param name="Reason">What is wrong; empty when nothing is.</param>
/// <param name="Since">Since when it is connected or not.</param>
internal sealed record RedisStatus(bool IsConnected, string Reason, DateTimeOffset Since);
