namespace Omnibook.Core.Instruments;

/// <summary>A quantity of the base asset, counted in units of its instrument's (or composite's) quantity scale.</summary>
/// <param name="Units">How many units of 10^-decimals of the base asset.</param>
public readonly record struct Quantity(long Units) : IComparable<Quantity>
{
    /// <summary>Nothing: as a level's quantity it deletes the level.</summary>
    public static Quantity Zero => default;

    /// <inheritdoc />
    public int CompareTo(Quantity other) => Units.CompareTo(other.Units);

    /// <summary>The sum, checked.</summary>
    /// <exception cref="OverflowException">The sum does not fit into 64 bits.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Units + right.Units));

    /// <summary>The difference, checked.</summary>
    /// <exception cref="OverflowException">The difference does not fit into 64 bits.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Units - right.Units));

    /// <summary>Less than.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Units < right.Units;

    /// <summary>More than.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Units > right.Units;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Units <= right.Units;

    /// <summary>More than or equal.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Units >= right.Units;
}
