using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>The length of a candle that is made of trades: any number of whole seconds. It begins at a multiple of its length since the Unix epoch.</summary>
public sealed class FlowInterval
{
    private const long NanosecondsPerTick = 100;

    /// <summary>A length of a name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive number of whole seconds.</exception>
    public FlowInterval(string name, TimeSpan length)
    {
        if (length <= TimeSpan.Zero || length.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "A candle lasts whole seconds, at least one.");
        }

        (Name, Length, Nanoseconds) = (name, length, length.Ticks * NanosecondsPerTick);
    }

    /// <summary>One second, which is as fine as trades are kept.</summary>
    public static FlowInterval Second { get; } = new("raw", TimeSpan.FromSeconds(1));

    /// <summary>One minute.</summary>
    public static FlowInterval Minute { get; } = new("1m", TimeSpan.FromMinutes(1));

    /// <summary>Those that there are names for, shortest first.</summary>
    public static IReadOnlyList<FlowInterval> All { get; } =
    [
        Second, new("30s", TimeSpan.FromSeconds(30)), Minute, new("5m", TimeSpan.FromMinutes(5)), new("15m", TimeSpan.FromMinutes(15)),
        new("30m", TimeSpan.FromMinutes(30)), new("1h", TimeSpan.FromHours(1)), new("4h", TimeSpan.FromHours(4)),
    ];

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How long a candle is.</summary>
    public TimeSpan Length { get; }

    /// <summary>How long a candle is, in nanoseconds.</summary>
    internal long Nanoseconds { get; }

    /// <summary>Whether its candles are made of whole minutes.</summary>
    internal bool IsOfMinutes => Length.Ticks % TimeSpan.TicksPerMinute == 0;

    /// <summary>The interval of a name, letter by letter.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out FlowInterval? interval) =>
        (interval = All.FirstOrDefault(candidate => candidate.Name == name)) is not null;

    /// <summary>When the candle begins that a moment belongs to.</summary>
    public Timestamp StartOf(Timestamp moment) => new(Grid.Floor(moment.Nanoseconds, Nanoseconds));

    /// <summary>When a candle is over that begins at <paramref name="start"/>.</summary>
    public Timestamp EndOf(Timestamp start) => new(start.Nanoseconds + Nanoseconds);

    /// <inheritdoc />
    public override string ToString() => Name;
}
