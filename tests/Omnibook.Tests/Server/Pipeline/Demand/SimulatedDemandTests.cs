using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;
using Omnibook.Tests.Server.Configuration;
using Omnibook.Venues;
using SimulatedInterval = Omnibook.Simulator.Markets.CandleInterval;

namespace Omnibook.Tests.Server.Pipeline.Demand;

/// <summary>What is asked for comes over real sockets from the simulators; their clock and ours is moved by hand.</summary>
public sealed class SimulatedDemandTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("binance-usdm", "ETHUSDT", "1m")]
    [InlineData("binance-spot", "ETHUSDT", "1m")]
    [InlineData("bybit", "ETHUSDT", "1m")]
    [InlineData("hyperliquid", "ETH", "1m")]
    [InlineData("lighter", "ETH", "5m")]
    [InlineData("coinbase", "ETH-USD", "5m")]
    public async Task A_candle_that_is_over_is_the_simulators_own(string venue, string symbol, string length)
    {
        await using var world = await World.StartAsync(venue);
        var interval = CandleInterval.Parse(length);
        using var lease = world.Demand.AcquireCandles(await world.ListAsync(symbol), interval);
        var start = interval.StartOf(Timestamp.From(world.Clock.GetUtcNow())).UnixMilliseconds;
        await world.WhenAsync(() => world.Candles.Any(candle => candle.Start.UnixMilliseconds == start && candle.IsClosed is true), "the candle is over");

        var told = world.Candles.First(candle => candle.Start.UnixMilliseconds == start && candle.IsClosed is true);
        var simulated = world.Simulator.Find(venue);
        var market = simulated.Markets[symbol];
        var truth = Assert.Single(market.Candles.Between(SimulatedInterval.Find(length)!, start, start));
        Assert.True(truth.Trades > 0);
        Assert.Equal(
            (Shown(market.Rules.PriceScale, truth.Open), Shown(market.Rules.PriceScale, truth.High), Shown(market.Rules.PriceScale, truth.Low),
                Shown(market.Rules.PriceScale, truth.Close), market.Rules.QuantityScale.ToDecimal(truth.Volume)),
            (Shown(lease.Instrument.PriceScale, told.Open.Units), Shown(lease.Instrument.PriceScale, told.High.Units),
                Shown(lease.Instrument.PriceScale, told.Low.Units), Shown(lease.Instrument.PriceScale, told.Close.Units), told.BaseVolume));
        Assert.Single(world.Candles, candle => candle.Start.UnixMilliseconds == start && candle.IsClosed is true);

        // Its book is not followed thereby, and does not look broken.
        var status = await world.Loop.ReadAsync(read => read.BookOf(lease.Instrument.Id).Status, Cancel);
        Assert.Equal((BookState.Disabled, StatusReasons.NotFollowed), (status.State, status.Reason));
    }

    [Fact]
    public async Task A_book_that_is_asked_for_becomes_live_and_is_let_go()
    {
        await using var world = await World.StartAsync("binance-usdm");
        var lease = world.Demand.Acquire(await world.ListAsync("ETHUSDT"));
        await world.WhenAsync(() => world.StateOf(lease.Instrument) == BookState.Live, "the book is live");
        lease.Dispose();
        await world.WhenAsync(() => world.StateOf(lease.Instrument) == BookState.Disabled, "the book is let go");
        using var again = world.Demand.Acquire(await world.ListAsync("ETHUSDT"));
        await world.WhenAsync(() => world.StateOf(again.Instrument) == BookState.Live, "the book is live again");
    }

    [Fact]
    public async Task A_connection_that_breaks_while_it_is_held_comes_back()
    {
        await using var world = await World.StartAsync("bybit");
        var listing = await world.ListAsync("ETHUSDT");
        using var book = world.Demand.Acquire(listing);
        using var candles = world.Demand.AcquireCandles(listing, Minute);
        await world.WhenAsync(() => world.StateOf(book.Instrument) == BookState.Live && world.Candles.Length > 0, "the book is live and candles come");
        var begun = Timestamp.From(world.Clock.GetUtcNow());
        Assert.True(world.Demand.HasStoodSince(candles.Instrument, Minute, begun));

        world.Simulator.Inject(new FaultRequest { Venue = "bybit", Fault = "disconnect" });
        await world.WhenAsync(
            () => world.HasBroken && !world.Demand.HasStoodSince(candles.Instrument, Minute, begun),
            "the book is no longer shown as live, and the candles have a break");
        var before = world.Candles.Length;
        await world.WhenAsync(() => world.StateOf(book.Instrument) == BookState.Live && world.Candles.Length > before, "both are back");
        Assert.False(world.Demand.HasStoodSince(candles.Instrument, Minute, begun));
        Assert.True(world.Demand.HasStoodSince(candles.Instrument, Minute, Timestamp.From(world.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task What_cannot_be_followed_is_refused_with_what_can()
    {
        await using var world = await World.StartAsync("lighter");
        var listing = await world.ListAsync("ETH");
        var noCandles = Assert.Throws<DemandRefusedException>(() => world.Demand.AcquireCandles(listing, CandleInterval.Parse("1M")));
        Assert.Equal((DemandRefusal.CandlesNotStreamed, true), (noCandles.Refusal, noCandles.Message.Contains("1m, 5m, 15m", StringComparison.Ordinal)));
        var noVenue = Assert.Throws<DemandRefusedException>(() => world.Demand.Acquire(listing with { Venue = new VenueId("elsewhere") }));
        Assert.Equal(DemandRefusal.VenueNotFollowed, noVenue.Refusal);
    }

    private static string Shown(Scale scale, long units) => scale.Format(units);

    private sealed class World : IMarketListener, IAsyncDisposable
    {
        private readonly InstrumentCatalog _catalog = new();
        private readonly ConcurrentQueue<CandleUpdate> _candles = [];
        private readonly ConcurrentDictionary<InstrumentId, BookState> _states = [];
        private readonly VenueFeeds _feeds;
        private readonly VenueId _venue;

        private World(SimulatorHost simulator, Omnibook.Tests.Time.ManualTimeProvider clock)
        {
            (Simulator, Clock, _venue) = (simulator, clock, new VenueId(simulator.Venues[0].Key));
            using var sources = new Sources();
            var addresses = new VenueAddresses(simulator.Venues[0].Rest, simulator.Venues[0].Socket);
            var options = sources.Good() with { Venues = [new VenueOptions(_venue, addresses, [])], Composites = [], Demand = new DemandOptions(TimeSpan.FromSeconds(2), 5) };
            Loop = new MarketLoop(new Market(_catalog, []), _catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
            _feeds = new VenueFeeds(options, _catalog, Loop, clock, NullLogger<VenueFeeds>.Instance);
            Demand = new MarketDemand(options, _feeds, _catalog, Loop, clock, NullLogger<MarketDemand>.Instance);
            Loop.Subscribe(this);
            Loop.Subscribe(new CandleClosing(Loop, _catalog, Demand.HasStoodSince));
            Loop.Start();
            _feeds.Start(venue => venue.Addresses);
        }

        public SimulatorHost Simulator { get; }

        public Omnibook.Tests.Time.ManualTimeProvider Clock { get; }

        public MarketLoop Loop { get; }

        public MarketDemand Demand { get; }

        public CandleUpdate[] Candles => [.. _candles];

        public static async Task<World> StartAsync(string venue)
        {
            // Some seconds before five minutes are over.
            var clock = new Omnibook.Tests.Time.ManualTimeProvider(Omnibook.Tests.Time.ManualTimeProvider.DefaultStart + TimeSpan.FromSeconds(290));
            var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Venues = [venue] }, clock, Cancel);
            return new World(simulator, clock);
        }

        /// <summary>Whether a book that was live ceased to be, however shortly.</summary>
        public bool HasBroken { get; private set; }

        public BookState? StateOf(Instrument instrument) => _states.TryGetValue(instrument.Id, out var state) ? state : null;

        public async Task<InstrumentListing> ListAsync(string symbol)
        {
            var venue = _feeds.Find(_venue)!;
            return (await venue.Venue.ListInstrumentsAsync(venue.Rest, Cancel)).Single(listing => listing.Symbol == symbol);
        }

        /// <summary>Moves the clock until a condition holds; sockets and threads get a moment at each step.</summary>
        public async Task WhenAsync(Func<bool> condition, string what)
        {
            for (var waited = TimeSpan.Zero; !condition(); waited += Step)
            {
                Assert.True(waited < TimeSpan.FromMinutes(10), $"Never happened: {what}");
                Clock.Advance(Step);
                Loop.Tick(Timestamp.From(Clock.GetUtcNow()));
                await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System, Cancel);
            }
        }

        public void OnChanges(Market market, MarketChanges changes)
        {
            foreach (var candle in changes.Candles)
            {
                _candles.Enqueue(candle);
            }

            foreach (var change in changes.Statuses)
            {
                _states[change.Instrument] = change.Now.State;
                HasBroken |= change.Old.State == BookState.Live && change.Now.State != BookState.Live;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Demand.DisposeAsync();
            await _feeds.DisposeAsync();
            await Simulator.DisposeAsync();
            await Loop.DisposeAsync();
        }
    }
}
