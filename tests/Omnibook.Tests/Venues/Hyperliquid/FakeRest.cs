using System.Text;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Answers requests from a table of bodies, and refuses the others as the venue does.</summary>
internal sealed class FakeRest(IReadOnlyDictionary<string, string> answers) : VenueRest
{
    public List<RestRequest> Requests { get; } = [];

    public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var body = Encoding.UTF8.GetString(request.Body!.Value.Span);
        return answers.TryGetValue(body, out var answer)
            ? Task.FromResult(Encoding.UTF8.GetBytes(answer))
            : throw new VenueRequestException(RequestFailure.Rejected, "Failed to deserialize the JSON body into the target type") { StatusCode = 422 };
    }
}
