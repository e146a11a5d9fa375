using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Coinbase;

public class CoinbaseSocketTests
{
    private static readonly string[] Channels = ["level2", "market_trades", "ticker", "ticker_batch", "candles", "status", "heartbeats"];
    private readonly VirtualVenue _venue = VirtualVenue.Coinbase();

    public static TheoryData<string> Kinds => [.. FaultCatalog.All.Where(static kind => kind.OnlyVenues.Count == 0).Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_venue_runs_on_through_every_fault_and_is_well_again_after_it(string kind)
    {
        var before = _venue.Advanced("BTC-USD", Channels);
        var request = new FaultRequest { Fault = kind };
        _venue.Inject(FaultCatalog.Find(kind)!.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
        _venue.Advanced("ETH-USD", Channels);
        _venue.Venue.Answer(RestCall.Get("/api/v3/brokerage/market/product_book", ("product_id", "BTC-USD")));
        _venue.Run(4);
        VirtualVenue.Drain(before);

        var after = _venue.Advanced("BTC-USD", Channels);
        _venue.Run(6);
        var frames = VirtualVenue.Drain(after);
        Assert.Empty(_venue.Venue.Faults.Active);
        Assert.True(frames.Count > 50);
        Assert.All(frames, static frame => Assert.Equal(OutboundKind.Text, frame.Kind));
        Assert.Equal(7, after.Subscriptions.Count);
    }

    [Fact]
    public void Who_does_not_subscribe_within_five_seconds_is_sent_away()
    {
        var (silent, busy) = (_venue.Connect("/"), _venue.Advanced("BTC-USD", "level2"));
        _venue.Run(4.9);
        Assert.False(silent.IsClosed);
        _venue.Run(0.2);
        Assert.True(silent.IsClosed);
        Assert.False(busy.IsClosed);
    }

    [Fact]
    public void A_quiet_connection_without_heartbeats_is_closed()
    {
        var quiet = _venue.Advanced("BTC-USD", "status");
        var beating = _venue.Advanced("BTC-USD", "status", "heartbeats");
        _venue.Run(59);
        Assert.False(quiet.IsClosed);
        _venue.Run(31);
        Assert.True(quiet.IsClosed);
        Assert.False(beating.IsClosed);
    }

    [Theory]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"user"}""", "authentication failure")]
    [InlineData("""{"type":"subscribe","product_ids":["NOSUCH-USD"],"channel":"level2"}""", "product_id NOSUCH-USD is not valid")]
    [InlineData("""{"type":"subscribe","channel":"level2"}""", "product_ids are required")]
    [InlineData("""{"type":"subscribe","product_ids":"BTC-USD","channel":"level2"}""", "failed to parse message")]
    [InlineData("not json", "failed to parse message")]
    public void A_bad_message_is_answered_with_words_alone(string message, string words)
    {
        var connection = _venue.Connect("/");
        VirtualVenue.Say(connection, message);
        Assert.Equal($"{{\"type\":\"error\",\"message\":\"{words}\"}}", Assert.Single(VirtualVenue.Texts(connection)));
    }

    [Fact]
    public void The_ninth_message_of_a_second_is_refused_and_the_connection_stays()
    {
        var connection = _venue.Connect("/");
        for (var i = 0; i < 9; i++)
        {
            VirtualVenue.Say(connection, """{"type":"subscribe","channel":"heartbeats"}""");
        }

        Assert.Equal("""{"type":"error","message":"rate limit exceeded"}""", VirtualVenue.Texts(connection)[^1]);
        Assert.False(connection.IsClosed);
    }

    [Fact]
    public void Each_answer_lists_all_that_the_connection_is_subscribed_to()
    {
        var connection = _venue.Advanced("BTC-USD", "ticker", "level2", "heartbeats");
        Assert.Contains(
            """{"subscriptions":{"heartbeats":["heartbeats"],"level2":["BTC-USD"],"ticker":["BTC-USD"]}}""",
            Acknowledgements(connection)[^1].GetRawText(), StringComparison.Ordinal);
        VirtualVenue.Say(connection, """{"type":"unsubscribe","channel":"ticker"}""");
        Assert.Contains("""{"subscriptions":{"heartbeats":["heartbeats"],"level2":["BTC-USD"]}}""", Acknowledgements(connection)[^1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trades_tell_the_makers_side_and_begin_with_those_that_were()
    {
        _venue.Run(30);
        var connection = _venue.Advanced("BTC-USD", "market_trades");
        _venue.Run(30);
        var events = VirtualVenue.Frames(connection).Where(static frame => frame.GetProperty("channel").GetString() == "market_trades").Select(static frame => frame.GetProperty("events")[0]).ToList();
        var ledger = _venue.Venue.Markets["BTC-USD"].Trades;

        Assert.Equal("snapshot", events[0].GetProperty("type").GetString());
        Assert.All(events.Skip(1), static item => Assert.Equal("update", item.GetProperty("type").GetString()));
        var told = events.SelectMany(static item => item.GetProperty("trades").EnumerateArray().Reverse()).ToList();
        Assert.Equal(ledger.Newest(told.Count).Select(static trade => $"{trade.Id}"), told.Select(static trade => trade.GetProperty("trade_id").GetString()!), StringComparer.Ordinal);
        Assert.Equal(
            ledger.Newest(told.Count).Select(static trade => trade.TakerSide == Side.Bid ? "SELL" : "BUY"),
            told.Select(static trade => trade.GetProperty("side").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public void A_ticker_comes_with_each_trade_and_a_batch_each_five_seconds_without_bid_and_ask()
    {
        var connection = _venue.Advanced("BTC-USD", "ticker", "ticker_batch");
        _venue.Run(30);
        var frames = VirtualVenue.Frames(connection).ToLookup(static frame => frame.GetProperty("channel").GetString());
        Assert.True(frames["ticker"].Count() > 20);
        Assert.InRange(frames["ticker_batch"].Count(), 5, 7);
        Assert.All(frames["ticker"], static frame => Assert.True(frame.GetProperty("events")[0].GetProperty("tickers")[0].TryGetProperty("best_bid", out _)));
        Assert.All(frames["ticker_batch"], static frame => Assert.False(frame.GetProperty("events")[0].GetProperty("tickers")[0].TryGetProperty("best_bid", out _)));
    }

    [Fact]
    public void A_delisted_product_says_so()
    {
        var connection = _venue.Advanced("BTC-USD", "status", "heartbeats");
        _venue.Inject(new FaultRequest { Fault = "delist", Symbol = "BTC-USD" });
        Assert.Contains("\"status\":\"delisted\"", VirtualVenue.Texts(connection)[^1], StringComparison.Ordinal);
        Assert.True(_venue.Get("/api/v3/brokerage/market/products/BTC-USD").GetProperty("trading_disabled").GetBoolean());
    }

    [Fact]
    public void Levels_prices_and_times_can_be_spoiled()
    {
        var connection = _venue.Advanced("BTC-USD", "level2");
        _venue.Run(1);
        var book = new AdvancedBook("BTC-USD");
        VirtualVenue.Frames(connection).ForEach(frame => book.Apply(frame));
        _venue.Inject(new FaultRequest { Fault = "corrupt-level", Channel = "level2" });
        _venue.Run(0.1);
        var wrong = VirtualVenue.Frames(connection)[0];
        book.Apply(wrong);
        Assert.NotEqual(_venue.Venue.BookAt("BTC-USD", wrong.GetProperty("sequence_num").GetInt64())!.Digest(), book.Book.Digest());

        _venue.Inject(new FaultRequest { Fault = "nan", Channel = "level2" });
        _venue.Run(0.5);
        Assert.Contains("\"price_level\":\"NaN\"", VirtualVenue.Texts(connection)[0], StringComparison.Ordinal);

        _venue.Inject(new FaultRequest { Fault = "clock-offset", OffsetMs = 86_400_000, DurationMs = 500 });
        _venue.Run(0.3);
        var tomorrow = _venue.Now.ToDateTimeOffset().AddDays(1);
        Assert.Equal(tomorrow.Day, VirtualVenue.Frames(connection)[0].GetProperty("timestamp").GetDateTimeOffset().Day);
    }

    private static List<JsonElement> Acknowledgements(VenueConnection connection) =>
        [.. VirtualVenue.Frames(connection).Where(static frame => frame.GetProperty("channel").GetString() == "subscriptions")];
}
