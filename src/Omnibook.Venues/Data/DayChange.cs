namespace Omnibook.Venues.Data;

/// <summary>The price of a day ago, where a venue says only by how many per cent it has changed since.</summary>
internal static class DayChange
{
    private const int SignificantDigits = 10;

    /// <summary>The price before a change, to ten significant digits, which is what the change is good for; null when it cannot be told.</summary>
    /// <param name="last">The price now.</param>
    /// <param name="percent">The change since.</param>
    public static decimal? OpenOf(decimal? last, decimal? percent) =>
        last is > 0 && percent is > -100 ? Shorten(last.Value / (1 + percent.Value / 100)) : null;

    private static decimal Shorten(decimal price)
    {
        var wholeDigits = 0;
        for (var rest = decimal.Truncate(price); rest > 0; rest = decimal.Truncate(rest / 10))
        {
            wholeDigits++;
        }

        return decimal.Round(price, Math.Max(0, SignificantDigits - wholeDigits));
    }
}
