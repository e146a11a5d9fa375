namespace Omnibook.History;

/// <summary>A position that was opened on paper.</summary>
/// <param name="Id">Its number; 0 before it is stored.</param>
/// <param name="Pair">The pair: <c>BTC-USD</c>.</param>
/// <param name="Dex">Where it was opened.</param>
/// <param name="IsLong">Whether it is a long; otherwise a short.</param>
/// <param name="Size">How much of the coin.</param>
/// <param name="EntryPrice">The average price of its opening.</param>
/// <param name="Margin">What was put up for it, in dollars.</param>
/// <param name="LiquidationPrice">Where its margin is used up; null where that is not known.</param>
/// <param name="Fees">What was paid for its opening, in dollars.</param>
/// <param name="OpenedAtMs">When, in milliseconds since the Unix epoch.</param>
public sealed record PaperPosition(
    long Id,
    string Pair,
    string Dex,
    bool IsLong,
    decimal Size,
    decimal EntryPrice,
    decimal Margin,
    decimal? LiquidationPrice,
    decimal Fees,
    long OpenedAtMs)
{
    /// <summary>What it has received as funding so far, in dollars; negative when it paid.</summary>
    public decimal Funding { get; init; }

    /// <summary>Up to which full hour its funding is paid, in milliseconds since the Unix epoch; its opening before the first.</summary>
    public long SettledUntilMs { get; init; } = OpenedAtMs;

    /// <summary>When it was closed; null while it is open.</summary>
    public long? ClosedAtMs { get; init; }

    /// <summary>The average price of its closing; null while it is open.</summary>
    public decimal? ClosePrice { get; init; }

    /// <summary>What was paid for its closing, in dollars.</summary>
    public decimal CloseFees { get; init; }

    /// <summary>What it comes to at a price, in dollars: profit and funding less the fees.</summary>
    public decimal NetAt(decimal price) => ProfitAt(price) + Funding - Fees - CloseFees;

    /// <summary>What it has gained at a price, in dollars, without fees and funding: ±(price − entry) × size.</summary>
    public decimal ProfitAt(decimal price) => (IsLong ? price - EntryPrice : EntryPrice - price) * Size;
}
