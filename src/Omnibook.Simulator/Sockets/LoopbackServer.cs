using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Omnibook.Simulator.Sockets;

/// <summary>An HTTP server on one port of 127.0.0.1, and on no other address: what is simulated must not be mistaken for a venue.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>For example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The same for WebSockets.</summary>
    public Uri SocketAddress => new UriBuilder(Address) { Scheme = "ws" }.Uri;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">0 takes a free port.</param>
    /// <param name="handle">Answers all requests.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackServer> StartAsync(int port, RequestDelegate handle, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, port));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(handle);
        await application.StartAsync(cancel);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("The server does not know its own address.");
        return new LoopbackServer(application, new Uri(addresses.Addresses.First()));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Loopback, port);
    }
}
