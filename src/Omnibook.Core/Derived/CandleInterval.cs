using System.Diagnostics.CodeAnalysis;
using System.Text;
using Omnibook.Core.Events;

namespace Omnibook.Core.Derived;

/// <summary>The length of a candle, by the name that every venue of ours knows: <c>1m</c> … <c>1w</c>, <c>1M</c>.</summary>
public sealed class CandleInterval
{
    // 1970-01-01 was a Thursday; weeks of every venue begin on Mondays.
    private static readonly TimeSpan FirstMonday = TimeSpan.FromDays(4);

    private CandleInterval(int ordinal, string name, TimeSpan length, bool isMonth = false) =>
        (Ordinal, Name, Length, IsMonth) = (ordinal, name, length, isMonth);

    /// <summary>All of them, shortest first.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        Minutes(0, "1m", 1), Minutes(1, "3m", 3), Minutes(2, "5m", 5), Minutes(3, "15m", 15), Minutes(4, "30m", 30),
        Minutes(5, "1h", 60), Minutes(6, "2h", 120), Minutes(7, "4h", 240), Minutes(8, "6h", 360), Minutes(9, "8h", 480), Minutes(10, "12h", 720),
        Minutes(11, "1d", 1440), Minutes(12, "3d", 4320), Minutes(13, "1w", 10080), new(14, "1M", TimeSpan.FromDays(30), isMonth: true),
    ];

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Ordinal { get; }

    /// <summary>The name: <c>5m</c>. <c>1m</c> is a minute and <c>1M</c> a month.</summary>
    public string Name { get; }

    /// <summary>How long a candle is; for the month, 30 days, which no real month has to be.</summary>
    public TimeSpan Length { get; }

    /// <summary>True for the calendar month.</summary>
    public bool IsMonth { get; }

    /// <summary>The interval of a name, letter by letter.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CandleInterval? interval) =>
        (interval = All.FirstOrDefault(candidate => candidate.Name == name)) is not null;

    /// <summary>The interval of a name in a venue's frame, letter by letter. Allocates nothing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, [NotNullWhen(true)] out CandleInterval? interval)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (Ascii.Equals(name, All[i].Name))
            {
                interval = All[i];
                return true;
            }
        }

        interval = null;
        return false;
    }

    /// <summary>The interval of a name that is known to be one.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static CandleInterval Parse(string name) =>
        TryParse(name, out var interval) ? interval : throw new ArgumentException($"There is no candle interval \"{name}\".", nameof(name));

    /// <summary>The opening time of the candle that a moment belongs to, in UTC.</summary>
    public Timestamp StartOf(Timestamp moment)
    {
        if (IsMonth)
        {
            var date = moment.ToDateTimeOffset();
            return Timestamp.From(new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero));
        }

        var anchor = Name == "1w" ? FirstMonday.Ticks : 0;
        var ticks = moment.ToDateTimeOffset().UtcTicks - DateTimeOffset.UnixEpoch.Ticks - anchor;
        var whole = ticks - (ticks % Length.Ticks + Length.Ticks) % Length.Ticks;
        return Timestamp.From(DateTimeOffset.UnixEpoch.AddTicks(whole + anchor));
    }

    /// <summary>The moment at which a candle that opened at <paramref name="start"/> is over.</summary>
    public Timestamp EndOf(Timestamp start) =>
        IsMonth ? Timestamp.From(start.ToDateTimeOffset().AddMonths(1)) : start + Length;

    /// <inheritdoc />
    public override string ToString() => Name;

    private static CandleInterval Minutes(int ordinal, string name, int minutes) => new(ordinal, name, TimeSpan.FromMinutes(minutes));
}
