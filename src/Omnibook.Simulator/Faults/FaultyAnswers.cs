using System.Globalization;
using System.Text;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Faults;

/// <summary>The HTTP answers that faults give in place of the venue's.</summary>
internal static class FaultyAnswers
{
    private const string Html =
        "<html>\r\n<head><title>Request blocked</title></head>\r\n<body>\r\n<center><h1>ERROR: The request could not be satisfied</h1></center>\r\n</body>\r\n</html>\r\n";

    /// <summary>The answer that a request for a fault describes.</summary>
    /// <param name="request">Status, body and Retry-After.</param>
    /// <param name="usualStatus">The status when none is given.</param>
    /// <param name="venueBody">What the venue itself writes with that status.</param>
    public static RestAnswer Of(FaultRequest request, int usualStatus, string venueBody)
    {
        var body = request.Body switch
        {
            "html" => Html,
            "empty" => "",
            "truncated" => "{\"lastUpdateId\":12345,\"bids\":[[\"611",
            _ => venueBody,
        };
        return new RestAnswer(request.Status ?? usualStatus, Encoding.UTF8.GetBytes(body))
        {
            ContentType = body.StartsWith('<') ? "text/html" : "application/json",
            Headers = Headers(request),
        };
    }

    private static List<(string Name, string Value)> Headers(FaultRequest request)
    {
        List<(string Name, string Value)> headers = [];
        if (request.RetryAfterSeconds is { } seconds)
        {
            headers.Add(("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));
        }

        if (request.Status == 302)
        {
            headers.Add(("Location", "http://192.0.2.1/elsewhere"));
        }

        return headers;
    }
}
