using System.Globalization;
using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Coinbase;

namespace Omnibook.Benchmarks.Wire;

/// <summary>
/// <c>l2_data</c> of Coinbase's Advanced Trade socket: both sides in one list, and the whole book of BTC-USD in one frame of megabytes.
/// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels#level2-channel
/// </summary>
internal static class CoinbaseFrames
{
    private static readonly DateTime FirstTime = new(2026, 4, 7, 14, 30, 0, 123, 456, DateTimeKind.Utc);

    /// <summary>A book, and what changes it.</summary>
    public static DepthFrames Write(MadeLevels made) =>
        MadeFrames.Changes(Empty("coinbase, made, l2_data"), made, (levels, number) => Frame(levels, number, isSnapshot: number == 0));

    /// <summary>The same whole book again and again, as it comes after each subscribing anew.</summary>
    public static DepthFrames WriteSnapshots(MadeLevels made, int times)
    {
        var (frames, book) = (Empty("coinbase, made, one frame with the whole book"), MadeFrames.BestFirst(made.Start));
        return frames with
        {
            Snapshot = MadeFrames.Bytes(Frame(book, 0, isSnapshot: true)),
            Depth = [.. Enumerable.Range(1, times).Select(number => MadeFrames.Bytes(Frame(book, number, isSnapshot: true)))],
            Levels = book.Length * times,
            ExpectedDigest = MadeFrames.Digest(book, frames.Instrument),
        };
    }

    private static DepthFrames Empty(string name) => new()
    {
        Name = name,
        Venue = new CoinbaseVenue(new VenueId("coinbase"), CoinbaseVenue.Mainnet),
        Instrument = MadeFrames.Instrument("coinbase", "BTC-USD", "BTC-USD", priceDecimals: 2, quantityDecimals: 8),
        Snapshot = [],
        Depth = [],
        Levels = 0,
        ExpectedDigest = "",
    };

    private static string Frame(IEnumerable<Level> levels, int number, bool isSnapshot)
    {
        var (time, type) = (Time(number * 50), isSnapshot ? "snapshot" : "update");
        var updates = string.Join(',', levels.Select(level => Update(level, time)));
        return $$"""
            {"channel":"l2_data","timestamp":"{{time}}","sequence_num":{{number}},"events":[{"type":"{{type}}","product_id":"BTC-USD","updates":[{{updates}}]}]}
            """;
    }

    private static string Update(in Level level, string time)
    {
        var (side, price) = (level.Price.Units < 0 ? "bid" : "offer", MadeFrames.Fixed(Math.Abs(level.Price.Units), 2));
        return $$"""{"side":"{{side}}","event_time":"{{time}}","price_level":"{{price}}","new_quantity":"{{MadeFrames.FixedOrZero(level.Quantity.Units, 8)}}"}""";
    }

    private static string Time(int milliseconds) =>
        FirstTime.AddMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
