using System.Globalization;

namespace Omnibook.Simulator.Coinbase;

/// <summary>Moments as the venue writes them.</summary>
internal static class CoinbaseTimes
{
    /// <summary>RFC 3339 without the zeros at the end, as Go prints it: <c>2024-10-04T07:13:31.158696Z</c>.</summary>
    public static string Text(long microseconds) =>
        Of(microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The heartbeat's way, which is Go's for debugging: <c>2024-10-04 07:04:40.820713045 +0000 UTC m=+66987.628148662</c>.</summary>
    public static string Debug(long microseconds, long counter) => string.Create(
        CultureInfo.InvariantCulture, $"{Of(microseconds):yyyy-MM-dd HH:mm:ss.ffffff}045 +0000 UTC m=+{counter}.628148662");

    private static DateTimeOffset Of(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
