using System.Buffers.Text;
using System.Globalization;

namespace Omnibook.Venues.Feed;

/// <summary>Until when a venue wants to be left alone, as far as its refusal says so.</summary>
internal static class RetryTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>
    /// Reads <c>Retry-After</c> (RFC 9110, 10.2.3): whole seconds, or a date. Null when it is neither, or lies in the past.
    /// </summary>
    public static DateTimeOffset? FromHeader(string? value, DateTimeOffset now)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return now + TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds));
        }

        return DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Sane(date, now)
            : null;
    }

    /// <summary>
    /// Reads the milliseconds since 1970 in the words of a refusal:
    /// <c>{"code":-1003,"msg":"Way too many requests; IP banned until 1532118492680. …"}</c>.
    /// </summary>
    public static DateTimeOffset? FromWords(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var words = "until "u8;
        var at = body.IndexOf(words);
        if (at < 0 || !Utf8Parser.TryParse(body[(at + words.Length)..], out long milliseconds, out var digits) || digits != 13)
        {
            return null;
        }

        return Sane(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), now);
    }

    /// <summary>
    /// How long to wait when a refusal does not say: 418 is a ban of at least two minutes, 403 (for asking too often) one of ten,
    /// 429 ends with the window.
    /// </summary>
    public static TimeSpan Default(int status, TimeSpan window) => status switch
    {
        418 => TimeSpan.FromMinutes(2),
        403 => TimeSpan.FromMinutes(10),
        _ => window,
    };

    private static DateTimeOffset? Sane(DateTimeOffset until, DateTimeOffset now)
    {
        if (until <= now)
        {
            return null;
        }

        return until < now + Longest ? until : now + Longest;
    }
}
