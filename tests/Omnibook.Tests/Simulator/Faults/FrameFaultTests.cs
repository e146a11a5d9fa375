using System.Text;
using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Faults;

public class FrameFaultTests
{
    private const string Depth = "btcusdt@depth@100ms";
    private readonly VirtualVenue _venue = VirtualVenue.Binance();
    private readonly VenueConnection _connection;

    public FrameFaultTests()
    {
        _connection = _venue.Public(Depth);
        _venue.Run(1);
        VirtualVenue.Drain(_connection);
    }

    [Fact]
    public void A_gap_loses_a_frame_and_uses_up_its_ids()
    {
        _venue.Run(0.5);
        var fault = _venue.Inject(new FaultRequest { Fault = "gap", Symbol = "BTCUSDT", Channel = "depth", Count = 2 });
        _venue.Run(2);
        var events = Events();

        Assert.Equal(2, fault.Hits);
        Assert.Single(Breaks(events));
        Assert.True(Id(events[0], "pu") < Id(events[0], "U"));
    }

    [Fact]
    public void A_gap_can_happen_by_chance()
    {
        var fault = _venue.Inject(new FaultRequest { Fault = "gap", Probability = 0.2 });
        _venue.Run(60);
        Assert.InRange(fault.Hits, 60, 180);
        Assert.InRange(Breaks(Events()).Count(), 40, 180);
    }

    [Fact]
    public void A_fault_of_another_symbol_or_channel_changes_nothing()
    {
        _venue.Inject(new FaultRequest { Fault = "gap", Symbol = "ETHUSDT" });
        _venue.Inject(new FaultRequest { Fault = "gap", Channel = "trade" });
        _venue.Run(5);
        Assert.Empty(Breaks(Events()));
    }

    [Fact]
    public void A_duplicate_comes_twice()
    {
        _venue.Inject(new FaultRequest { Fault = "duplicate" });
        _venue.Run(2);
        var ids = Events().Select(static update => Id(update, "u")).ToList();
        Assert.Equal(ids.Count - 1, ids.Distinct().Count());
    }

    [Fact]
    public void Reordered_frames_change_places_and_none_is_lost()
    {
        _venue.Inject(new FaultRequest { Fault = "reorder" });
        _venue.Run(2);
        var events = Events();
        Assert.True(Id(events[0], "u") > Id(events[1], "u"));
        Assert.Equal(Id(events[1], "u"), Id(events[0], "pu"));
        Assert.Empty(Breaks([.. events.OrderBy(static update => Id(update, "u"))]));
    }

    [Fact]
    public void In_a_stall_nothing_comes_and_in_a_mute_only_answers_do()
    {
        _venue.Inject(new FaultRequest { Fault = "stall", DurationMs = 1000 });
        _venue.Run(0.9);
        VirtualVenue.Say(_connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Empty(VirtualVenue.Drain(_connection));

        _venue.Run(0.1);
        _venue.Inject(new FaultRequest { Fault = "mute", DurationMs = 1000 });
        VirtualVenue.Drain(_connection);
        _venue.Run(0.9);
        VirtualVenue.Say(_connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Single(VirtualVenue.Drain(_connection));

        _venue.Run(1);
        Assert.NotEmpty(VirtualVenue.Drain(_connection));
        Assert.Empty(_venue.Venue.Faults.Active);
    }

    [Fact]
    public void Malformed_frames_are_no_json_and_bad_utf8_is_no_text()
    {
        _venue.Inject(new FaultRequest { Fault = "malformed" });
        _venue.Run(0.2);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(VirtualVenue.Texts(_connection)[0]));

        _venue.Inject(new FaultRequest { Fault = "invalid-utf8" });
        _venue.Run(0.2);
        var bytes = VirtualVenue.Drain(_connection)[0].Bytes;
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Fact]
    public void A_corrupt_level_is_wrong_and_everything_else_is_right()
    {
        var truth = VirtualVenue.Binance();
        var reference = truth.Public(Depth);
        truth.Run(1);
        VirtualVenue.Drain(reference);
        _venue.Inject(new FaultRequest { Fault = "corrupt-level" });
        _venue.Run(1);
        truth.Run(1);
        var (spoiled, right) = (Events(), VirtualVenue.Of(VirtualVenue.Frames(reference), Depth));

        Assert.Equal(right.Select(static update => Id(update, "u")), spoiled.Select(static update => Id(update, "u")));
        Assert.NotEqual(right[0].GetRawText(), spoiled[0].GetRawText(), StringComparer.Ordinal);
        Assert.Equal(right.Skip(1).Select(static update => update.GetRawText()), spoiled.Skip(1).Select(static update => update.GetRawText()), StringComparer.Ordinal);
    }

    [Fact]
    public void A_price_can_be_no_number()
    {
        _venue.Inject(new FaultRequest { Fault = "nan" });
        _venue.Run(0.2);
        Assert.Contains("[[\"NaN\",", VirtualVenue.Texts(_connection)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_off_moves_every_time()
    {
        _venue.Inject(new FaultRequest { Fault = "clock-offset", OffsetMs = 5000, DurationMs = 200 });
        _venue.Run(0.2);
        var update = Events()[0];
        Assert.True(Id(update, "E") > _venue.Venue.Schedule.Milliseconds + 4000);
        Assert.True(Id(update, "T") > _venue.Venue.Schedule.Milliseconds + 4000);
    }

    [Fact]
    public void A_huge_frame_follows()
    {
        _venue.Inject(new FaultRequest { Fault = "huge-frame", Bytes = 50_000_000 });
        _venue.Run(0.2);
        Assert.Equal(50_000_000, VirtualVenue.Drain(_connection).Single(static frame => frame.Kind == OutboundKind.Padding).Size);
    }

    [Fact]
    public void The_venues_own_book_is_crossed_until_the_fault_ends()
    {
        var snapshot = LocalBook.FromSnapshot(_venue.Get("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000")));
        _venue.Inject(new FaultRequest { Fault = "crossed", Symbol = "BTCUSDT", DurationMs = 300 });
        _venue.Run(0.25);
        Events().ForEach(snapshot.Apply);
        Assert.True(snapshot.IsCrossed);

        _venue.Run(0.25);
        Events().ForEach(snapshot.Apply);
        Assert.False(snapshot.IsCrossed);
        Assert.Equal(_venue.Venue.BookAt("BTCUSDT", null)!.Bids.Count, _venue.Venue.Markets["BTCUSDT"].Book.Bids.Count);
    }

    [Fact]
    public void A_locked_book_has_one_price_on_both_sides()
    {
        _venue.Inject(new FaultRequest { Fault = "crossed", Symbol = "BTCUSDT", Ticks = 0, DurationMs = 300 });
        var book = _venue.Venue.BookAt("BTCUSDT", null)!;
        Assert.Equal(book.Asks[0].Price, book.Bids[0].Price);
    }

    [Fact]
    public void Ids_start_again_after_a_restart_and_no_event_spans_both_counts()
    {
        _venue.Inject(new FaultRequest { Fault = "sequence-restart" });
        _venue.Run(1);
        var events = Events();
        Assert.True(Id(events[0], "u") < 10_000);
        Assert.Equal(0, Id(events[0], "pu"));
        Assert.All(events, static update => Assert.True(Id(update, "U") <= Id(update, "u")));
        Assert.Empty(Breaks([.. events.Skip(1)]));
        Assert.NotNull(_venue.Venue.BookAt("BTCUSDT", Id(events[^1], "u")));
    }

    [Fact]
    public void A_delisted_symbol_is_silent_says_so_and_comes_back()
    {
        var contract = _venue.Connect("/market/ws/!contractInfo");
        var fault = _venue.Inject(new FaultRequest { Fault = "delist", Symbol = "BTCUSDT" });
        VirtualVenue.Drain(_connection);
        _venue.Run(0.2);
        VirtualVenue.Drain(_connection);
        _venue.Run(5);

        Assert.Empty(VirtualVenue.Drain(_connection));
        Assert.Equal("SETTLING", VirtualVenue.Frames(contract)[0].GetProperty("cs").GetString());
        Assert.Equal("SETTLING", _venue.Get("/fapi/v1/exchangeInfo").GetProperty("symbols")[0].GetProperty("status").GetString());
        Assert.Equal(400, _venue.TryGet("/fapi/v1/depth", ("symbol", "BTCUSDT")).Status);

        Assert.True(_venue.Venue.Faults.Remove(fault.Id));
        _venue.Run(1);
        Assert.NotEmpty(VirtualVenue.Drain(_connection));
    }

    [Fact]
    public void At_hyperliquid_a_delisted_coin_has_an_empty_book_and_a_crossed_one_a_crossed_top()
    {
        var venue = VirtualVenue.Hyperliquid();
        var connection = venue.Subscribed("""{"type":"l2Book","coin":"merrli:BTC"}""", """{"type":"l2Book","coin":"sekaw:BTC"}""");
        venue.Inject(new FaultRequest { Fault = "delist", Symbol = "merrli:BTC" });
        venue.Inject(new FaultRequest { Fault = "crossed", Symbol = "sekaw:BTC" });
        VirtualVenue.Drain(connection);
        venue.Run(2);
        var last = VirtualVenue.OfChannel(VirtualVenue.Frames(connection), "l2Book").TakeLast(2).ToDictionary(static book => book.GetProperty("coin").GetString()!, StringComparer.Ordinal);

        Assert.Equal("[[],[]]", last["merrli:BTC"].GetProperty("levels").GetRawText());
        var levels = last["sekaw:BTC"].GetProperty("levels");
        Assert.True(LocalBook.Number(levels[0][0].GetProperty("px")) > LocalBook.Number(levels[1][0].GetProperty("px")));
        Assert.True(venue.Info("""{"type":"meta","dex":"merrli"}""").GetProperty("universe")[0].GetProperty("isDelisted").GetBoolean());
    }

    private List<JsonElement> Events() => VirtualVenue.Of(VirtualVenue.Frames(_connection), Depth);

    private static IEnumerable<(JsonElement, JsonElement)> Breaks(IReadOnlyList<JsonElement> events) =>
        events.Zip(events.Skip(1)).Where(static pair => Id(pair.First, "u") != Id(pair.Second, "pu"));

    private static long Id(JsonElement update, string name) => update.GetProperty(name).GetInt64();
}
