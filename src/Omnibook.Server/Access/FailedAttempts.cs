using System.Net;
using System.Net.Sockets;

namespace Omnibook.Server.Access;

/// <summary>
/// Counts wrong keys by address: after ten within a minute, nothing that this address shows is looked at until a minute has passed since
/// the first of them. An IPv6 subscriber has a whole /64, which counts as one.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    /// <summary>As many may be wrong within <see cref="Window"/>.</summary>
    public const int Most = 10;

    /// <summary>The time that they are counted over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MostAddresses = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Queue<long>> _failures = [];

    /// <summary>How long an address has to wait; zero when it may try.</summary>
    public TimeSpan Wait(IPAddress address)
    {
        lock (_gate)
        {
            if (!_failures.TryGetValue(Subscriber(address), out var times))
            {
                return TimeSpan.Zero;
            }

            Forget(times);
            return times.Count < Most ? TimeSpan.Zero : Window - time.GetElapsedTime(times.Peek());
        }
    }

    /// <summary>Notes a wrong key.</summary>
    public void Note(IPAddress address)
    {
        var subscriber = Subscriber(address);
        lock (_gate)
        {
            if (!_failures.TryGetValue(subscriber, out var times))
            {
                MakeRoom();
                _failures.Add(subscriber, times = new Queue<long>(Most));
            }

            Forget(times);
            if (times.Count < Most)
            {
                times.Enqueue(time.GetTimestamp());
            }
        }
    }

    private void Forget(Queue<long> times)
    {
        while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            times.Dequeue();
        }
    }

    /// <summary>Those that have nothing left to count go first; if there are none, the one that failed the longest ago.</summary>
    private void MakeRoom()
    {
        if (_failures.Count < MostAddresses)
        {
            return;
        }

        foreach (var (address, times) in _failures)
        {
            Forget(times);
            if (times.Count == 0)
            {
                _failures.Remove(address);
            }
        }

        if (_failures.Count >= MostAddresses)
        {
            _failures.Remove(_failures.MinBy(pair => pair.Value.Peek()).Key);
        }
    }

    private static IPAddress Subscriber(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
