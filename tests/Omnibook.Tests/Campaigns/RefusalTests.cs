using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Campaigns;

/// <summary>Venues that refuse: the whole connection, or one stream of it. What is said meanwhile, and that it is over when the venue is back.</summary>
public sealed class RefusalTests
{
    private const string Usdm = "binance-usdm";

    /// <summary>A quarter of an hour passes between two questions to a venue that refuses our address; a test has not that long.</summary>
    private static readonly FeedOptions Impatient = FeedOptions.Default with
    {
        GeoBlockRetry = TimeSpan.FromSeconds(2),
        RefusedRetry = TimeSpan.FromSeconds(2),
        FirstDataWithin = TimeSpan.FromSeconds(3),
    };

    private static readonly (string Venue, string Symbol)[] Books = [(Usdm, "BTCUSDT"), (Usdm, "ETHUSDT"), ("hyperliquid", "BTC")];

    [Theory]
    [InlineData(429, BookState.RateLimited)]
    [InlineData(418, BookState.RateLimited)]
    [InlineData(451, BookState.GeoBlocked)]
    [InlineData(403, BookState.GeoBlocked)]
    [InlineData(503, BookState.Connecting)]
    public async Task A_refused_handshake_is_said_in_words_and_over_when_the_venue_is_back(int status, BookState expected)
    {
        await using var world = new SimulatedWorld(Books, Impatient);
        await world.InitializeAsync();
        world.Witness.Forget();
        world.Inject(On(Usdm, "refuse-handshake") with { Status = status, RetryAfterSeconds = 2 });
        world.Inject(On(Usdm, "reset"));
        await world.WhenShownAsync(shown => shown.Status.State == expected, $"{expected} for {status}");

        world.Simulator.ClearFaults();
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        world.Witness.AssertTruth();
        Assert.All(world.Witness.States, shown => Assert.Equal(Usdm, shown.Instrument.Venue.Key));
    }

    [Theory]
    [InlineData(Usdm, "BTCUSDT", "depth")]
    [InlineData("hyperliquid", "BTC", "l2Book")]
    public async Task A_refused_book_is_switched_off_and_begins_again_when_the_venue_accepts_it(string venue, string symbol, string channel)
    {
        await using var world = new SimulatedWorld(Books, Impatient);
        await world.InitializeAsync();
        world.Witness.Forget();
        world.Inject(On(venue, "refuse-subscription") with { Symbol = symbol, Channel = channel, Count = 1000 });
        world.Inject(On(venue, "reset"));
        await world.WhenShownAsync(
            shown => shown.Instrument.Symbol == symbol && shown.Status is { State: BookState.Disabled, Reason: StatusReasons.SubscriptionRefused },
            "the refused book");

        world.Simulator.ClearFaults();
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        world.Witness.AssertTruth();
    }

    [Theory]
    [InlineData(Usdm, "depth")]
    [InlineData("hyperliquid", "l2Book")]
    public async Task A_subscription_that_never_delivers_is_said_to_be_silent_and_mended(string venue, string channel)
    {
        await using var world = new SimulatedWorld(Books, Impatient);
        await world.InitializeAsync();
        world.Witness.Forget();
        world.Inject(On(venue, "wrong-path") with { Channel = channel });
        world.Inject(On(venue, "reset"));
        await world.WhenShownAsync(shown => shown.Instrument.Venue.Key == venue && shown.Status.State == BookState.Stale, "a silent channel");

        world.Simulator.ClearFaults();
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        world.Witness.AssertTruth();
    }

    [Theory]
    [InlineData(Usdm)]
    [InlineData("hyperliquid")]
    public async Task A_lost_acknowledgement_costs_nothing_when_the_data_comes(string venue)
    {
        await using var world = new SimulatedWorld(Books, Impatient);
        await world.InitializeAsync();
        world.Inject(On(venue, "lost-ack") with { Count = 1000 });
        world.Inject(On(venue, "reset"));
        await world.WhenShownAsync(shown => shown.Instrument.Venue.Key == venue && shown.Status.State == BookState.Connecting, "the reset");
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        world.Witness.AssertTruth();
    }

    private static FaultRequest On(string venue, string fault) => new() { Venue = venue, Fault = fault };
}
