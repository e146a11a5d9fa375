namespace Omnibook.Simulator.Faults;

/// <summary>A fault that is on.</summary>
public sealed class ActiveFault
{
    internal ActiveFault(long id, FaultKind kind, FaultRequest request, long sinceMilliseconds)
    {
        (Id, Kind, Request, SinceMilliseconds) = (id, kind, request, sinceMilliseconds);
        Remaining = request.Count ?? (request.DurationMs is null && request.Probability is null ? kind.UsualCount : null);
        UntilMilliseconds = sinceMilliseconds + request.DurationMs;
    }

    /// <summary>Names the fault in <c>DELETE /control/faults/{id}</c>.</summary>
    public long Id { get; }

    /// <summary>What it does.</summary>
    public FaultKind Kind { get; }

    /// <summary>What it was told.</summary>
    public FaultRequest Request { get; }

    /// <summary>When it was switched on, in Unix milliseconds of the simulator's clock.</summary>
    public long SinceMilliseconds { get; }

    /// <summary>When it ends, or null.</summary>
    public long? UntilMilliseconds { get; }

    /// <summary>How many hits are left, or null when they are not counted.</summary>
    public long? Remaining { get; private set; }

    /// <summary>How many frames, answers, connections or subscriptions it has hit.</summary>
    public long Hits { get; private set; }

    internal bool IsOver(long milliseconds) => Remaining == 0 || milliseconds >= UntilMilliseconds;

    internal bool Concerns(string? symbol, string? channel) =>
        (Request.Symbol is null || Request.Symbol == symbol) && (Request.Channel is null || Request.Channel == channel);

    internal void Hit()
    {
        Hits++;
        Remaining--;
    }
}
