using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Frames that were recorded from the venue's public socket, against totals that were computed independently of this code.</summary>
public sealed class CaptureTests
{
    [Fact]
    public void The_whole_recording_gives_the_expected_books_and_trades()
    {
        var expected = JsonDocument.Parse(SharedCaptures.Read("expected.json")).RootElement
            .GetProperty("hyperliquid/hftbacktest-20250126/btcusd_20250126.gz");
        var total = Replay(SharedCaptures.Read("hyperliquid/hftbacktest-20250126/btcusd_20250126.gz"));

        Assert.Equal(expected.GetProperty("l2Book_messages").GetInt32(), total.Books.Count);
        var last = total.Books[^1];
        Assert.Equal(expected.GetProperty("last_book_time").GetInt64(), last.Snapshot.Sequence);
        Assert.Equal(expected.GetProperty("last_book_time").GetInt64(), last.Snapshot.Times.VenueTime.UnixMilliseconds);
        Assert.Equal(expected.GetProperty("levels").EnumerateArray().Select(level => level.GetInt32()), [last.Bids.Length, last.Asks.Length]);
        AssertLevel(expected.GetProperty("best_bid"), last.Bids[0]);
        AssertLevel(expected.GetProperty("best_ask"), last.Asks[0]);

        var trades = expected.GetProperty("trades");
        Assert.Equal(trades.GetProperty("count").GetInt32(), total.Trades.Count);
        Assert.Equal(trades.GetProperty("base").GetString(), Base(total).ToString());
        Assert.Equal(trades.GetProperty("quote").GetString(), Trimmed(Quote(total)));
        Assert.Equal(trades.GetProperty("first_id").GetInt64(), total.Trades[0].TradeId);
        Assert.Equal(trades.GetProperty("last_id").GetInt64(), total.Trades[^1].TradeId);
        Assert.Equal(trades.GetProperty("buyer_maker").GetInt32(), total.Trades.Count(trade => trade.TakerSide == TakerSide.Sell));
    }

    [Fact]
    public void The_first_twelve_frames_of_it_give_the_totals_of_an_exact_calculator()
    {
        var total = Replay(File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Captures", "hyperliquid-hftbacktest", "btcusd_20250126_first12.txt")));

        Assert.Equal(10, total.Books.Count);
        Assert.Equal(400, total.Books.Sum(book => book.Bids.Length + book.Asks.Length));
        Assert.Equal(1737918848015, total.Books[^1].Snapshot.Sequence);
        Assert.Equal("459bff78ccfdd1e57ba5ace905861e75f84092a34518957246ad0f9f5cea52a3", Digest(total.Books[^1]));
        Assert.Equal(31, total.Trades.Select(trade => trade.TradeId).Distinct().Count());
        Assert.Equal(0.26670m, Base(total));
        Assert.Equal(28018.340330m, Quote(total));
        Assert.Equal(121451470284048, total.Trades[0].TradeId);
        Assert.Equal(917211710228416, total.Trades[^1].TradeId);
        Assert.Equal(11, total.Trades.Count(trade => trade.TakerSide == TakerSide.Sell));
    }

    private static SeenEvents Replay(string text)
    {
        var desk = Desk.Bitcoin;
        var total = new SeenEvents();
        var batch = new EventBatch();
        foreach (var (receivedAt, frame) in SharedCaptures.Lines(text))
        {
            batch.Clear();
            var outcome = desk.Session.Translate(frame, new Timestamp(receivedAt), batch);
            Assert.Equal(FrameKind.Data, outcome.Kind);
            Assert.Equal(1, Math.Sign(batch.Count));
            batch.DeliverTo(total);
        }

        return total;
    }

    private static void AssertLevel(JsonElement expected, Level level)
    {
        var bitcoin = Desk.Bitcoin.Instruments[0];
        Assert.Equal(decimal.Parse(expected.GetProperty("px").GetString()!), bitcoin.PriceScale.ToDecimal(level.Price.Units));
        Assert.Equal(decimal.Parse(expected.GetProperty("sz").GetString()!), bitcoin.QuantityScale.ToDecimal(level.Quantity.Units));
        Assert.Equal(expected.GetProperty("n").GetInt32(), level.Orders);
    }

    private static string Digest(SeenBook book)
    {
        var bitcoin = Desk.Bitcoin.Instruments[0];
        var lines = book.Bids.Select(level => $"b {Text(level)}").Concat(book.Asks.Select(level => $"a {Text(level)}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

        string Text(Level level) =>
            $"{bitcoin.PriceScale.Format(level.Price.Units)} {bitcoin.QuantityScale.Format(level.Quantity.Units)}";
    }

    private static decimal Base(SeenEvents total) => total.Trades.Sum(trade => new Scale(5).ToDecimal(trade.Quantity.Units));

    private static decimal Quote(SeenEvents total) =>
        total.Trades.Sum(trade => new Scale(5).ToDecimal(trade.Quantity.Units) * new Scale(1).ToDecimal(trade.Price.Units));

    private static string Trimmed(decimal amount) => amount.ToString("0.##############");
}
