using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Frames that were recorded from the venue's public socket, in the format of 2025 and in that of 2026.</summary>
public sealed class CaptureTests
{
    private const string Capture = "lighter/qubx-20251009/session.market1_BTC.jsonl.gz";

    [Fact]
    public void Half_a_minute_of_bitcoin_in_the_format_of_2025_gives_the_expected_book_and_trades()
    {
        var expected = JsonDocument.Parse(SharedCaptures.Read("expected.json")).RootElement.GetProperty(Capture);
        var desk = LighterDesk.Open();
        var recorded = new RecordedBook(new OrderBook(LighterDesk.Bitcoin));
        var books = 0;
        foreach (var frame in Frames())
        {
            var outcome = desk.Hear(frame);
            Assert.Equal(FrameKind.Data, outcome.Kind);
            books += outcome.Stream == LighterDesk.StreamOf("order_book/1") ? 1 : 0;
            DeliverBitcoin(desk, recorded);
        }

        var book = expected.GetProperty("book");
        Assert.Equal(book.GetProperty("last").GetProperty("offset").GetInt64(), recorded.Book.Sequence);
        Assert.Equal(0, recorded.Book.Counters.Gaps);
        recorded.AssertIs(book.GetProperty("book"), books);
        AssertTrades(expected.GetProperty("trades"), recorded.Trades);
        Assert.Empty(recorded.Liquidations);
    }

    [Fact]
    public void A_replay_learns_the_market_and_gives_the_same_book_and_trades()
    {
        var expected = JsonDocument.Parse(SharedCaptures.Read("expected.json")).RootElement.GetProperty(Capture);
        var replayed = Replayed.Of(LighterDesk.Venue, CapturePaths.Shared(Capture));
        Assert.Equal("1", Assert.Single(replayed.Learned).Listing.WireSymbol);
        Assert.Equal(0, replayed.Replay.Counts.Malformed + replayed.Replay.Counts.Unknown);
        Assert.True(replayed.Book.IsLive);
        Assert.Equal(expected.GetProperty("book").GetProperty("book").GetProperty("sha256_all_levels").GetString(), BookDigest.Of(replayed.Book));
        Assert.Equal(expected.GetProperty("trades").GetProperty("count").GetInt32(), replayed.Trades.Count);
        Assert.Equal(expected.GetProperty("trades").GetProperty("base").GetString(), replayed.Base());
        Assert.Equal(expected.GetProperty("trades").GetProperty("quote").GetString(), replayed.Quote());
    }

    [Fact]
    public void The_format_of_2026_is_a_chain_of_nonces_with_jumping_offsets()
    {
        var desk = LighterDesk.Open();
        var recorded = new RecordedBook(new OrderBook(LighterDesk.Bitcoin));
        foreach (var frame in Lines("order_book"))
        {
            Assert.Equal(FrameOutcome.Data(1), desk.Hear(frame));
            desk.Batch.DeliverTo(recorded);
        }

        var book = recorded.Book;
        Assert.True(book.IsLive);
        Assert.Equal(10382292188, book.Sequence);
        Assert.Equal(["75300.6 0.04881", "75300.4 0.00117", "75300.3 0.0002", "75300.1 0.0002", "75295.7 0.01993", "75294.3 0.10792"], Levels(book.Bids));
        Assert.Equal(["75300.7 0.28364", "75302 0.1328", "75313.9 0.61855"], Levels(book.Asks));
        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void A_broken_chain_of_nonces_is_a_gap_and_a_new_snapshot_mends_it()
    {
        var frames = Lines("order_book");
        var desk = LighterDesk.Open();
        var recorded = new RecordedBook(new OrderBook(LighterDesk.Bitcoin));
        Hear(frames[0]);
        Hear(frames[1].Replace("\"begin_nonce\":10382292136", "\"begin_nonce\":10382292140", StringComparison.Ordinal));
        Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (recorded.Book.Status.State, recorded.Book.Status.Reason));

        Hear(frames[0]);
        Assert.True(recorded.Book.IsLive);

        void Hear(string frame)
        {
            desk.Hear(frame);
            desk.Batch.DeliverTo(recorded);
        }
    }

    [Fact]
    public void Trades_of_2026_are_read_and_the_forced_one_is_told_twice_over()
    {
        var desk = LighterDesk.Open();
        var seen = Lines("trades").Select(frame =>
        {
            Assert.Equal(FrameKind.Data, desk.Hear(frame).Kind);
            return desk.Seen;
        }).ToArray();

        Assert.Empty(seen[0].Texts);
        Assert.Equal(
            new Trade(new InstrumentId(1), 18240999426, new Price(751967), new Quantity(12), TakerSide.Sell, new EventTimes(new Timestamp(1776690800252707_000), FrameDesk.Noon)),
            Assert.Single(seen[1].Trades));
        Assert.Equal((18237797923, TakerSide.Buy), (seen[2].Trades[0].TradeId, seen[2].Trades[0].TakerSide));
        Assert.Equal(
            new Liquidation(new InstrumentId(1), TakerSide.Buy, new Price(756028), new Quantity(1664), new EventTimes(new Timestamp(1776687656681222_000), FrameDesk.Noon)),
            Assert.Single(seen[2].Liquidations));
        Assert.Empty(seen[3].Texts);
    }

    [Fact]
    public void Statistics_and_tickers_of_2026_are_read()
    {
        var desk = LighterDesk.Open();
        desk.Hear(Lines("market_stats")[0]);
        Assert.Equal([23088600000000, 752411000000000], desk.Seen.Marks.Select(mark => mark.Mark.Units));
        Assert.Equal([23098900000000, 752819000000000], desk.Seen.Marks.Select(mark => mark.Index.Units));
        Assert.Equal([11_000_000, 12_000_000], desk.Seen.Fundings.Select(funding => funding.RateUnits));
        Assert.All(desk.Seen.Fundings, funding => Assert.Equal(Timestamp.FromMilliseconds(1776697200000), funding.NextAt));
        Assert.Equal([30408.562, 1654.629], desk.Seen.OpenInterests.Select((interest, i) => Math.Round(new Scale(4 + i).ToDouble(interest.Quantity.Units), 3)));

        var tops = Lines("ticker").SelectMany(frame =>
        {
            Assert.Equal(FrameKind.Data, desk.Hear(frame).Kind);
            return desk.Seen.Tops;
        }).ToArray();
        Assert.Equal(["75531.5 0.0012", "75524.4 0.10752"], FrameDesk.Levels(LighterDesk.Bitcoin, tops.Select(top => top.Bid)));
        Assert.Equal(["75531.6 0.53087", "75531.6 0.52927"], FrameDesk.Levels(LighterDesk.Bitcoin, tops.Select(top => top.Ask)));
    }

    /// <summary>The recording begins with what each subscription began with; the independent totals leave out those trades.</summary>
    private static void AssertTrades(JsonElement expected, List<Trade> trades)
    {
        var bitcoin = LighterDesk.Bitcoin;
        Assert.Equal(expected.GetProperty("count").GetInt32(), trades.Count);
        Assert.Equal(trades.Count, trades.Select(trade => trade.TradeId).Distinct().Count());
        Assert.Equal(decimal.Parse(expected.GetProperty("base").GetString()!), trades.Sum(trade => bitcoin.QuantityScale.ToDecimal(trade.Quantity.Units)));
        Assert.Equal(
            decimal.Parse(expected.GetProperty("quote").GetString()!),
            trades.Sum(trade => bitcoin.QuantityScale.ToDecimal(trade.Quantity.Units) * bitcoin.PriceScale.ToDecimal(trade.Price.Units)));
        Assert.Equal(expected.GetProperty("buyer_maker").GetInt32(), trades.Count(trade => trade.TakerSide == TakerSide.Sell));

        // The totals name the first and the last as they stand in the frames, newest first; here they are in the market's order.
        Assert.Equal(expected.GetProperty("first_id").GetInt64(), trades[1].TradeId);
        Assert.Equal(expected.GetProperty("last_id").GetInt64(), trades[^2].TradeId);
        Assert.Equal(trades.Select(trade => trade.TradeId).Order(), trades.Select(trade => trade.TradeId));
    }

    /// <summary>The recording holds the statistics of all markets, of which the session follows two; the book follows one.</summary>
    private static void DeliverBitcoin(FrameDesk desk, RecordedBook recorded)
    {
        if (desk.Seen.Books.Count + desk.Seen.Trades.Count + desk.Seen.Liquidations.Count > 0)
        {
            desk.Batch.DeliverTo(recorded);
        }
    }

    private static IEnumerable<byte[]> Frames() =>
        SharedCaptures.Read(Capture)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Encoding.UTF8.GetBytes(JsonDocument.Parse(line).RootElement.GetProperty("data").GetRawText()));

    private static string[] Lines(string name) =>
        SharedCaptures.Read($"lighter/tardis-node/{name}.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Levels(Ladder ladder)
    {
        var levels = new Level[ladder.Count];
        ladder.CopyTo(levels);
        return FrameDesk.Levels(LighterDesk.Bitcoin, levels);
    }
}
