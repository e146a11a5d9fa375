namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary>Whether and how long metrics are kept.</summary>
internal sealed record MetricsHistoryOptions
{
    /// <summary>The file; null keeps nothing.</summary>
    public string? File { get; init; }

    /// <summary>One row of each symbol and window in this time.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long they are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a disk that refused is left alone.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
