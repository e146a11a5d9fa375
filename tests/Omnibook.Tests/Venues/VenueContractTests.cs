using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues;

/// <summary>What every venue of the list promises to the feed, whatever it speaks.</summary>
public sealed class VenueContractTests
{
    private static readonly Timestamp Noon = Timestamp.FromMilliseconds(1_790_000_000_000);

    private static readonly VenueAddresses Elsewhere =
        new(new Uri("http://127.0.0.1:4711/rest/"), new Uri("ws://127.0.0.1:4712/socket/"));

    public static TheoryData<string> Venues => [.. KnownVenues.All.Select(venue => venue.Id.Key)];

    /// <summary>Those that have instruments: all that do not live on news alone.</summary>
    public static TheoryData<string> Markets => [.. KnownVenues.All.Where(venue => !venue.TellsNews).Select(venue => venue.Id.Key)];

    public static TheoryData<string> TellersOfNews => [.. KnownVenues.All.Where(venue => venue.TellsNews).Select(venue => venue.Id.Key)];

    [Fact]
    public void Keys_are_distinct_lower_case_words_joined_by_hyphens()
    {
        Assert.Distinct(KnownVenues.All.Select(venue => venue.Id.Key));
        Assert.All(KnownVenues.All, venue => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", venue.Id.Key));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void Default_addresses_are_encrypted(string key)
    {
        Assert.Equal("https", Known(key).Defaults.Rest.Scheme);
        Assert.Equal("wss", Known(key).Defaults.Socket.Scheme);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void A_venue_has_the_key_it_is_listed_under(string key) => Assert.Equal(key, Make(key).Id.Key);

    [Theory]
    [MemberData(nameof(Venues))]
    public void The_rules_can_be_kept(string key)
    {
        var rules = Make(key).Rules;
        Assert.InRange(rules.MaxConnectionAge, TimeSpan.FromMinutes(10), TimeSpan.FromDays(7));
        Assert.InRange(rules.AcknowledgeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(rules.SendSpacing, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(rules.MaxFrameBytes, 64 * 1024, 64 * 1024 * 1024);
        Assert.True(rules.RestWeight > 0 && rules.RestWindow > TimeSpan.Zero);
        Assert.True(rules.SilenceLimit > TimeSpan.Zero);
        if (!rules.Ping.IsEmpty)
        {
            var isJson = Record.Exception(() => JsonDocument.Parse(rules.Ping).Dispose()) is null;
            Assert.True(isJson || Make(key).News is not null, "Only a venue of news is spoken to in plain words.");
            Assert.True(rules.SilenceLimit > rules.PingInterval, "A quiet socket would be given up before its pong can come.");
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void Sockets_are_at_the_configured_address_and_named_apart(string key)
    {
        var plans = Plans(key);
        Assert.Distinct(plans.Select(plan => plan.Name));
        Assert.All(plans, plan =>
        {
            Assert.Equal("ws://127.0.0.1:4712", plan.Address.GetLeftPart(UriPartial.Authority));
            Assert.StartsWith("/socket/", plan.Address.AbsolutePath, StringComparison.Ordinal);
            Assert.Equal(plan.Name == Make(key).News?.Connection.Name, plan.Streams.Count == 0);
        });
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public void Every_instrument_has_one_book_and_no_stream_stands_twice(string key)
    {
        var streams = Plans(key).SelectMany(plan => plan.Streams).ToArray();
        Assert.Distinct(streams.Select(stream => stream.Name));
        Assert.Distinct(streams.Select(stream => (stream.Channel, stream.Instrument.Id)));
        Assert.Equal(
            Instruments(key).Select(instrument => instrument.Symbol),
            streams.Where(stream => stream.Channel == Channel.Book).Select(stream => stream.Instrument.Symbol).Order(StringComparer.Ordinal));
        Assert.Contains(streams, stream => stream.Channel == Channel.Trades);
        Assert.All(streams, stream => Assert.True(stream.Channel != Channel.Book || stream.QuietLimit > TimeSpan.Zero));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void Nothing_to_follow_needs_no_socket(string key) => Assert.Empty(Make(key).Plan([]));

    [Theory]
    [MemberData(nameof(Venues))]
    public void What_is_sent_is_JSON_and_small(string key)
    {
        var venue = Make(key);
        foreach (var plan in Plans(key))
        {
            var session = venue.OpenSession(plan);
            var frames = session.Opening.Concat(Enumerable.Range(0, plan.Streams.Count).SelectMany(session.Resubscribe));
            Assert.All(frames, frame =>
            {
                JsonDocument.Parse(frame).Dispose();
                Assert.InRange(frame.Length, 2, 16 * 1024);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void A_snapshot_request_is_relative_and_paid_for(string key)
    {
        var venue = Make(key);
        if (venue.SnapshotRequest(Instruments(key)[0]) is not { } request)
        {
            return;
        }

        Assert.False(request.Path.StartsWith('/'));
        Assert.False(Uri.TryCreate(request.Path, UriKind.Absolute, out _));
        Assert.InRange(request.Weight, 1, venue.Rules.RestWeight);
        if (request.Body is { } body)
        {
            JsonDocument.Parse(body).Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void What_is_no_snapshot_is_told_and_leaves_nothing(string key)
    {
        var venue = Make(key);
        var batch = new EventBatch();
        Assert.All(Garbage(), body =>
        {
            Assert.False(venue.TryTranslateSnapshot(Instruments(key)[0], body, Noon, batch));
            Assert.Equal(0, batch.Count + batch.LevelCount);
        });
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void Garbage_never_throws_and_never_becomes_an_event(string key)
    {
        var venue = Make(key);
        var batch = new EventBatch();
        foreach (var session in Plans(key).Select(plan => venue.OpenSession(plan)))
        {
            Assert.All(Garbage(), frame =>
            {
                var outcome = session.Translate(frame, Noon, batch);
                Assert.NotEqual(FrameKind.Data, outcome.Kind);
                Assert.NotEqual(FrameKind.Acknowledged, outcome.Kind);
                Assert.Equal(0, batch.Count + batch.LevelCount);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void What_is_no_JSON_at_all_is_malformed_and_says_why(string key)
    {
        var session = Make(key).OpenSession(Plans(key)[0]);
        foreach (var frame in new[] { "", "<html>", "{\"", "{\"a\":1", "\u0000", "{]" })
        {
            var outcome = session.Translate(Encoding.UTF8.GetBytes(frame), Noon, new EventBatch());
            Assert.Equal(FrameKind.Malformed, outcome.Kind);
            Assert.False(string.IsNullOrEmpty(outcome.Detail));
        }
    }

    [Theory]
    [MemberData(nameof(TellersOfNews))]
    public void A_history_is_asked_for_in_pages_that_grow_and_are_paid_for(string key)
    {
        var (venue, history) = (Make(key), Make(key).News!.History);
        Assert.Equal(history.Pages.Distinct().Order(), history.Pages);
        Assert.All(history.Pages, page =>
        {
            var request = history.Request(page);
            Assert.False(request.Path.StartsWith('/'));
            Assert.InRange(request.Weight, 1, venue.Rules.RestWeight);
        });
        Assert.True(history.WhileUnheard <= history.WhileHeard);
        Assert.Equal(Make(key).Plan(Instruments(key)).Count, Plans(key).Count - 1);
    }

    [Theory]
    [MemberData(nameof(TellersOfNews))]
    public void What_is_no_history_is_told_and_nothing_becomes_news_that_is_none(string key)
    {
        var batch = new EventBatch();
        Assert.All(Garbage(), body =>
        {
            var page = Make(key).News!.History.TryTranslate(body, Noon, batch);
            Assert.Equal(page?.Rows ?? 0, page?.Unreadable ?? 0);
            Assert.Equal(0, batch.Count);
        });
        Assert.Null(Make(key).News!.History.TryTranslate("{\"error\":\"no\"}"u8.ToArray(), Noon, batch));
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task A_host_that_answers_nonsense_is_told_apart_from_one_that_lists_nothing(string key)
    {
        foreach (var body in new[] { "", "null", "[]", "{}", "<html>" })
        {
            var refusal = await Record.ExceptionAsync(() =>
                Make(key).ListInstrumentsAsync(new OneAnswer(body), TestContext.Current.CancellationToken));
            Assert.Equal(RequestFailure.Unreadable, Assert.IsType<VenueRequestException>(refusal).Failure);
        }
    }

    private static KnownVenue Known(string key) => KnownVenues.All.Single(venue => venue.Id.Key == key);

    private static IVenue Make(string key) => Known(key).Create(Elsewhere);

    private static IReadOnlyList<ConnectionPlan> Plans(string key) =>
        Make(key) is { News: { } news } venue ? [.. venue.Plan(Instruments(key)), news.Connection] : Make(key).Plan(Instruments(key));

    private static Instrument[] Instruments(string key) =>
        [.. new[] { "BTCUSDT", "ETHUSDT" }.Select((symbol, index) => new Instrument(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId(key),
            Symbol = symbol,
            Pair = new Pair(symbol[..3], symbol[3..]),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(2),
            QuantityScale = new Scale(3),
            Tick = new Price(10),
            Lot = new Quantity(1),
        }))];

    private static IEnumerable<byte[]> Garbage()
    {
        var random = new Random(20261120);
        byte[] letters = [.. "{}[]\":,.0123456789-+eE\\u tfn"u8];
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            yield return i % 2 == 0 ? bytes : [.. bytes.Select(value => letters[value % letters.Length])];
        }

        foreach (var text in new[] { "null", "true", "7", "\"text\"", "[]", "[1]", "{\"a\":[{\"b\":null}]}", "{\"data\":{}}", "{\"e\":1}", "{\"result\":{}}" })
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    private sealed class OneAnswer(string body) : VenueRest
    {
        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(Encoding.UTF8.GetBytes(body));
    }
}
