using System.Net;
using System.Net.Sockets;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Hosting;

/// <summary>Looks whether the ports are free before anything else is started.</summary>
internal static class PortCheck
{
    /// <summary>Binds each port for a moment.</summary>
    /// <exception cref="StartupException">A port is in use, or may not be bound.</exception>
    public static void Ensure(ListenOptions listen)
    {
        foreach (var port in listen.Ports.Where(port => port != 0))
        {
            Try(new IPEndPoint(listen.Address, port));
        }
    }

    private static void Try(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // As Kestrel does, so that connections of an earlier run that linger in TIME_WAIT do not count.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(endpoint);
            socket.Listen();
        }
        catch (SocketException exception)
        {
            throw new StartupException(Explain(endpoint, exception), exception);
        }
    }

    private static string Explain(IPEndPoint endpoint, SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"Port {endpoint.Port} of {endpoint.Address} is in use by another program. Stop that program, or choose another port: --port {Neighbour(endpoint.Port)} or PORT (CRYEXC_PORT=0 switches the second port off).",
        SocketError.AccessDenied =>
            $"Port {endpoint.Port} of {endpoint.Address} may not be opened by this user. Choose a port above 1023: --port or PORT.",
        SocketError.AddressNotAvailable =>
            $"{endpoint.Address} is not an address of this machine. HOST takes 127.0.0.1, ::1, 0.0.0.0 for all, or one of its own.",
        _ => $"Port {endpoint.Port} of {endpoint.Address} cannot be opened: {exception.Message}",
    };

    private static int Neighbour(int port) => port is > 0 and < 65535 ? port + 10000 > 65535 ? port - 1 : port + 10000 : 18000;
}
