using System.Net;
using System.Net.Sockets;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// All six venues over lines that are long, thin, grainy, stuck or noisy. What is shown meanwhile, that no book that says Live differs from
/// the venue's, and that all is as before once the line is good again.
/// </summary>
public sealed class LineCampaign(LineCampaign.Lines lines) : IClassFixture<LineCampaign.Lines>
{
    private static readonly (string Venue, string Symbol)[] Books =
    [
        ("binance-usdm", "BTCUSDT"), ("binance-spot", "BTCUSDT"), ("bybit", "BTCUSDT"), ("coinbase", "BTC-USD"), ("hyperliquid", "BTC"), ("lighter", "BTC"),
    ];

    /// <summary>On this machine, where no simulator listens.</summary>
    private static readonly IPAddress NobodyThere = IPAddress.Parse("127.0.0.2");

    private static readonly FeedOptions Impatient = FeedOptions.Default with { StableAfter = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Two_seconds_of_latency_leave_a_book_live_and_out_of_composites_until_they_are_over()
    {
        var world = await lines.GoodAsync();
        await world.WhenComparedAsync(100);
        world.Witness.Forget();
        Array.ForEach([.. world.Lines], line => line.Delay = TimeSpan.FromSeconds(2));
        foreach (var venue in Books.Select(book => book.Venue))
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == venue && shown.Status is { State: BookState.Live, Reason: StatusReasons.Lagging }, $"{venue} late");
        }

        Assert.All(await Task.WhenAll(Books.Select(book => TakesPartAsync(world, book.Venue, book.Symbol))), Assert.False);

        Assert.Equal(0, await world.ReadAsync(market => market.Consolidated("BTC").LiveCount));
        Array.ForEach([.. world.Lines], line => line.Delay = TimeSpan.Zero);
        await WhenAllTakePartAsync(world);
        await world.WhenComparedAsync(50);
        world.Witness.AssertTruth();
        Assert.DoesNotContain(world.Witness.States, shown => shown.Status.State == BookState.Resyncing);
    }

    [Fact]
    public async Task A_line_that_carries_less_than_comes_makes_books_stale_by_their_lag()
    {
        var world = await lines.GoodAsync();
        await world.WhenComparedAsync(100);
        world.Witness.Forget();
        world.LineTo("binance-usdm").BytesPerSecond = 1_000;
        await world.WhenShownAsync(
            shown => shown.Instrument.Venue.Key == "binance-usdm" && shown.Status is { State: BookState.Stale, Reason: StatusReasons.Lagging }, "a stale book");
        Assert.DoesNotContain(world.Witness.States, shown => shown.Instrument.Venue.Key != "binance-usdm" && shown.Status.State == BookState.Connecting);
        world.LineTo("binance-usdm").BytesPerSecond = null;
        await WhenAllTakePartAsync(world);
        await world.WhenComparedAsync(50);
        world.Witness.AssertTruth();
    }

    [Fact]
    public async Task Bytes_that_come_one_by_one_make_the_same_books()
    {
        var world = await lines.GoodAsync();
        world.Witness.Forget();
        Array.ForEach([.. world.Lines], line => line.SendsSingleBytes = true);
        foreach (var venue in Books.Select(book => book.Venue))
        {
            var before = world.FeedsOf(venue).Sum(feed => feed.Counts.Frames);
            await SimulatedWorld.WhenAsync(() => world.FeedsOf(venue).Sum(feed => feed.Counts.Frames) > before + 10, () => $"frames of {venue}");
        }

        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
        Assert.DoesNotContain(world.Witness.States, shown => shown.Status.State is BookState.Resyncing or BookState.Connecting);
        Assert.Equal(0, Books.Sum(book => world.FeedsOf(book.Venue).Sum(feed => feed.Counts.Malformed)));
    }

    [Fact]
    public async Task Thousands_of_pings_are_answered_and_disturb_no_book()
    {
        var world = await lines.GoodAsync();
        world.Witness.Forget();
        Array.ForEach([.. world.Lines], line => line.PingsPerMessage = 50);
        foreach (var venue in Books.Select(book => book.Venue))
        {
            await SimulatedWorld.WhenAsync(() => world.LineTo(venue).Pongs > 1_000, () => $"{venue} was answered {world.LineTo(venue).Pongs} times");
        }

        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
        Assert.DoesNotContain(world.Witness.States, shown => shown.Status.State is BookState.Resyncing or BookState.Connecting);
    }

    [Fact]
    public Task Connections_that_clog_one_by_one_and_come_back_in_another_order_are_all_live_again() => SwizzleAsync(TimeSpan.FromSeconds(1), rounds: 1);

    [Fact(Explicit = true)]
    public Task The_same_for_so_long_that_each_of_them_is_given_up() => SwizzleAsync(TimeSpan.FromSeconds(40), rounds: 2);

    [Fact]
    public async Task A_name_that_cannot_be_resolved_is_said_and_tried_again_and_a_dead_address_is_passed_over()
    {
        var isDown = true;
        var feed = Impatient with
        {
            Resolver = (_, _) => isDown
                ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
                : Task.FromResult<IPAddress[]>([NobodyThere, IPAddress.Loopback]),
        };
        await using var world = new SimulatedWorld(Books, feed) { SocketName = "venue.invalid" };
        var opening = world.InitializeAsync().AsTask();
        await SimulatedWorld.WhenAsync(() => world.Witness is not null, () => "the world");
        foreach (var venue in Books.Select(book => book.Venue))
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == venue && shown.Status is { State: BookState.Connecting, Reason: StatusReasons.NameResolution }, $"{venue} without a name");
            Assert.Contains(world.FeedsOf(venue), one => one.Reason.Contains("cannot be resolved", StringComparison.Ordinal));
        }

        isDown = false;
        await opening;

        // An address that was found once is kept, should the name be lost again.
        isDown = true;
        world.Witness.Forget();
        foreach (var venue in Books.Select(book => book.Venue))
        {
            world.Inject(new() { Venue = venue, Fault = "reset" });
            await world.WhenShownAsync(shown => shown.Instrument.Venue.Key == venue && shown.Status.State == BookState.Connecting, $"{venue} cut");
        }

        await world.WhenAllLiveAsync();
        world.Witness.AssertTruth();
    }

    private async Task SwizzleAsync(TimeSpan stuck, int rounds)
    {
        var world = await lines.GoodAsync();
        var random = new Random(20261120);
        for (var round = 0; round < rounds; round++)
        {
            world.Witness.Forget();
            var connections = world.Lines.SelectMany(line => line.Connections).ToArray();
            Assert.InRange(connections.Length, 7, 20);
            foreach (var connection in Shuffled(connections, random))
            {
                connection.IsClogged = true;
                await world.PassAsync(TimeSpan.FromMilliseconds(100));
            }

            await world.PassAsync(stuck);
            foreach (var connection in Shuffled(connections, random))
            {
                connection.IsClogged = false;
                await world.PassAsync(TimeSpan.FromMilliseconds(100));
            }

            var over = TimeProvider.System.GetTimestamp();
            await WhenAllTakePartAsync(world);
            TestContext.Current.SendDiagnosticMessage($"live again {TimeProvider.System.GetElapsedTime(over).TotalMilliseconds:0} ms after the last was free");
            await world.WhenComparedAsync(50);
            world.Witness.AssertTruth();
        }
    }

    private static SlowConnection[] Shuffled(SlowConnection[] connections, Random random)
    {
        var copy = connections.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    private static Task<bool> TakesPartAsync(SimulatedWorld world, string venue, string symbol) =>
        world.ReadAsync(market => market.BookOf(world.Find(venue, symbol).Id).TakesPart);

    private static Task WhenAllTakePartAsync(SimulatedWorld world) => SimulatedWorld.WhenAsync(
        () => world.Witness.Now.Values.All(status => status is { State: BookState.Live, Reason: not StatusReasons.Lagging }),
        () => "not all are live and on time: " + world.Witness.Story());

    /// <summary>Six venues, each over a line of its own.</summary>
    public sealed class Lines : IAsyncLifetime
    {
        private readonly SimulatedWorld _world = new(Books, Impatient) { HasLines = true };

        /// <inheritdoc />
        public ValueTask InitializeAsync() => _world.InitializeAsync();

        /// <inheritdoc />
        public ValueTask DisposeAsync() => _world.DisposeAsync();

        /// <summary>The world with every line as good as at the beginning, and nothing remembered.</summary>
        internal async Task<SimulatedWorld> GoodAsync()
        {
            foreach (var line in _world.Lines)
            {
                (line.Delay, line.BytesPerSecond, line.SendsSingleBytes, line.PingsPerMessage) = (TimeSpan.Zero, null, false, 0);
            }

            await WhenAllTakePartAsync(_world);
            await _world.WhenComparedAsync(50);
            _world.Witness.TakeLies();
            _world.Witness.Forget();
            return _world;
        }
    }
}
