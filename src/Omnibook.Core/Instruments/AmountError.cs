namespace Omnibook.Core.Instruments;

/// <summary>Why a text is not an amount of a given <see cref="Scale"/>.</summary>
public enum AmountError
{
    /// <summary>The text is an amount.</summary>
    None,

    /// <summary>There is no text, or no digit in it.</summary>
    Empty,

    /// <summary>The text is not a decimal number: <c>abc</c>, <c>1,5</c>, <c>NaN</c>, <c>1.2.3</c>.</summary>
    Malformed,

    /// <summary>The amount has non-zero digits below the scale; rounding it would change the venue's number.</summary>
    TooPrecise,

    /// <summary>The amount does not fit into 64 bits at this scale.</summary>
    TooLarge,
}
