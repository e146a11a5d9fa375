namespace Omnibook.Core.Flow;

/// <summary>How much of the flow of one instrument is kept in memory. What is over a bound goes, the oldest first.</summary>
public sealed record FlowOptions
{
    /// <summary>How far back trades are kept.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far back they are kept by the second; before that by the minute.</summary>
    public TimeSpan FineFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many cells (prices of a second or minute) are kept: 48 bytes each.</summary>
    public int MaxCells { get; init; } = 100_000;

    /// <summary>How far back snapshots of the book are kept.</summary>
    public TimeSpan BooksKeptFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many levels of a side a snapshot of the book has at most.</summary>
    public int MaxBookDepth { get; init; } = 2_000;

    /// <summary>How many levels all snapshots have together: 16 bytes each.</summary>
    public int MaxBookLevels { get; init; } = 250_000;

    /// <summary>Of how many instruments the flow is kept; the one that was quiet for the longest time goes.</summary>
    public int MaxInstruments { get; init; } = 64;
}
