using System.Text.Json;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.TreeOfAlpha;

/// <summary>The made-up venue of news against what is known of the real one: shapes, words, history, and its own faults.</summary>
public sealed class TreeOfAlphaTests
{
    private static readonly SimulatorOptions Busy = VirtualVenue.Small with { NewsInterval = TimeSpan.FromSeconds(1) };

    [Fact]
    public void A_ping_and_a_login_are_answered_in_plain_words()
    {
        var venue = VirtualVenue.TreeOfAlpha();
        var connection = venue.Connect("/ws");
        foreach (var words in new[] { "ping", "login key", "login ", "subscribe", "{}" })
        {
            VirtualVenue.Say(connection, words);
        }

        Assert.Equal(["pong", "logged in", "invalid key"], VirtualVenue.Texts(connection));
        Assert.Null(venue.Venue.Connect("/elsewhere", ""));
    }

    [Fact]
    public void Every_item_has_an_identity_a_title_and_a_time_and_every_other_part_is_there_or_not()
    {
        var items = Pushed(600);
        Assert.All(items, item =>
        {
            Assert.Matches("^[0-9a-f]{24}$", item.GetProperty("_id").GetString());
            Assert.NotEmpty(item.GetProperty("title").GetString()!);
            Assert.InRange(item.GetProperty("time").GetInt64(), 1_790_000_000_000, 1_800_000_000_000);
        });
        Assert.Distinct(items.Select(item => item.GetProperty("_id").GetString()));
        foreach (var part in new[] { "body", "source", "url", "link", "image", "coin", "suggestions", "symbols", "en", "info", "type", "rt", "firstPrice" })
        {
            Assert.Contains(items, item => item.TryGetProperty(part, out _));
            Assert.Contains(items, item => !item.TryGetProperty(part, out _));
        }

        Assert.Equal(["direct", "telegram"], items.Where(Has("type")).Select(item => item.GetProperty("type").GetString()!).Distinct().Order());
        Assert.All(items, item => Assert.NotEqual(Has("source")(item), Has("type")(item)));
        Assert.Contains(items, item => Has("suggestions")(item) && item.GetProperty("suggestions").GetArrayLength() == 0);
    }

    [Fact]
    public void The_history_has_the_same_identities_newest_first_and_tells_posts_in_one_line()
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        var connection = venue.Connect("/ws");
        venue.Run(60);
        var pushed = VirtualVenue.Frames(connection);
        var history = venue.Get("/api/news", ("limit", "3000")).EnumerateArray().ToArray();
        var times = history.Select(item => item.GetProperty("time").GetInt64()).ToArray();
        Assert.Equal(times.OrderDescending(), times);
        foreach (var item in pushed)
        {
            var same = Assert.Single(history, candidate => candidate.GetProperty("_id").GetString() == item.GetProperty("_id").GetString());
            if (Has("type")(item) && item.GetProperty("type").GetString() == "direct")
            {
                Assert.Equal($"{item.GetProperty("title")}: {item.GetProperty("body")}", same.GetProperty("title").GetString());
                Assert.Equal(("Twitter", item.GetProperty("link").GetString()), (same.GetProperty("source").GetString(), same.GetProperty("url").GetString()));
                Assert.False(same.TryGetProperty("body", out _));
            }
            else
            {
                Assert.Equal(item.GetRawText(), same.GetRawText());
            }
        }

        Assert.Equal(5, venue.Get("/api/news", ("limit", "5")).GetArrayLength());
        Assert.Equal(100, venue.Get("/api/news").GetArrayLength());
        Assert.Equal(404, venue.TryGet("/api/allNews").Status);
        Assert.Equal(venue.Venue.News.Select(item => item.Id), history.Reverse().Select(item => item.GetProperty("_id").GetString()!));
    }

    [Fact]
    public void The_history_keeps_three_thousand()
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        venue.Run(3500);
        Assert.Equal(3000, venue.Get("/api/news", ("limit", "10000")).GetArrayLength());
    }

    [Fact]
    public void A_mute_socket_answers_pings_and_a_frozen_one_does_not()
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        var connection = venue.Connect("/ws");
        venue.Inject(new FaultRequest { Fault = "mute", Channel = "news", DurationMs = 10_000 });
        venue.Run(9);
        VirtualVenue.Say(connection, "ping");
        Assert.Equal(["pong"], VirtualVenue.Texts(connection));
        venue.Run(2);
        venue.Inject(new FaultRequest { Fault = "stall", DurationMs = 10_000 });
        VirtualVenue.Drain(connection);
        VirtualVenue.Say(connection, "ping");
        venue.Run(9);
        Assert.Empty(VirtualVenue.Texts(connection));
    }

    [Fact]
    public void Old_news_can_be_sent_as_new()
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        venue.Inject(new FaultRequest { Fault = "resend-news", Count = 1 });
        var again = VirtualVenue.Frames(venue.Connect("/ws")).Select(item => item.GetProperty("_id").GetString()!).ToArray();
        Assert.Equal(venue.Venue.News.TakeLast(20).Select(item => item.Id), again);
        Assert.Empty(VirtualVenue.Texts(venue.Connect("/ws")));
    }

    [Fact]
    public void Strange_texts_are_JSON_that_careless_readers_stumble_over()
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        var connection = venue.Connect("/ws");
        venue.Inject(new FaultRequest { Fault = "strange-text", DurationMs = 200_000 });
        venue.Run(199);
        var texts = VirtualVenue.Texts(connection);
        foreach (var oddity in new[] { "\\ud83d", "\\u0000", "<script>", "words that are no JSON", "\u202E" })
        {
            Assert.Contains(texts, text => text.Contains(oddity, StringComparison.OrdinalIgnoreCase));
        }

        Assert.All(texts.Where(text => text[0] == '{'), text => JsonDocument.Parse(text).Dispose());
        Assert.Contains(venue.Get("/api/news").EnumerateArray(), row => row.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void Every_fault_ends_and_leaves_the_venue_well()
    {
        foreach (var kind in FaultCatalog.All.Where(kind => kind.OnlyVenues.Count == 0 || kind.OnlyVenues.Contains("treeofalpha", StringComparer.Ordinal)))
        {
            var venue = VirtualVenue.TreeOfAlpha(Busy);
            var request = new FaultRequest { Fault = kind.Name };
            var connection = venue.Connect("/ws");
            venue.Inject(kind.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
            venue.Connect("/ws");
            venue.TryGet("/api/news");
            venue.Run(4);
            Assert.Empty(venue.Venue.Faults.Active);
            VirtualVenue.Drain(connection);
            var after = venue.Connect("/ws");
            venue.Run(10);
            Assert.NotEmpty(VirtualVenue.Drain(after));
            Assert.NotEmpty(venue.Get("/api/news").EnumerateArray());
        }
    }

    private static List<JsonElement> Pushed(double seconds)
    {
        var venue = VirtualVenue.TreeOfAlpha(Busy);
        VenueConnection connection = venue.Connect("/ws");
        venue.Run(seconds);
        return VirtualVenue.Frames(connection);
    }

    private static Func<JsonElement, bool> Has(string part) => item => item.TryGetProperty(part, out _);
}
