namespace Omnibook.History;

/// <summary>One funding payment of a paper position.</summary>
/// <param name="PositionId">Of which position.</param>
/// <param name="PaidAtMs">For which full hour, in milliseconds since the Unix epoch.</param>
/// <param name="Rate">The rate of the hour, a fraction; positive when longs pay.</param>
/// <param name="Price">At which price the position was valued, in dollars.</param>
/// <param name="Amount">What the position received, in dollars; negative when it paid: ∓ size × price × rate.</param>
/// <param name="PriceSource">Where the price is from: <c>oracle</c>, <c>mark</c> or <c>candle</c>.</param>
public sealed record PaperFunding(long PositionId, long PaidAtMs, decimal Rate, decimal Price, decimal Amount, string PriceSource);
