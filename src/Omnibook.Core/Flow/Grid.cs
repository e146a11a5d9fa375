namespace Omnibook.Core.Flow;

/// <summary>Rounds whole numbers to multiples of a step, downwards and upwards, whatever their sign.</summary>
internal static class Grid
{
    /// <summary>The largest multiple of a step that is not above a value.</summary>
    public static long Floor(long value, long step)
    {
        var remainder = value % step;
        return remainder < 0 ? value - remainder - step : value - remainder;
    }

    /// <summary>The smallest multiple of a step that is not below a value.</summary>
    public static long Ceiling(long value, long step)
    {
        var floor = Floor(value, step);
        return floor == value ? floor : checked(floor + step);
    }
}
