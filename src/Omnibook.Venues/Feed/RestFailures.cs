using System.Text;

namespace Omnibook.Venues.Feed;

/// <summary>Names the failure of a request: what the answer, or the lack of one, means for whoever asked.</summary>
internal static class RestFailures
{
    private const int LongestWords = 200;

    /// <summary>The failure that an answer stands for, or null when its body can be read.</summary>
    public static VenueRequestException? Of(HttpResponseMessage answer, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan window)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            418 or 429 => Failure(RequestFailure.RateLimited, answer, body, Until(answer, body, now, window)),
            403 when IsAboutFrequency(body) => Failure(RequestFailure.RateLimited, answer, body, Until(answer, body, now, window)),
            403 or 451 => Failure(RequestFailure.GeoBlocked, answer, body),
            >= 200 and < 300 => LooksLikeJson(body) ? null : Failure(RequestFailure.Unreadable, answer, body),
            < 500 => Failure(RequestFailure.Rejected, answer, body),
            _ => Failure(RequestFailure.ServerError, answer, body),
        };
    }

    /// <summary>True for what breaks on the way to a venue; false for a cancellation or a fault of our own.</summary>
    public static bool IsOfTheVenue(Exception broken) => broken is InvalidDataException or HttpRequestException or IOException;

    /// <summary>Names what broke before there was a whole answer.</summary>
    public static VenueRequestException Translate(Exception broken, Uri host) => broken switch
    {
        InvalidDataException or { InnerException: InvalidDataException } =>
            new VenueRequestException(RequestFailure.Unreadable, $"{host.Host} sent an answer that cannot be decompressed.", broken),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse } =>
            new VenueRequestException(RequestFailure.Unreadable, $"{host.Host} sent no proper answer: {broken.Message}", broken),
        _ => new VenueRequestException(RequestFailure.Unreachable, $"{host.Host} cannot be reached: {broken.Message}", broken),
    };

    private static DateTimeOffset Until(HttpResponseMessage answer, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan window)
    {
        var header = answer.Headers.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
        return RetryTime.FromHeader(header, now)
            ?? RetryTime.FromWords(body, now)
            ?? now + RetryTime.Default((int)answer.StatusCode, window);
    }

    // "403, access too frequent": some venues ban an address in the words of a limit and with the status of a refusal.
    private static bool IsAboutFrequency(ReadOnlySpan<byte> body) =>
        Words(body) is { } words && words.Contains("too frequent", StringComparison.OrdinalIgnoreCase);

    // An error page in HTML with status 200 is the usual unreadable answer; whether JSON has the promised shape is the venue's to say.
    private static bool LooksLikeJson(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && (text[0] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (byte)'n' or (byte)'t' or (byte)'f'
            || char.IsAsciiDigit((char)text[0]));
    }

    private static VenueRequestException Failure(
        RequestFailure failure, HttpResponseMessage answer, ReadOnlySpan<byte> body, DateTimeOffset? until = null)
    {
        var status = (int)answer.StatusCode;
        var what = status is >= 300 and < 400
            ? $"redirects to {answer.Headers.Location}, which is not followed"
            : $"answered {status} {(failure == RequestFailure.Unreadable ? "with something that is not JSON" : answer.ReasonPhrase)}";
        return new VenueRequestException(failure, $"{answer.RequestMessage?.RequestUri?.Host} {what}.")
        {
            StatusCode = status,
            Until = until,
            VenueMessage = Words(body),
        };
    }

    private static string? Words(ReadOnlySpan<byte> body)
    {
        var words = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestWords)]).ReplaceLineEndings(" ").Trim();
        return words.Length == 0 ? null : words;
    }
}
