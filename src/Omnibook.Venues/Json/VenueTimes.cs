using Omnibook.Core.Events;

namespace Omnibook.Venues.Json;

/// <summary>Judges the clocks of venues: a moment that cannot be true is unknown, not a reason to lose the data beside it.</summary>
internal static class VenueTimes
{
    // Bitcoin's first block is of January 2009; nothing that these venues trade is older. The upper end keeps within Timestamp's range.
    private const long Earliest = 1_230_768_000_000;
    private const long Latest = 7_258_118_400_000;

    /// <summary>The moment of a venue's milliseconds since 1970; false, and unknown, when it lies outside the years 2009 to 2199.</summary>
    public static bool TryFromMilliseconds(long milliseconds, out Timestamp time)
    {
        var isCredible = milliseconds is >= Earliest and < Latest;
        time = isCredible ? Timestamp.FromMilliseconds(milliseconds) : default;
        return isCredible;
    }
}
