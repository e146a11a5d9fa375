using System.Collections.Concurrent;
using System.Text;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>A REST host that gives every request the same body, and remembers path and weight.</summary>
internal sealed class RawRest : VenueRest
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>Path and weight of every request, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public string Body { get; set; } = "[]";

    public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        _asked.Enqueue($"{request.Path} {request.Weight}");
        return Task.FromResult(Encoding.UTF8.GetBytes(Body));
    }
}
