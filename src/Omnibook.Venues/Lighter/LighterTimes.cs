using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>The venue's clocks: <c>timestamp</c> in milliseconds, <c>last_updated_at</c> and <c>transaction_time</c> in microseconds.</summary>
internal static class LighterTimes
{
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long MicrosecondsPerMillisecond = 1_000;

    /// <summary>The moment of the microseconds; where they are missing or absurd, of the milliseconds; unknown when both are.</summary>
    public static Timestamp Of(long microseconds, long milliseconds)
    {
        if (VenueTimes.TryFromMilliseconds(microseconds / MicrosecondsPerMillisecond, out _))
        {
            return new Timestamp(microseconds * NanosecondsPerMicrosecond);
        }

        VenueTimes.TryFromMilliseconds(milliseconds, out var time);
        return time;
    }
}
