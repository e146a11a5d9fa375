using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>Reads the venue's moments, <c>2024-10-04T07:13:31.158696693Z</c>: up to nine decimals, or none, always UTC.</summary>
internal static class CoinbaseTimes
{
    private const int WholeLength = 19;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The moment; unknown when it cannot be read or cannot be true.</summary>
    public static Timestamp Read(ReadOnlySpan<byte> text) =>
        TrySeconds(text, out var seconds) && TryFraction(text[WholeLength..], out var nanoseconds)
        && VenueTimes.TryFromMilliseconds(seconds * 1000, out _)
            ? new Timestamp(seconds * NanosecondsPerSecond + nanoseconds)
            : default;

    private static bool TrySeconds(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length <= WholeLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)
            || year is < 1970 or > 2261 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        seconds = (((new DateOnly(year, month, day).DayNumber - EpochDay) * 24L + hour) * 60 + minute) * 60 + second;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text[0] != '.')
        {
            return IsUtc(text);
        }

        var unit = NanosecondsPerSecond;
        var at = 1;
        for (; at < text.Length && unit > 1 && (uint)(text[at] - '0') <= 9; at++)
        {
            unit /= 10;
            nanoseconds += (text[at] - '0') * unit;
        }

        return at > 1 && IsUtc(text[at..]);
    }

    private static bool IsUtc(ReadOnlySpan<byte> text) => text.SequenceEqual("Z"u8) || text.SequenceEqual("+00:00"u8);

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var letter in text)
        {
            var digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            value = value * 10 + (int)digit;
        }

        return true;
    }
}
