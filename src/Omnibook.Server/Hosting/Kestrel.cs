using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Omnibook.Server.Hosting;

/// <summary>Where we listen, and what a client may cost us before it has said anything useful.</summary>
internal static class Kestrel
{
    /// <summary>Binds every port to the same pipeline and sets the limits; the defaults of the framework are meant for uploads.</summary>
    public static void Configure(KestrelServerOptions kestrel, Configuration.ListenOptions listen)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 20_000;
        limits.MaxConcurrentUpgradedConnections = 10_000;
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestBufferSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 100;
        var connections = new AddressConnections(
            listen.ConnectionsPerAddress, kestrel.ApplicationServices.GetRequiredService<ILogger<AddressConnections>>());
        foreach (var port in listen.Ports)
        {
            kestrel.Listen(listen.Address, port, endpoint => endpoint.Use(connections.Bound));
        }
    }
}
