namespace Omnibook.Core.Instruments;

/// <summary>A side of a book.</summary>
public enum Side
{
    /// <summary>Those who want to buy; the best is the highest.</summary>
    Bid,

    /// <summary>Those who want to sell; the best is the lowest.</summary>
    Ask,
}
