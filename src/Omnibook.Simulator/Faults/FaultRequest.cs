namespace Omnibook.Simulator.Faults;

/// <summary>
/// A fault to switch on. Which fields a fault takes is said by its entry in the catalogue; a field that it does not take is refused.
/// Without <see cref="Count"/> and <see cref="DurationMs"/> a fault that lasts stays on until it is deleted.
/// </summary>
public sealed record FaultRequest
{
    /// <summary>The venue's key, for example <c>binance-usdm</c>.</summary>
    public string Venue { get; init; } = "";

    /// <summary>The fault's name, for example <c>gap</c>.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Only this symbol; all when left out.</summary>
    public string? Symbol { get; init; }

    /// <summary>Only this channel, for example <c>depth</c> or <c>l2Book</c>; all when left out.</summary>
    public string? Channel { get; init; }

    /// <summary>How many frames, answers or connections are hit before the fault is over.</summary>
    public long? Count { get; init; }

    /// <summary>The share of frames that are hit, above 0 and at most 1.</summary>
    public double? Probability { get; init; }

    /// <summary>How long the fault lasts, in milliseconds of the simulator's clock.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The WebSocket close code.</summary>
    public int? Code { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What the Retry-After header says, in seconds; no header when left out.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What an HTTP answer holds: <c>venue</c>, <c>html</c>, <c>empty</c> or <c>truncated</c>.</summary>
    public string? Body { get; init; }

    /// <summary>How old a snapshot is, in milliseconds.</summary>
    public long? LagMs { get; init; }

    /// <summary>How long an answer takes, in milliseconds.</summary>
    public long? DelayMs { get; init; }

    /// <summary>How far the venue's clock is off, in milliseconds; negative is behind.</summary>
    public long? OffsetMs { get; init; }

    /// <summary>How large a frame is.</summary>
    public long? Bytes { get; init; }

    /// <summary>By how many ticks a top is crossed; 0 locks it.</summary>
    public int? Ticks { get; init; }
}
