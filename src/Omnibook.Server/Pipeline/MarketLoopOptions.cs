namespace Omnibook.Server.Pipeline;

/// <summary>The bounds of a <see cref="MarketLoop"/>.</summary>
internal sealed record MarketLoopOptions
{
    /// <summary>How many batches may wait. A full queue makes the feed wait: a book update is never dropped.</summary>
    public int BatchCapacity { get; init; } = 1024;

    /// <summary>How many reads may wait. A full queue makes the request wait.</summary>
    public int ReadCapacity { get; init; } = 1024;

    /// <summary>How many empty batches are kept for the next frames.</summary>
    public int PooledBatches { get; init; } = 256;
}
