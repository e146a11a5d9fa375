namespace Omnibook.Core.Alerts;

/// <summary>What an alert looks at.</summary>
public enum AlertKind
{
    /// <summary>The middle between the highest bid and the lowest ask of the live books, in the quote asset.</summary>
    Price,

    /// <summary>The lowest ask less the highest bid of the live books, in basis points of the middle; negative when venues cross.</summary>
    Spread,

    /// <summary>What rests within a window around each live book's own middle, both sides, in the base or the quote asset.</summary>
    Depth,

    /// <summary>(bid depth − ask depth) / (bid depth + ask depth) within a window, −1 to 1.</summary>
    Imbalance,

    /// <summary>The funding rate that an instrument will pay next, as a fraction of one interval; positive when longs pay.</summary>
    Funding,

    /// <summary>The worth of a forced closing, price × quantity, in the quote asset. Each one is an event of its own.</summary>
    Liquidation,

    /// <summary>Whether an instrument's book equals its venue's: 1 while it is live, otherwise 0.</summary>
    State,
}

/// <summary>On which side of its threshold a value is told.</summary>
public enum AlertDirection
{
    /// <summary>At the threshold or above it.</summary>
    Above,

    /// <summary>At the threshold or below it.</summary>
    Below,
}

/// <summary>When an alert tells something.</summary>
public sealed record AlertCondition
{
    /// <summary>What it looks at.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>On which side of the threshold.</summary>
    public required AlertDirection Direction { get; init; }

    /// <summary>The threshold, in the unit of the kind.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>How far the value has to go back beyond the threshold before it is told again, in the unit of the kind.</summary>
    public decimal Hysteresis { get; init; }

    /// <summary>The least time between two times that it is told, by the market's clock.</summary>
    public TimeSpan CoolDown { get; init; }

    /// <summary>The window of depth and imbalance, in basis points to either side.</summary>
    public int WindowBps { get; init; } = 50;

    /// <summary>Whether depth is told in the quote asset; otherwise in the base asset.</summary>
    public bool InQuote { get; init; }

    /// <summary>Whether each instrument of a composite is looked at by itself.</summary>
    public bool IsOfInstruments => Kind is AlertKind.Funding or AlertKind.Liquidation or AlertKind.State;

    /// <summary>Whether every value is an event of its own, so that nothing has to go back before the next is told.</summary>
    public bool IsOfEvents => Kind == AlertKind.Liquidation;

    /// <summary>Whether a value is one to be told.</summary>
    public bool Holds(decimal value) => Direction == AlertDirection.Above ? value >= Threshold : value <= Threshold;

    /// <summary>Whether a value has gone back so far that the next one is news again.</summary>
    public bool HasGoneBack(decimal value) => Direction == AlertDirection.Above
        ? value < Threshold && value <= Threshold - Hysteresis
        : value > Threshold && value >= Threshold + Hysteresis;
}
