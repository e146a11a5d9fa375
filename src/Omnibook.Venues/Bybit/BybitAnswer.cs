using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The outside of every answer. Refusals come with HTTP 200 and say so in <c>retCode</c>.
/// <code>
/// {"retCode":0,"retMsg":"OK","result":{…},"retExtInfo":{},"time":1672025956592}
/// {"retCode":10001,"retMsg":"params error: symbol invalid","result":{},"retExtInfo":{},"time":1672025956592}
/// </code>
/// https://bybit-exchange.github.io/docs/v5/error
/// </summary>
internal static class BybitAnswer
{
    private const int ShownCharacters = 200;

    /// <summary>Reads the result of a successful answer.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or the answer is not of the documented shape.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = JsonField.RequiredInteger(document.RootElement, "retCode");
            return code == 0
                ? read(document.RootElement.GetProperty("result"))
                : throw Refused(code, JsonField.Text(document.RootElement, "retMsg") ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, $"The answer is not of the documented shape ({wrong.Message}).", wrong)
            {
                VenueMessage = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, ShownCharacters)]),
            };
        }
    }

    /// <summary>When a successful answer was given; unknown when it does not say.</summary>
    /// <exception cref="VenueRequestException">The answer is not of the documented shape.</exception>
    public static Timestamp TimeOf(ReadOnlyMemory<byte> body) => JsonAnswer.Read(body, root => JsonAnswer.Moment(JsonField.Integer(root, "time") ?? 0));

    private static VenueRequestException Refused(long code, string words) =>
        new(FailureOf(code), $"Bybit refused the request with code {code}: {words}") { StatusCode = 200, VenueMessage = words };

    /// <summary>10006 "Too many visits!", 10018 the same for an address; 10009 and 10024 are regional; 10000 and 10016 trouble of the server.</summary>
    private static RequestFailure FailureOf(long code) => code switch
    {
        10006 or 10018 => RequestFailure.RateLimited,
        10009 or 10024 => RequestFailure.GeoBlocked,
        10000 or 10016 or 10019 => RequestFailure.ServerError,
        _ => RequestFailure.Rejected,
    };
}
