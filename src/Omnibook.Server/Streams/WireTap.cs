using Microsoft.AspNetCore.Http.Features;

namespace Omnibook.Server.Streams;

/// <summary>
/// Lets the framework make the WebSocket handshake as always, and keeps hold of the stream below. HTTP/1.1 only: where there is
/// nothing to keep hold of, frames are sent through the WebSocket one by one.
/// </summary>
internal sealed class WireTap(RequestDelegate next)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            var tapped = new TappedUpgrade(upgrade);
            context.Features.Set<IHttpUpgradeFeature>(tapped);
            context.Features.Set(tapped);
        }

        return next(context);
    }
}

/// <summary>An upgrade whose stream can be asked for.</summary>
internal sealed class TappedUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    /// <inheritdoc />
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>The stream, once the connection is upgraded.</summary>
    public ClientStream? Stream { get; private set; }

    /// <inheritdoc />
    public async Task<Stream> UpgradeAsync() => Stream = new ClientStream(await upgrade.UpgradeAsync());
}
