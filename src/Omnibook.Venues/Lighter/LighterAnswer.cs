using System.Text;
using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The outside of every answer: successful when <c>code</c> is 200 or missing. Blocks of the firewall are pages in HTML.
/// <code>
/// {"code":200,"order_books":[…]}
/// {"code":20001,"message":"invalid param "}
/// </code>
/// </summary>
internal static class LighterAnswer
{
    private const long Success = 200;
    private const int ShownCharacters = 200;

    /// <summary>Reads a successful answer.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or the answer is not of the documented shape.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = JsonField.Integer(document.RootElement, "code") ?? Success;
            return code == Success
                ? read(document.RootElement)
                : throw Refused(code, JsonField.Text(document.RootElement, "message") ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, $"The answer is not of the documented shape ({wrong.Message}).", wrong)
            {
                VenueMessage = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, ShownCharacters)]),
            };
        }
    }

    private static VenueRequestException Refused(long code, string words) =>
        new(FailureOf(code), $"Lighter refused the request with code {code}: {words}") { StatusCode = 200, VenueMessage = words };

    /// <summary>23000 too many requests, 23003 too many connections, 20558 a region that is not served.</summary>
    private static RequestFailure FailureOf(long code) => code switch
    {
        >= 23000 and < 24000 => RequestFailure.RateLimited,
        20558 => RequestFailure.GeoBlocked,
        >= 500 and < 600 => RequestFailure.ServerError,
        _ => RequestFailure.Rejected,
    };
}
