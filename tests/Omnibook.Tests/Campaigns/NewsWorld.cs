using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;
using Omnibook.Venues.TreeOfAlpha;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// The whole way of the news, from the simulator's socket and history to the listeners of the market: real sockets, a clock that the test
/// moves, and a witness who writes down what was told.
/// </summary>
internal sealed class NewsWorld : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1);
    private readonly MarketLoop _loop;
    private readonly Witness _witness = new();
    private readonly WatchedRest _rest;
    private readonly RestClient _client;

    private NewsWorld(ManualTimeProvider clock, SimulatorHost simulator)
    {
        (Clock, Simulator, StartedAt) = (clock, simulator, clock.GetUtcNow());
        var catalog = new InstrumentCatalog();
        _loop = new MarketLoop(new Market(catalog, []), catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        _loop.Subscribe(_witness);
        var address = simulator.Venues.Single();
        var venue = new TreeOfAlphaVenue(new VenueId(address.Key), new VenueAddresses(address.Rest, address.Socket) { Key = "made-up" });
        _client = new RestClient(address.Rest, venue.Rules, clock);
        _rest = new WatchedRest(_client);
        var options = new FeedOptions { Seed = 7, Notices = notice => Notices.Enqueue(notice.Text) };
        Feed = new VenueFeed(venue, venue.News.Connection, _rest, _loop, clock, options);
        Poll = new NewsPoll(venue.News.History, Feed, _rest, _loop, clock, options);
    }

    public ManualTimeProvider Clock { get; }

    public SimulatorHost Simulator { get; }

    public VenueFeed Feed { get; }

    public NewsPoll Poll { get; }

    public DateTimeOffset StartedAt { get; }

    public ConcurrentQueue<string> Notices { get; } = new();

    /// <summary>Everything that listeners were told, in order.</summary>
    public IReadOnlyCollection<NewsItem> Told => _witness.Told;

    /// <summary>What clients asked the history for, oldest first.</summary>
    public string[] Requests
    {
        get
        {
            var venue = Simulator.Find("treeofalpha");
            lock (venue.Gate)
            {
                return [.. venue.Traffic.RecentRequests.Select(request => request.Subject)];
            }
        }
    }

    /// <summary>What was published since the start.</summary>
    public string[] Published => [.. Simulator.News("treeofalpha")
        .Where(item => item.Milliseconds >= StartedAt.ToUnixTimeMilliseconds()).Select(item => item.Id)];

    private bool IsBusy => _rest.InFlight > 0 || Feed.Status.State == FeedState.Connecting;

    public static async Task<NewsWorld> StartAsync(TimeSpan? interval = null, params FaultRequest[] faults)
    {
        var clock = new ManualTimeProvider();
        var options = new SimulatorOptions
        {
            Seed = 20261120,
            Venues = ["treeofalpha"],
            Step = Step,
            NewsInterval = interval ?? TimeSpan.FromSeconds(1),
        };
        var world = new NewsWorld(clock, await SimulatorHost.StartAsync(options, clock, TestContext.Current.CancellationToken));
        Array.ForEach(faults, world.Inject);
        world._loop.Start();
        world.Feed.Start();
        world.Poll.Start();
        return world;
    }

    public void Inject(FaultRequest fault) => Simulator.Inject(fault with { Venue = "treeofalpha" });

    /// <summary>Lets time pass.</summary>
    public Task RunAsync(TimeSpan time)
    {
        var end = Clock.Elapsed + time;
        return WhenAsync(() => Clock.Elapsed >= end, "time passes");
    }

    /// <summary>Lets time pass, in steps with a breath after each for other threads, until something holds.</summary>
    public async Task<TimeSpan> WhenAsync(Func<bool> condition, string what)
    {
        var start = Clock.Elapsed;
        while (!condition())
        {
            Assert.True(Clock.Elapsed - start < Longest, $"Did not happen within {Longest} of the clock: {what}");
            Clock.Advance(Step);
            await Task.Delay(Breath, TimeProvider.System, TestContext.Current.CancellationToken);
            await Eventually.HoldsAsync(() => !IsBusy, "what is under way ends");
        }

        return Clock.Elapsed - start;
    }

    /// <summary>Lets time pass until everything was told that had been published by now, and checks that nothing was told twice.</summary>
    public async Task<TimeSpan> WhenWholeAsync()
    {
        var published = Published;
        var took = await WhenAsync(
            () => published.Except(Told.Select(item => item.Id), StringComparer.Ordinal).Any() is false, "everything that was published is told");
        Assert.Distinct(Told.Select(item => item.Id));
        return took;
    }

    public async ValueTask DisposeAsync()
    {
        await Poll.DisposeAsync();
        await Feed.DisposeAsync();
        _client.Dispose();
        await Simulator.DisposeAsync();
        await _loop.DisposeAsync();
    }

    private sealed class Witness : IMarketListener
    {
        public ConcurrentQueue<NewsItem> Told { get; } = new();

        public void OnChanges(Market market, MarketChanges changes)
        {
            foreach (var item in changes.News)
            {
                Told.Enqueue(item);
            }
        }
    }

    /// <summary>Says when a request is on its way, so that the clock does not overtake it.</summary>
    private sealed class WatchedRest(VenueRest rest) : VenueRest
    {
        private int _inFlight;

        public int InFlight => Volatile.Read(ref _inFlight);

        public override async Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _inFlight);
            try
            {
                return await rest.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
            }
        }
    }
}
