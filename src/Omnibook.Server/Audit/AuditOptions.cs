namespace Omnibook.Server.Audit;

/// <summary>How often live books are compared with their venues.</summary>
internal sealed record AuditOptions
{
    /// <summary>Each book once in so long.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait after a comparison that came to nothing, and between two for a book whose price has moved far.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Smallest pause between two comparisons at one venue, so that four hundred books are spread over the period.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a snapshot is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Comparisons take part in a venue's budget only while less than this share of it is spent.</summary>
    public double BudgetShare { get; init; } = 0.5;
}
