namespace Omnibook.History;

/// <summary>The best prices of one book at one moment: a row of <c>price_snapshots</c>.</summary>
/// <param name="Id">The row's number; 0 before it is stored.</param>
/// <param name="Coin">The coin: <c>BTC</c>.</param>
/// <param name="Dex">Which book: <c>AGGREGATED</c> for the consolidated one, the dex's name for one of its members.</param>
/// <param name="TimestampMs">When, in milliseconds since the Unix epoch.</param>
/// <param name="BestAsk">The lowest ask.</param>
/// <param name="BestBid">The highest bid, where there was one.</param>
/// <param name="Spread">Best ask minus best bid; negative when the book was crossed.</param>
/// <param name="MidPrice">The middle of best bid and best ask.</param>
/// <param name="CreatedAtSeconds">When the row was written, in seconds since the Unix epoch.</param>
/// <remarks>The columns are REAL, as in the files that existing installations bring along: 15 significant digits are kept exactly.</remarks>
public sealed record PriceSnapshot(
    long Id,
    string Coin,
    string Dex,
    long TimestampMs,
    decimal BestAsk,
    decimal? BestBid,
    decimal? Spread,
    decimal? MidPrice,
    long CreatedAtSeconds)
{
    /// <summary>The <see cref="Dex"/> of consolidated books.</summary>
    public const string Aggregated = "AGGREGATED";

    /// <summary>The <see cref="Dex"/> of rows that were inserted to try the store out; they belong to no chart.</summary>
    public const string Sample = "SAMPLE";

    /// <summary>A row that is not stored yet, with spread and middle computed.</summary>
    public static PriceSnapshot Of(string coin, string dex, long timestampMs, decimal bestBid, decimal bestAsk) =>
        new(0, coin, dex, timestampMs, bestAsk, bestBid, bestAsk - bestBid, (bestBid + bestAsk) / 2, 0);
}

/// <summary>Open, high, low and close of the middle price within one interval.</summary>
/// <param name="StartMs">Start of the interval, in milliseconds since the Unix epoch: a whole multiple of its length.</param>
/// <param name="Open">The first middle price.</param>
/// <param name="High">The highest.</param>
/// <param name="Low">The lowest.</param>
/// <param name="Close">The last.</param>
public sealed record PriceCandle(long StartMs, decimal Open, decimal High, decimal Low, decimal Close);
