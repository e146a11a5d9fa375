using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>
/// Beats at the full fractions of a second of the market's own time: whoever sees the same events sees the same beats, however fast they come and
/// wherever one begins to look.
/// </summary>
internal struct LiquidityMetronome(long period)
{
    private long _last = long.MinValue;

    /// <summary>One that beats so many times a second.</summary>
    public static LiquidityMetronome OfHz(int hz) => new(1_000_000_000L / hz);

    /// <summary>One that beats once in a span.</summary>
    public static LiquidityMetronome Of(TimeSpan span) => new(span.Ticks * 100);

    /// <summary>The beat that was told last, counted from 1970.</summary>
    public long Last { readonly get => _last; set => _last = value; }

    /// <summary>Tells a beat once. A clock that steps back a little repeats none; one that was set back goes on from there.</summary>
    public bool IsDue(Timestamp now)
    {
        var beat = Math.DivRem(now.Nanoseconds, period).Quotient;
        if (now.IsUnknown || (beat <= _last && beat >= _last - 2))
        {
            return false;
        }

        _last = beat;
        return true;
    }
}
