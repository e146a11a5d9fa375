using Omnibook.Core.Instruments;

namespace Omnibook.Core.Events;

/// <summary>Scales of amounts that are computed by a venue and so do not keep to an instrument's tick.</summary>
public static class DerivedScales
{
    /// <summary>Mark and index prices: venues send up to eight decimals (<c>11784.62659091</c>), and more for the smallest coins.</summary>
    public static Scale Price { get; } = new(10);

    /// <summary>Funding rates as fractions: <c>0.00038167</c>, <c>-0.0000036419</c>.</summary>
    public static Scale Rate { get; } = new(12);
}
