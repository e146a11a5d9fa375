using Omnibook.Core.Books;
using Omnibook.Simulator.Faults;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// One venue against the faults of its books and of its connections: whatever happens, no book that says Live differs from the venue's, and
/// every book is Live again when the fault is over. How long that takes is printed.
/// </summary>
/// <remarks>The short form is part of every run; the long one takes minutes for each venue: <c>-class "*Matrix" -explicit on</c>.</remarks>
public abstract class VenueMatrix
{
    /// <summary>A venue's quarter of an hour and half minute are too long for a test of many faults; what is done is the same.</summary>
    private static readonly FeedOptions Impatient = FeedOptions.Default with
    {
        GeoBlockRetry = TimeSpan.FromSeconds(2),
        RefusedRetry = TimeSpan.FromSeconds(2),
        FirstDataWithin = TimeSpan.FromSeconds(3),
        StableAfter = TimeSpan.FromSeconds(1),
        PolicyViolationWait = TimeSpan.FromSeconds(2),
    };

    private readonly string _venue;
    private readonly string _channel;
    private readonly string[] _symbols;

    /// <summary>So many compared books after which earlier failures are forgiven; where every message is the whole book, nothing needs to be.</summary>
    private readonly int _settled;

    private protected VenueMatrix(string venue, string channel, params string[] symbols)
    {
        (_venue, _channel, _symbols) = (venue, channel, symbols);
        _settled = BookCheckOf(venue) == BookCheck.EveryMessage ? 10 : 50;
    }

    private static IReadOnlyList<Cell> Quick { get; } =
    [
        new("A1 lost update", "gap"),
        new("A2 updates lost at random", "gap") { Set = fault => fault with { Probability = 0.3, DurationMs = 600 } },
        new("A3 duplicates", "duplicate") { Set = fault => fault with { Count = 20 } },
        new("A4 swapped", "reorder") { Set = fault => fault with { Count = 2 } },
        new("A5 snapshot too old", "stale-snapshot") { OfRestBooks = true },
        new("A8 snapshot limited", "rest-status") { OfRestBooks = true, Set = fault => fault with { Status = 429, RetryAfterSeconds = 1 } },
        new("A12 crossed", "crossed") { Set = fault => fault with { DurationMs = 600 } },
        new("A14 locked", "crossed") { Set = fault => fault with { Ticks = 0, DurationMs = 600 } },
        new("A15 numbers begin anew", "sequence-restart"),
        new("B6 connection reset", "reset"),
        new("B7 closed for good behaviour", "disconnect") { Set = fault => fault with { Code = 1000 } },
        new("B7 closed for a restart", "disconnect") { Set = fault => fault with { Code = 1012 } },
        new("C1 half a message", "malformed"),
        new("C not a number", "nan"),
        new("C not UTF-8", "invalid-utf8"),
    ];

    private static IReadOnlyList<Cell> Patient { get; } =
    [
        .. Quick,
        new("A7 snapshot never comes", "hang-snapshot") { OfRestBooks = true, LastsMs = 4000 },
        new("A7 snapshot comes late", "slow-snapshot") { OfRestBooks = true, LastsMs = 4000 },
        new("A16 delisted", "delist") { Set = fault => fault with { DurationMs = 3000 }, LastsMs = 4000 },
        new("A20 every update bad", "gap") { Set = fault => fault with { Probability = 1, DurationMs = 5000 }, LastsMs = 5000 },
        new("B1 nothing comes", "stall") { Set = fault => fault with { DurationMs = 25_000 }, LastsMs = 25_000 },
        new("B2 data stops, pongs come", "mute") { Set = fault => fault with { DurationMs = 25_000 }, LastsMs = 25_000 },
        new("B7 closed by a broken server", "disconnect") { Set = fault => fault with { Code = 1011 } },
        new("B7 closed for our behaviour", "disconnect") { Set = fault => fault with { Code = 1008 } },
        new("B12 shutdown announced", "server-shutdown"),
        new("B15 banned", "refuse-handshake") { AlsoReset = true, Set = fault => fault with { Status = 418, RetryAfterSeconds = 2 }, LastsMs = 3000 },
        new("B15 limited", "refuse-handshake") { AlsoReset = true, Set = fault => fault with { Status = 429, RetryAfterSeconds = 2 }, LastsMs = 3000 },
        new("B16 refused by region", "refuse-handshake") { AlsoReset = true, Set = fault => fault with { Status = 451 }, LastsMs = 3000 },
        new("B16 refused by firewall", "refuse-handshake") { AlsoReset = true, Set = fault => fault with { Status = 403 }, LastsMs = 3000 },
        new("B2 wrong path", "wrong-path") { AlsoReset = true, LastsMs = 6000 },
        new("B21 subscription refused", "refuse-subscription") { AlsoReset = true, Set = fault => fault with { Count = 1000 }, LastsMs = 3000 },
        new("B22 acknowledgement lost", "lost-ack") { AlsoReset = true, Set = fault => fault with { Count = 1000 }, LastsMs = 3000 },
        new("B30 huge frame", "huge-frame") { LastsMs = 2000 },
        new("clock 5 s ahead", "clock-offset") { OfNumberedBooks = true, LastsMs = 2000 },
    ];

    [Fact]
    public Task No_live_book_differs_from_the_venues() => RunAsync(Quick);

    [Fact(Explicit = true)]
    public Task No_live_book_differs_from_the_venues_whatever_happens() => RunAsync(Patient);

    /// <summary>Bit by bit wrong and all numbers right: found by the comparison with the venue, and put right.</summary>
    [Fact(Explicit = true)]
    public async Task A_silently_wrong_level_does_not_stay()
    {
        await using var world = await OpenAsync();
        world.StartAudit();
        world.Inject(OnBooks("corrupt-level") with { Count = 20 });
        await world.WhenComparedAsync(200);
        world.Simulator.ClearFaults();
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await world.WhenAllLiveAsync();
        world.Witness.TakeLies();
        await world.WhenComparedAsync(200);
        world.Witness.AssertTruth();
    }

    private async Task<SimulatedWorld> OpenAsync()
    {
        var world = new SimulatedWorld([.. _symbols.Select(symbol => (_venue, symbol))], Impatient);
        await world.InitializeAsync();
        return world;
    }

    private async Task RunAsync(IReadOnlyList<Cell> cells)
    {
        await using var world = await OpenAsync();
        foreach (var cell in cells.Where(CanHappen))
        {
            await world.WhenComparedAsync(_settled);
            world.Witness.Forget();
            Inject(world, cell);
            await world.PassAsync(TimeSpan.FromMilliseconds(cell.LastsMs));
            world.Simulator.ClearFaults();
            var over = TimeProvider.System.GetTimestamp();
            await world.WhenAllLiveAsync();
            TestContext.Current.SendDiagnosticMessage(
                $"{_venue,-14} {cell.Name,-32} live again after {TimeProvider.System.GetElapsedTime(over).TotalMilliseconds,6:0} ms; {Shown(world)}");
            await world.WhenComparedAsync(_settled / 2);
            Assert.Equal((cell.Name, 0), (cell.Name, world.Witness.TakeLies()));
        }

        Assert.Equal(0, world.Witness.NotRemembered);
    }

    private bool CanHappen(Cell cell)
    {
        var venues = FaultCatalog.Find(cell.Fault)!.OnlyVenues;
        return (venues.Count == 0 || venues.Contains(_venue))
            && (!cell.OfRestBooks || BookCheckOf(_venue) == BookCheck.RestSnapshot)
            && (!cell.OfNumberedBooks || BookCheckOf(_venue) != BookCheck.EveryMessage);
    }

    private static BookCheck BookCheckOf(string venue)
    {
        var known = KnownVenues.All.First(candidate => candidate.Id.Key == venue);
        return known.Create(known.Defaults).Rules.BookCheck;
    }

    private void Inject(SimulatedWorld world, Cell cell)
    {
        var fault = OnBooks(cell.Fault);
        world.Inject(cell.Set?.Invoke(fault) ?? fault);
        if (cell.OfRestBooks)
        {
            world.Inject(OnBooks("gap"));
        }

        if (cell.AlsoReset)
        {
            world.Inject(new FaultRequest { Venue = _venue, Fault = "reset" });
        }
    }

    private FaultRequest OnBooks(string fault) => new()
    {
        Venue = _venue,
        Fault = fault,
        Channel = FaultCatalog.Find(fault)!.Parameters.Contains("channel") ? _channel : null,
    };

    private static string Shown(SimulatedWorld world) => string.Join(
        ", ", world.Witness.States.Where(shown => shown.Status.State != BookState.Live).Select(shown => $"{shown.Status.State} {shown.Status.Reason}").Distinct());

    /// <summary>One fault of the matrix.</summary>
    private sealed record Cell(string Name, string Fault)
    {
        /// <summary>What the fault is told.</summary>
        public Func<FaultRequest, FaultRequest>? Set { get; init; }

        /// <summary>It only means something where books begin with a snapshot by REST, and then needs a gap to be met.</summary>
        public bool OfRestBooks { get; init; }

        /// <summary>The truth cannot be asked for where a book's time is its number and the fault changes the time.</summary>
        public bool OfNumberedBooks { get; init; }

        /// <summary>It is only met by who connects.</summary>
        public bool AlsoReset { get; init; }

        /// <summary>How long it is left on.</summary>
        public int LastsMs { get; init; } = 700;
    }
}

public sealed class BinanceUsdmMatrix() : VenueMatrix("binance-usdm", "depth", "BTCUSDT", "ETHUSDT");

public sealed class BinanceSpotMatrix() : VenueMatrix("binance-spot", "depth", "BTCUSDT", "ETHUSDT");

public sealed class BybitMatrix() : VenueMatrix("bybit", "orderbook", "BTCUSDT", "ETHUSDT");

public sealed class HyperliquidMatrix() : VenueMatrix("hyperliquid", "l2Book", "BTC", "ETH");

public sealed class LighterMatrix() : VenueMatrix("lighter", "order_book", "BTC", "ETH");

public sealed class CoinbaseMatrix() : VenueMatrix("coinbase", "level2", "BTC-USD", "ETH-USD");
