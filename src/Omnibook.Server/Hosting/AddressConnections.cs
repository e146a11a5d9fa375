using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Omnibook.Server.Hosting;

/// <summary>
/// Bounds how many connections one address may hold, before anything is read from them, so that one machine cannot take the places of all. This
/// machine's own are not counted: a proxy in front of the server is on it.
/// </summary>
/// <param name="most">As many may be open at once; 0 for no bound.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed partial class AddressConnections(int most, ILogger<AddressConnections> log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    /// <summary>Serves a connection, or cuts it when its address has too many.</summary>
    public ConnectionDelegate Bound(ConnectionDelegate next) => async connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.Loopback;
        if (!TryEnter(address))
        {
            LogRefused(address, most);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    };

    /// <summary>Takes a place for an address; <see cref="Leave"/> gives it back.</summary>
    internal bool TryEnter(IPAddress address)
    {
        if (most == 0 || IPAddress.IsLoopback(address))
        {
            return true;
        }

        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= most)
            {
                return false;
            }

            _open[address] = open + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave(IPAddress address)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(address, out var open))
            {
                return; // Never counted.
            }

            if (open == 1)
            {
                _open.Remove(address);
            }
            else
            {
                _open[address] = open - 1;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "A connection of {Address} was cut: it has {Most} already (CONNECTIONS_PER_ADDRESS)")]
    private partial void LogRefused(IPAddress address, int most);
}
