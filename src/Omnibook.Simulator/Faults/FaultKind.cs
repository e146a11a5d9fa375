namespace Omnibook.Simulator.Faults;

/// <summary>One kind of fault: what it does and what it can be told.</summary>
/// <param name="Name">As requests spell it.</param>
/// <param name="Description">What a client of the venue sees.</param>
/// <param name="Parameters">The fields of a request that it takes, besides venue and fault.</param>
public sealed record FaultKind(string Name, string Description, IReadOnlyList<string> Parameters)
{
    /// <summary>Only these venues have it; all when empty.</summary>
    public IReadOnlyList<string> OnlyVenues { get; init; } = [];

    /// <summary>True when it happens once, at once, and is then over.</summary>
    public bool IsMomentary { get; init; }

    /// <summary>How often it applies when the request gives neither a count nor a duration; null is until it is deleted.</summary>
    public long? UsualCount { get; init; }
}
