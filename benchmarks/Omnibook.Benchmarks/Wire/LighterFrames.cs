using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Lighter;

namespace Omnibook.Benchmarks.Wire;

/// <summary>
/// <c>order_book/1</c> of Lighter, a frame each 50 ms, each naming the number of the one before.
/// https://apidocs.lighter.xyz/docs/websocket-reference
/// </summary>
internal static class LighterFrames
{
    private const long FirstTime = 1_774_884_082_326;

    /// <summary>The frames of one book.</summary>
    public static DepthFrames Write(MadeLevels made)
    {
        var frames = new DepthFrames
        {
            Name = "lighter, made, order_book",
            Venue = new LighterVenue(new VenueId("lighter"), LighterVenue.Mainnet),
            Instrument = MadeFrames.Instrument("lighter", "BTC", "1", priceDecimals: 1, quantityDecimals: 5),
            Snapshot = [],
            Depth = [],
            Levels = 0,
            ExpectedDigest = "",
        };
        return MadeFrames.Changes(frames, made, (levels, number) => Frame([.. levels], number));
    }

    private static string Frame(Level[] levels, int number)
    {
        var (sentAt, type) = (FirstTime + number * 50, number == 0 ? "subscribed" : "update");
        var (changedAt, offset, begin) = (sentAt * 1000 - 17_000, 1_558_300 + number * 3, number == 0 ? 0 : Nonce(number - 1));
        return $$"""
            {"channel":"order_book:1","last_updated_at":{{changedAt}},"offset":{{offset}},"order_book":{"code":0,"asks":[{{SideOf(levels, Side.Ask)}}],"bids":[{{SideOf(levels, Side.Bid)}}],"offset":{{offset}},"nonce":{{Nonce(number)}},"last_updated_at":{{changedAt}},"begin_nonce":{{begin}}},"timestamp":{{sentAt}},"type":"{{type}}/order_book"}
            """;
    }

    private static long Nonce(int number) => 9_182_389_998 + number * 22L;

    private static string SideOf(Level[] levels, Side side) =>
        MadeFrames.Join(levels, side, (price, quantity) => $$"""{"price":"{{MadeFrames.Fixed(price, 1)}}","size":"{{MadeFrames.Fixed(quantity, 5)}}"}""");
}
