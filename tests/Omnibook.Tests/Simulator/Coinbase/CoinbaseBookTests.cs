using System.Text.Json;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Simulator.Coinbase;

public class CoinbaseBookTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Coinbase();

    [Fact]
    public void A_snapshot_and_updates_rebuild_the_true_book_at_every_number_of_the_connection()
    {
        var connection = _venue.Advanced("BTC-USD", "level2", "heartbeats", "market_trades");
        VirtualVenue.Say(connection, """{"type":"subscribe","product_ids":["ETH-USD"],"channel":"level2"}""");
        _venue.Run(30);
        var (bitcoin, ether) = (new AdvancedBook("BTC-USD"), new AdvancedBook("ETH-USD"));
        foreach (var frame in VirtualVenue.Frames(connection))
        {
            foreach (var (book, product) in new[] { (bitcoin, "BTC-USD"), (ether, "ETH-USD") })
            {
                if (book.Apply(frame))
                {
                    Assert.Equal(_venue.Venue.BookAt(product, Number(frame))!.Digest(), book.Book.Digest());
                    Assert.False(book.Book.IsCrossed);
                }
            }
        }

        Assert.True(bitcoin.Frames > 200 && ether.Frames > 200);
        Assert.Equal((1, 1), (bitcoin.Snapshots, ether.Snapshots));
        Assert.True(bitcoin.Book.OrphanDeletes > 20);
    }

    [Fact]
    public void One_number_counts_all_frames_of_a_connection_whatever_their_channel()
    {
        var connection = _venue.Advanced("BTC-USD", "level2", "ticker", "market_trades", "status", "candles");
        VirtualVenue.Say(connection, """{"type":"subscribe","channel":"heartbeats"}""");
        _venue.Run(20);
        var frames = VirtualVenue.Frames(connection);

        Assert.Equal(Enumerable.Range(0, frames.Count).Select(static i => (long)i), frames.Select(Number));
        Assert.Equal(
            ["candles", "heartbeats", "l2_data", "market_trades", "status", "subscriptions", "ticker"],
            frames.Select(static frame => frame.GetProperty("channel").GetString()!).Distinct().Order(StringComparer.Ordinal), StringComparer.Ordinal);
        var beats = frames.Where(static frame => frame.GetProperty("channel").GetString() == "heartbeats").Select(static frame => frame.GetProperty("events")[0].GetProperty("heartbeat_counter").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => beats[0] + i), beats);
    }

    [Fact]
    public void Subscribing_again_brings_no_snapshot_and_unsubscribing_first_does()
    {
        const string Subscribe = """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}""";
        var connection = _venue.Advanced("BTC-USD", "level2");
        _venue.Run(2);
        VirtualVenue.Say(connection, Subscribe);
        _venue.Run(2);
        var book = new AdvancedBook("BTC-USD");
        var frames = VirtualVenue.Frames(connection);
        frames.ForEach(frame => book.Apply(frame));
        Assert.Equal(1, book.Snapshots);
        Assert.Equal(2, frames.Count(static frame => frame.GetProperty("channel").GetString() == "subscriptions"));

        VirtualVenue.Say(connection, """{"type":"unsubscribe","product_ids":["BTC-USD"],"channel":"level2"}""");
        VirtualVenue.Drain(connection);
        _venue.Run(1);
        Assert.Empty(VirtualVenue.Drain(connection));
        VirtualVenue.Say(connection, Subscribe);
        VirtualVenue.Frames(connection).ForEach(frame => book.Apply(frame));
        Assert.Equal(2, book.Snapshots);
    }

    [Fact]
    public void The_other_name_of_a_product_brings_its_data_under_the_first()
    {
        var connection = _venue.Advanced("BTC-USDC", "level2");
        _venue.Run(2);
        var book = new AdvancedBook("BTC-USD");
        VirtualVenue.Frames(connection).ForEach(frame => book.Apply(frame));
        Assert.True(book.Frames > 5);
    }

    [Fact]
    public void Several_books_come_in_one_frame_now_and_then()
    {
        var connection = _venue.Connect("/");
        VirtualVenue.Say(connection, """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""");
        _venue.Run(20);
        Assert.Contains(VirtualVenue.Frames(connection), static frame => frame.GetProperty("events").GetArrayLength() == 2);
    }

    [Fact]
    public void Thirty_books_go_over_a_connection_and_not_one_more()
    {
        var venue = VirtualVenue.Coinbase(VirtualVenue.Small with { CoinbaseProducts = 31 });
        var ids = ((Omnibook.Simulator.Coinbase.CoinbaseVenue)venue.Venue).Products.Keys.ToList();
        var connection = venue.Connect("/");
        VirtualVenue.Say(connection, Subscribe(ids.Take(30)));
        VirtualVenue.Drain(connection);
        VirtualVenue.Say(connection, Subscribe(ids.Skip(30)));
        Assert.Equal("""{"type":"error","message":"too many L2 streams requested in a single session"}""", Assert.Single(VirtualVenue.Texts(connection)));

        VirtualVenue.Say(connection, """{"type":"unsubscribe","product_ids":["BTC-USD"],"channel":"level2"}""");
        VirtualVenue.Say(connection, Subscribe(ids.Skip(30)));
        Assert.Contains(VirtualVenue.Texts(connection), text => text.Contains($"\"type\":\"snapshot\",\"product_id\":\"{ids[30]}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_book_is_one_frame_of_megabytes()
    {
        var venue = VirtualVenue.Coinbase(VirtualVenue.Small with { CoinbaseProducts = 1, CoinbaseFarLevels = 22_000 });
        var connection = venue.Advanced("BTC-USD", "level2");
        var largest = VirtualVenue.Texts(connection).Max(static text => text.Length);
        Assert.InRange(largest, 4_000_000, 16_000_000);
        venue.Run(5);
        Assert.InRange(venue.Venue.BookAt("BTC-USD", null)!.Bids.Count, 22_000, 22_200);
    }

    [Fact]
    public void A_lost_frame_of_any_channel_leaves_a_hole_in_the_numbers()
    {
        var connection = _venue.Advanced("BTC-USD", "level2", "ticker");
        _venue.Run(1);
        _venue.Inject(new FaultRequest { Fault = "gap", Channel = "ticker", Count = 1 });
        _venue.Run(10);
        var numbers = VirtualVenue.Frames(connection).Select(Number).ToList();
        Assert.Single(numbers.Zip(numbers.Skip(1)), static pair => pair.Second != pair.First + 1);
    }

    [Fact]
    public void The_true_book_is_known_for_each_connection_apart()
    {
        var first = _venue.Advanced("BTC-USD", "level2");
        _venue.Run(3);
        var second = _venue.Advanced("BTC-USD", "level2");
        _venue.Run(3);
        foreach (var (connection, ordinal) in new[] { (first, 0), (second, 1) })
        {
            var book = new AdvancedBook("BTC-USD");
            foreach (var frame in VirtualVenue.Frames(connection).Where(book.Apply))
            {
                Assert.Equal(_venue.Venue.BookAt($"{ordinal}:BTC-USD", Number(frame))!.Digest(), book.Book.Digest());
            }
        }

        Assert.True(_venue.Venue.HasBook("1:BTC-USD"));
        Assert.False(_venue.Venue.HasBook("2:BTC-USD"));
        Assert.Equal(_venue.Venue.BookAt("1:BTC-USD", 5)!.Digest(), _venue.Venue.BookAt("BTC-USD", 3_000_000_000_005)!.Digest());
    }

    private static string Subscribe(IEnumerable<string> products) =>
        $"{{\"type\":\"subscribe\",\"product_ids\":[{string.Join(',', products.Select(static id => $"\"{id}\""))}],\"channel\":\"level2\"}}";

    private static long Number(JsonElement frame) => frame.GetProperty("sequence_num").GetInt64();
}
