namespace Omnibook.Venues.Bybit;

/// <summary>What can be chosen about Bybit's feeds.</summary>
public sealed record BybitOptions
{
    /// <summary>
    /// Levels a side of the book: 50 (every 20 ms), 200 (every 100 ms) or 1000 (every 200 ms). 500 was taken away on 2025-09-11.
    /// https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
    /// </summary>
    public int BookDepth { get; init; } = 200;

    /// <summary>Whether the best bid and ask are followed besides, every 10 ms.</summary>
    public bool TopOfBook { get; init; } = true;

    /// <summary>
    /// Whether an update's <c>u</c> has to follow the one before by one. The socket's page does not promise it, the pages of the
    /// REST book and of the full book do. Should the field prove otherwise, false asks only that <c>u</c> rises.
    /// </summary>
    public bool UpdatesAreConsecutive { get; init; } = true;
}
