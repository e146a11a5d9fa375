namespace Omnibook.Core.Events;

/// <summary>A moment, counted in nanoseconds since 1970-01-01 UTC. Which clock it was read from is said by the name of the field.</summary>
/// <param name="Nanoseconds">Nanoseconds since the Unix epoch; good until the year 2262.</param>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerTick = 100;

    /// <summary>Whole milliseconds since the Unix epoch, rounded down.</summary>
    public long UnixMilliseconds => Math.DivRem(Nanoseconds, NanosecondsPerMillisecond) is var (quotient, remainder) && remainder < 0
        ? quotient - 1
        : quotient;

    /// <summary>True for a moment that was never set.</summary>
    public bool IsUnknown => Nanoseconds == 0;

    /// <summary>The moment that a venue gives as milliseconds since the Unix epoch.</summary>
    public static Timestamp FromMilliseconds(long milliseconds) => new(checked(milliseconds * NanosecondsPerMillisecond));

    /// <summary>The moment of a clock.</summary>
    public static Timestamp From(DateTimeOffset moment) =>
        new(checked((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick));

    /// <summary>The same moment, to 100 nanoseconds, in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(Nanoseconds / NanosecondsPerTick);

    /// <summary>The moment a span later.</summary>
    public static Timestamp operator +(Timestamp moment, TimeSpan span) => new(moment.Nanoseconds + span.Ticks * NanosecondsPerTick);

    /// <summary>The span between two moments of the same clock.</summary>
    public static TimeSpan operator -(Timestamp later, Timestamp earlier) =>
        TimeSpan.FromTicks((later.Nanoseconds - earlier.Nanoseconds) / NanosecondsPerTick);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Earlier than or equal.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Later than or equal.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanoseconds >= right.Nanoseconds;

    /// <inheritdoc />
    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
