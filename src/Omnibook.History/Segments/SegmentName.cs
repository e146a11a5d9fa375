using System.Globalization;

namespace Omnibook.History.Segments;

/// <summary>
/// The name of a segment's file: <c>0000000000000004711-20260801T093000123.seg</c>. It says where the segment begins even when its bytes do not, and
/// names in order of letters are segments in order of positions.
/// </summary>
/// <param name="First">The position of the first record.</param>
/// <param name="Began">When the file was made, by our clock.</param>
internal readonly record struct SegmentName(long First, DateTimeOffset Began) : IComparable<SegmentName>
{
    private const string Ending = ".seg";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    /// <summary>Reads a file's name.</summary>
    /// <returns>False for a file that is no segment.</returns>
    public static bool TryParse(string file, out SegmentName name)
    {
        name = default;
        var dash = file.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !file.EndsWith(Ending, StringComparison.Ordinal))
        {
            return false;
        }

        var isName = long.TryParse(file.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            & DateTimeOffset.TryParseExact(
                file.AsSpan()[(dash + 1)..^Ending.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began);
        name = new SegmentName(first, began);
        return isName;
    }

    /// <inheritdoc />
    public int CompareTo(SegmentName other) => (First, Began).CompareTo((other.First, other.Began));

    /// <summary>Earlier than.</summary>
    public static bool operator <(SegmentName left, SegmentName right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(SegmentName left, SegmentName right) => left.CompareTo(right) > 0;

    /// <summary>Earlier than or the same.</summary>
    public static bool operator <=(SegmentName left, SegmentName right) => left.CompareTo(right) <= 0;

    /// <summary>Later than or the same.</summary>
    public static bool operator >=(SegmentName left, SegmentName right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{First:D19}-{Began.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Ending}");
}
