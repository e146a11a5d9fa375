using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Bybit;

namespace Omnibook.Benchmarks.Wire;

/// <summary>
/// <c>orderbook.200.…</c> of Bybit's contracts, a frame each 100 ms.
/// https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
/// </summary>
internal static class BybitFrames
{
    private const long FirstUpdate = 177_400_507;
    private const long FirstTime = 1_687_940_967_466;

    /// <summary>The frames of one book.</summary>
    public static DepthFrames Write(MadeLevels made, string symbol = "BTCUSDT")
    {
        var instrument = MadeFrames.Instrument("bybit", symbol, symbol, priceDecimals: 1, quantityDecimals: 3);
        var frames = new DepthFrames
        {
            Name = "bybit, made, orderbook.200",
            Venue = new BybitVenue(new VenueId("bybit"), BybitVenue.Mainnet),
            Instrument = instrument,
            Snapshot = [],
            Depth = [],
            Levels = 0,
            ExpectedDigest = "",
        };
        return MadeFrames.Changes(frames, made, (levels, number) => Frame(symbol, [.. levels], number));
    }

    private static string Frame(string symbol, Level[] levels, int number)
    {
        var sentAt = FirstTime + number * 100;
        return $$"""
            {"topic":"orderbook.200.{{symbol}}","type":"{{(number == 0 ? "snapshot" : "delta")}}","ts":{{sentAt}},"data":{"s":"{{symbol}}","b":[{{SideOf(levels, Side.Bid)}}],"a":[{{SideOf(levels, Side.Ask)}}],"u":{{FirstUpdate + number}},"seq":{{66_544_703_342 + number * 17}}},"cts":{{sentAt - 2}}}
            """;
    }

    private static string SideOf(Level[] levels, Side side) =>
        MadeFrames.Join(levels, side, (price, quantity) => $"[\"{MadeFrames.Fixed(price, 1)}0\",\"{MadeFrames.FixedOrZero(quantity, 3)}\"]");
}
