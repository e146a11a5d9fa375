namespace Omnibook.Core.Instruments;

/// <summary>A price, counted in units of its instrument's (or composite's) price scale.</summary>
/// <param name="Units">How many units of 10^-decimals of the quote asset one base asset costs.</param>
public readonly record struct Price(long Units) : IComparable<Price>
{
    /// <inheritdoc />
    public int CompareTo(Price other) => Units.CompareTo(other.Units);

    /// <summary>Lower than.</summary>
    public static bool operator <(Price left, Price right) => left.Units < right.Units;

    /// <summary>Higher than.</summary>
    public static bool operator >(Price left, Price right) => left.Units > right.Units;

    /// <summary>Lower than or equal.</summary>
    public static bool operator <=(Price left, Price right) => left.Units <= right.Units;

    /// <summary>Higher than or equal.</summary>
    public static bool operator >=(Price left, Price right) => left.Units >= right.Units;
}
