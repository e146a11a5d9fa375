using System.Globalization;

namespace Omnibook.History.Database;

/// <summary>The file of one partition.</summary>
/// <remarks><c>2026-11-20T21.00000000000000012345.live.duckdb</c> while it grows; without <c>.live</c> once it is closed; <c>.making</c> before it is whole.</remarks>
/// <param name="Hour">The hour whose events it has, by when they were received, counted since 1970.</param>
/// <param name="First">The first position that it covers.</param>
/// <param name="IsLive">Whether it may grow.</param>
internal readonly record struct PartitionFile(long Hour, long First, bool IsLive)
{
    /// <summary>The end of names of files that are not whole yet.</summary>
    public const string Making = ".making";

    private const string Ending = ".duckdb";
    private const string LiveEnding = ".live.duckdb";
    private const string HourFormat = "yyyy-MM-dd'T'HH";

    /// <summary>What it is called.</summary>
    public string Name =>
        DateTimeOffset.UnixEpoch.AddHours(Hour).ToString(HourFormat, CultureInfo.InvariantCulture)
        + "." + First.ToString("D20", CultureInfo.InvariantCulture) + (IsLive ? LiveEnding : Ending);

    /// <summary>Reads a name that this gave.</summary>
    public static bool TryParse(string name, out PartitionFile file)
    {
        file = default;
        var isLive = name.EndsWith(LiveEnding, StringComparison.Ordinal);
        var parts = name.Split('.');
        if (!name.EndsWith(Ending, StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(
                parts[0], HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var hour)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return false;
        }

        file = new PartitionFile((long)(hour - DateTimeOffset.UnixEpoch).TotalHours, first, isLive);
        return file.Name == name;
    }
}
