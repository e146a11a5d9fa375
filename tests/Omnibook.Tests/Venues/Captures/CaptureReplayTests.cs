using System.Text;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.BinanceUsdm;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.Captures;

public sealed class CaptureReplayTests
{
    private const string Snapshot = """{"lastUpdateId":10,"T":1726048000000,"bids":[["100.00","1.50"]],"asks":[["101.00","2"]]}""";

    [Theory]
    [InlineData("1000.50", "0.5", 1, 5, 1, 5)]
    [InlineData("1000", "20", 0, 1000, 0, 10)]
    [InlineData("0.00001230", "7", 7, 1, 0, 1)]
    public void Steps_and_scales_are_learned_from_what_is_seen(string price, string quantity, int priceDecimals, long tick, int quantityDecimals, long lot)
    {
        var learned = Assert.Single(CaptureInstruments.Learn(Usdm.Venue, [Depth(1, 2, "ABCUSDT", price, quantity)]));

        // A power of ten: five units of the last place are seen as one.
        Assert.Equal((priceDecimals, quantityDecimals), (learned.Listing.PriceScale.Decimals, learned.Listing.QuantityScale.Decimals));
        Assert.Equal((tick == 5 ? 1 : tick, lot == 5 ? 1 : lot), (learned.Listing.Tick.Units, learned.Listing.Lot.Units));
        Assert.True(learned.HasBook);
    }

    [Fact]
    public void A_snapshot_that_comes_before_the_first_symbol_counts_for_the_scales()
    {
        var learned = CaptureInstruments.Learn(Usdm.Venue, [Frame(Snapshot), Depth(5, 12, "BTCUSDT", "100", "1")]);

        Assert.Equal(1, Assert.Single(learned).Listing.QuantityScale.Decimals);
    }

    [Fact]
    public void Of_two_books_the_snapshot_is_that_of_the_one_which_trades_there()
    {
        CapturedFrame[] frames =
        [
            Depth(5, 8, "ETHUSDT", "9.00", "1"), Trade("ETHUSDT", "9.00"),
            Depth(5, 9, "BTCUSDT", "99.00", "1.25"), Trade("BTCUSDT", "100.50"),
            Frame(Snapshot), Depth(9, 12, "BTCUSDT", "99.00", "2"),
        ];
        var (market, replay) = Replay(frames);

        Assert.Equal(["ETHUSDT", "BTCUSDT"], replay.Instruments.Select(instrument => instrument.Symbol));
        Assert.Equal(
            [BookState.Syncing, BookState.Live],
            replay.Instruments.Select(instrument => market.BookOf(instrument.Id).Status.State));
        Assert.Equal(2, market.BookOf(replay.Instruments[1].Id).Bids.Count);
        Assert.Equal(1, replay.Counts.Snapshots);
    }

    [Fact]
    public void A_frame_that_cannot_be_read_breaks_every_book_until_the_next_snapshot()
    {
        CapturedFrame[] frames =
        [
            Depth(5, 9, "BTCUSDT", "99.00", "1.25"), Frame(Snapshot), Depth(9, 12, "BTCUSDT", "99.00", "2"),
            Frame("""{"e":"depthUpdate","""), Depth(12, 15, "BTCUSDT", "99.00", "3"),
        ];

        var (market, replay) = Replay(frames);
        var book = market.BookOf(replay.Instruments[0].Id);
        Assert.False(book.IsLive);
        Assert.Equal(1, replay.Counts.Malformed);

        (market, replay) = Replay([.. frames, Frame(Snapshot.Replace("10", "13", StringComparison.Ordinal))]);
        Assert.True(market.BookOf(replay.Instruments[0].Id).IsLive);
    }

    [Fact]
    public void Requests_are_not_counted_and_unknown_answers_harm_nothing()
    {
        var (market, replay) = Replay(
        [
            new CapturedFrame(CapturedKind.Request, default, Encoding.UTF8.GetBytes("GET /"), "test", 1),
            new CapturedFrame(CapturedKind.Answer, default, Encoding.UTF8.GetBytes("{\"serverTime\":1}"), "test", 2),
            Depth(5, 9, "BTCUSDT", "99.00", "1.25"),
        ]);

        Assert.Equal(new ReplayCounts(2, 1, 0, 0, 1, 0), replay.Counts);
        Assert.Equal(BookState.Syncing, market.BookOf(replay.Instruments[0].Id).Status.State);
    }

    private static (Market Market, CaptureReplay Replay) Replay(CapturedFrame[] frames)
    {
        var catalog = new InstrumentCatalog();
        var replay = new CaptureReplay(Usdm.Venue, CaptureInstruments.Learn(Usdm.Venue, frames), catalog);
        var market = new Market(catalog, []);
        replay.Run(frames, market);
        return (market, replay);
    }

    private static CapturedFrame Depth(long previous, long last, string symbol, string bid, string quantity) => Frame(
        $$"""{"e":"depthUpdate","E":1726048000140,"T":1726048000123,"s":"{{symbol}}","U":{{previous + 1}},"u":{{last}},"pu":{{previous}},"b":[["{{bid}}","{{quantity}}"]],"a":[]}""");

    private static CapturedFrame Trade(string symbol, string price) => Frame(
        $$"""{"e":"trade","E":1726048000140,"T":1726048000123,"s":"{{symbol}}","t":7,"p":"{{price}}","q":"1","X":"MARKET","m":true}""");

    private static CapturedFrame Frame(string text) =>
        new(CapturedKind.Frame, Timestamp.FromMilliseconds(1_726_048_000_200), Encoding.UTF8.GetBytes(text), "test", 1);
}
