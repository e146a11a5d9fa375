using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary>A venue's REST host that answers what a test wants, and remembers what it was asked.</summary>
internal sealed class FakeVenueRest : VenueRest
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The bodies of the requests, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Answers a request; throws to refuse it.</summary>
    public Func<JsonElement, string> Answer { get; set; } = request => throw new VenueRequestException(RequestFailure.Unreachable, $"nobody answers {request}");

    /// <summary>Waited for before anything is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override async Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetString(request.Body!.Value.Span);
        _asked.Enqueue(body);
        await Gate.WaitAsync(cancellationToken);
        return Encoding.UTF8.GetBytes(Answer(JsonDocument.Parse(body).RootElement));
    }
}
