using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Benchmarks.Wire;

/// <summary>
/// <c>l2Book</c> of Hyperliquid: the best 20 levels of each side, whole, in every frame.
/// https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions
/// </summary>
internal static class HyperliquidFrames
{
    private const int Depth = 20;
    private const long FirstTime = 1_790_000_000_123;

    /// <summary>The frames of one book.</summary>
    public static DepthFrames Write(MadeLevels made)
    {
        var instrument = MadeFrames.Instrument("hyperliquid", "ETH", "ETH", priceDecimals: 1, quantityDecimals: 4);
        var books = Books(made).ToArray();
        return new DepthFrames
        {
            Name = "hyperliquid, made, l2Book",
            Venue = new HyperliquidVenue(new VenueId("hyperliquid"), HyperliquidVenue.Mainnet),
            Instrument = instrument,
            Snapshot = MadeFrames.Bytes(Frame(books[0], 0, instrument.QuantityScale)),
            Depth = [.. books.Skip(1).Select((book, i) => MadeFrames.Bytes(Frame(book, i + 1, instrument.QuantityScale)))],
            Levels = books.Skip(1).Sum(book => book.Length),
            ExpectedDigest = MadeFrames.Digest(books[^1], instrument),
        };
    }

    private static IEnumerable<Level[]> Books(MadeLevels made)
    {
        var book = made.Start.ToDictionary(level => level.Price, level => level);
        yield return Best(book.Values);
        foreach (var frame in made.Frames)
        {
            foreach (var level in frame)
            {
                book[level.Price] = level;
            }

            yield return Best(book.Values);
        }
    }

    private static Level[] Best(IEnumerable<Level> levels)
    {
        var all = MadeFrames.BestFirst(levels.Where(level => level.Quantity.Units != 0));
        var bids = all.Count(level => level.Price.Units < 0);
        return [.. all[..Math.Min(bids, Depth)], .. all.Skip(bids).Take(Depth)];
    }

    private static string Frame(Level[] levels, int number, Scale quantities) =>
        $$$"""
        {"channel":"l2Book","data":{"coin":"ETH","time":{{{FirstTime + number * 540L}}},"levels":[[{{{SideOf(levels, Side.Bid, quantities)}}}],[{{{SideOf(levels, Side.Ask, quantities)}}}]]}}
        """;

    private static string SideOf(Level[] levels, Side side, Scale quantities) =>
        MadeFrames.Join(levels, side, (price, quantity) =>
            $$$"""{"px":"{{{MadeFrames.Fixed(price, 1)}}}","sz":"{{{quantities.Format(quantity)}}}","n":{{{1 + quantity % 13}}}}""");
}
