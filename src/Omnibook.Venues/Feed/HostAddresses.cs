using System.Net;
using System.Net.Sockets;

namespace Omnibook.Venues.Feed;

/// <summary>Finds a venue's addresses, keeps the last ones that were found, and connects to the first that answers.</summary>
internal sealed class HostAddresses(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolver)
{
    // A dead address must not use up the whole handshake time.
    private static readonly TimeSpan TryEachFor = TimeSpan.FromSeconds(2.5);
    private IPAddress[] _known = [];

    /// <summary>Connects over TCP, without delaying small packets.</summary>
    public async Task<Socket> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host.Host, cancellationToken);
        for (var index = 0; ; index++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[index], host.Port), index < addresses.Length - 1, cancellationToken);
            }
            catch (Exception failure) when (index < addresses.Length - 1 && IsOfTheAddress(failure, cancellationToken))
            {
                // The next address of the name is tried; the last one's failure is the one that is told.
                continue;
            }
        }
    }

    private static bool IsOfTheAddress(Exception failure, CancellationToken cancellationToken) =>
        failure is SocketException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            var found = await resolver(host, cancellationToken);
            return _known = found.Length > 0 ? found : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException) when (_known.Length > 0)
        {
            return _known;
        }
    }

    private async Task<Socket> ConnectAsync(IPEndPoint address, bool hasNext, CancellationToken cancellationToken)
    {
        using var slice = new CancellationTokenSource(hasNext ? TryEachFor : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, cancellationToken);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, either.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
