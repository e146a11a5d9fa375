using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Simulator;
using Omnibook.Tests.Server.Configuration;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Pipeline;

public sealed class VenueFeedsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_venue_that_is_down_delays_no_other_and_says_why()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TimeProvider.System, Cancel);
        await using var desk = new Desk();
        desk.Feeds.Start(venue => venue.Id.Key == "binance-usdm"
            ? new VenueAddresses(new Uri("http://127.0.0.1:1/"), new Uri("ws://127.0.0.1:1/"))
            : AddressesOf(simulator, venue.Id));

        await Eventually.HoldsAsync(() => desk.LiveBooks == 6, () => $"six books are live: {desk.LiveBooks}");
        await Eventually.HoldsAsync(() => desk.Feeds.States[0].Until is not null, "the venue that is down is left alone for a moment");
        var down = desk.Feeds.States[0];
        Assert.Equal(BookState.Connecting, down.Listing);
        Assert.Contains("127.0.0.1", down.Reason);
        Assert.Empty(down.Instruments);

        // The composite over both is served with the member that is there.
        var members = await desk.Loop.ReadAsync(market => market.Consolidated("BTC").Members.Select(book => book.Instrument.ToString()).ToArray(), Cancel);
        Assert.Equal(["hyperliquid/BTC"], members);
    }

    [Fact]
    public async Task A_symbol_that_the_venue_does_not_list_is_named()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TimeProvider.System, Cancel);
        await using var desk = new Desk(sources => sources.Variable("VENUE__HYPERLIQUID__SYMBOLS", "NOSUCHCOIN"));
        desk.Feeds.Start(venue => AddressesOf(simulator, venue.Id));
        await Eventually.HoldsAsync(() => desk.Feeds.States.All(venue => venue.Listing is null), "every venue has told its instruments");
        Assert.Equal(["NOSUCHCOIN"], desk.Feeds.States.Single(venue => venue.Id.Key == "hyperliquid").Unlisted);
        Assert.NotNull(desk.Feeds.RestOf(new VenueId("hyperliquid")));
        Assert.Null(desk.Feeds.RestOf(new VenueId("elsewhere")));
    }

    [Fact]
    public async Task News_comes_without_instruments_and_counts_as_connected()
    {
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Venues = ["treeofalpha"], NewsInterval = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, Cancel);
        await using var desk = new Desk();
        desk.Feeds.Start(venue => AddressesOf(simulator, venue.Id));

        await Eventually.HoldsAsync(() => desk.Feeds.States[0].News is { IsHeard: true, LastAt: not null }, "news is pushed, and the history has answered");
        var state = Assert.Single(desk.Feeds.States);
        Assert.Null(state.Listing);
        Assert.Equal(("news", FeedState.Connected), (state.Feeds[0].Connection, state.Feeds[0].State));
        var (recent, pushed) = await desk.Loop.ReadAsync(market => (market.News.Recent.Count, market.News.Count - market.News.FromHistory), Cancel);
        Assert.InRange(recent, 100, 200);
        Assert.True(pushed > 0);
    }

    [Fact]
    public async Task A_venue_without_an_address_is_left_out()
    {
        await using var desk = new Desk();
        desk.Feeds.Start(_ => null);
        Assert.Empty(desk.Feeds.States);
        var rest = new FollowedRest(desk.Feeds, new VenueId("hyperliquid"));
        var failure = await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(new RestRequest("/info", 1), Cancel));
        Assert.Equal(RequestFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public void A_composite_is_made_anew_when_another_member_becomes_known()
    {
        var catalog = new InstrumentCatalog();
        var market = new Market(catalog, []);
        var assembly = new CompositeAssembly(
            [new CompositeOptions("BTC", [new MemberName(new VenueId("a"), "BTC"), new MemberName(new VenueId("b"), "BTC")])], catalog);
        Assert.Equal(0, assembly.Apply(market, [], command => command.Apply(market)));
        catalog.Register(MadeMarket.Listing("BTC", "b"));
        Assert.Equal(1, assembly.Apply(market, [], command => command.Apply(market)));
        Assert.Equal(0, assembly.Apply(market, [], command => command.Apply(market)));
        catalog.Register(MadeMarket.Listing("BTC", "a"));
        Assert.Equal(1, assembly.Apply(market, [], command => command.Apply(market)));
        Assert.Equal(["a/BTC", "b/BTC"], market.Consolidated("BTC").Members.Select(book => book.Instrument.ToString()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void The_waits_between_two_requests_grow_to_a_minute(int failuresBefore, int seconds)
    {
        var failure = InstrumentListingFailure.Of(new VenueRequestException(RequestFailure.Unreachable, "x"), failuresBefore, DateTimeOffset.UnixEpoch);
        Assert.Equal((BookState.Connecting, TimeSpan.FromSeconds(seconds)), (failure.State, failure.Wait));
    }

    [Fact]
    public void A_venue_that_names_a_time_is_left_alone_until_then()
    {
        var limited = new VenueRequestException(RequestFailure.RateLimited, "x") { Until = DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(5) };
        var failure = InstrumentListingFailure.Of(limited, 0, DateTimeOffset.UnixEpoch);
        Assert.Equal((BookState.RateLimited, TimeSpan.FromMinutes(5)), (failure.State, failure.Wait));
    }

    private static VenueAddresses? AddressesOf(SimulatorHost simulator, VenueId id) =>
        simulator.Venues.Where(venue => venue.Key == id.Key).Select(venue => new VenueAddresses(venue.Rest, venue.Socket)).FirstOrDefault();

    private sealed class Desk : IAsyncDisposable
    {
        private readonly InstrumentCatalog _catalog = new();

        public Desk(Action<Sources>? configure = null)
        {
            using var sources = new Sources();
            configure?.Invoke(sources);
            Loop = new MarketLoop(new Market(_catalog, []), _catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
            Loop.Start();
            Feeds = new VenueFeeds(sources.Good(), _catalog, Loop, TimeProvider.System, NullLogger<VenueFeeds>.Instance);
            Loop.Subscribe(new Count(this));
        }

        public MarketLoop Loop { get; }

        public VenueFeeds Feeds { get; }

        public int LiveBooks { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Feeds.DisposeAsync();
            await Loop.DisposeAsync();
        }

        private sealed class Count(Desk desk) : IMarketListener
        {
            public void OnChanges(Market market, MarketChanges changes) =>
                desk.LiveBooks = desk._catalog.Instruments.Count(instrument => market.BookOf(instrument.Id).IsLive);
        }
    }
}
