using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>What happens to a market itself while it is followed: nothing for a while, or another tick.</summary>
public sealed class MarketChangeCampaign
{
    private static readonly (string Venue, string Symbol)[] Books =
    [
        ("binance-usdm", "BTCUSDT"), ("binance-spot", "BTCUSDT"), ("bybit", "BTCUSDT"), ("coinbase", "BTC-USD"), ("hyperliquid", "BTC"), ("lighter", "BTC"),
    ];

    /// <summary>Where a book can be asked for without being given up. Hyperliquid's comes again by itself; Coinbase's has to be begun anew.</summary>
    private static readonly string[] Asked = ["binance-usdm", "binance-spot", "bybit", "lighter"];

    [Fact]
    public Task A_quiet_market_is_asked_about_and_stays_live_without_another_connection() =>
        QuietAsync(BookOptions.Default with { QuietLimit = TimeSpan.FromSeconds(4) }, TimeSpan.FromSeconds(3));

    /// <summary>Longer than any channel may be silent that is not excused.</summary>
    [Fact(Explicit = true)]
    public Task The_same_for_a_minute_with_the_usual_patience() => QuietAsync(BookOptions.Default, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_channel_that_fell_mute_while_the_market_goes_on_is_not_taken_for_a_quiet_market()
    {
        string[] venues = ["binance-usdm", "binance-spot"];
        await using var world = new SimulatedWorld([.. venues.Select(venue => (venue, "BTCUSDT"))])
        {
            Books = BookOptions.Default with { QuietLimit = TimeSpan.FromSeconds(2) },
        };
        await world.InitializeAsync();
        await world.WhenComparedAsync(30);
        world.Witness.Forget();
        Array.ForEach(venues, venue => world.Inject(new FaultRequest { Venue = venue, Fault = "mute", Channel = "depth" }));
        foreach (var venue in venues)
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == venue && shown.Status is { State: BookState.Stale, Reason: StatusReasons.ChannelSilent }, "the mute channel");
        }

        Assert.DoesNotContain(world.Witness.States, shown => shown.Status.Reason == StatusReasons.Quiet);
        world.Simulator.ClearFaults();
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        world.Witness.AssertTruth();
    }

    /// <summary>Hyperliquid's ticks follow from a price's digits, and Lighter lists a market of other decimals as another market.</summary>
    [Fact]
    public async Task A_finer_tick_is_followed_at_once_and_learnt()
    {
        var books = Books[..4];
        await using var world = new SimulatedWorld(books)
        {
            Before = simulator => Array.ForEach(books, book => Coarsen(book.Venue, book.Symbol, 10)(simulator)),
        };
        await world.InitializeAsync();
        await world.WhenComparedAsync(30);
        world.Witness.Forget();
        var before = books.Select(book => world.Find(book.Venue, book.Symbol)).ToArray();
        world.Simulator.ClearFaults();
        var since = TimeProvider.System.GetTimestamp();
        foreach (var coarse in before)
        {
            Instrument Now() => world.Find(coarse.Venue.Key, coarse.Symbol);
            await SimulatedWorld.WhenAsync(() => Now().Listing.Tick.Units * 10 == coarse.Listing.Tick.Units, () => $"the tick of {coarse} is not learnt");
            TestContext.Current.SendDiagnosticMessage($"{coarse}: learnt within {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms of the change");
            Assert.Equal((coarse.Id, coarse.PriceScale), (Now().Id, Now().PriceScale));
            Assert.Equal(Now().Listing.Tick, await world.ReadAsync(market => market.BookOf(coarse.Id).Instrument.Listing.Tick));
        }

        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
        Assert.DoesNotContain(world.Witness.States, shown => shown.Status.State != BookState.Live);
    }

    /// <summary>
    /// Where a venue says how many decimals it writes, besides the tick, the scale is as fine from the beginning; so this is Coinbase alone. Trades
    /// from before the tick was coarse cannot be read from the first moment on, so that a minute passes until the venue may be asked once more.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_tick_finer_than_any_room_makes_another_instrument_and_never_a_wrong_price()
    {
        var (venue, symbol, other) = ("coinbase", "DOGE-USD", "BTC-USD");
        await using var world = new SimulatedWorld([(venue, symbol), (venue, other)])
        {
            Before = Coarsen(venue, symbol, 1000),
            Change = static options => options with { CoinbaseProducts = 5 },
        };
        await world.InitializeAsync();
        await world.WhenComparedAsync(30);
        var before = world.Find(venue, symbol);
        world.Simulator.ClearFaults();
        await world.WhenShownAsync(
            shown => shown.Instrument.Symbol == symbol && shown.Instrument.Id != before.Id && shown.Status.State == BookState.Live, "the new instrument live");
        await world.WhenShownAsync(shown => shown.Instrument.Id == before.Id && shown.Status.Reason == StatusReasons.Relisted, "the old one over");
        await SimulatedWorld.WhenAsync(
            () => world.Witness.Now[world.Find(venue, other).Id].State == BookState.Live, () => "the other book on the connection");
        await world.WhenComparedAsync(50);
        world.Witness.AssertTruth();
        Assert.Equal(BookState.Disabled, world.Witness.Now[before.Id].State);
        Assert.True(world.Find(venue, symbol).PriceScale.Decimals > before.PriceScale.Decimals);
    }

    private static async Task QuietAsync(BookOptions patience, TimeSpan span)
    {
        await using var world = new SimulatedWorld(Books) { Books = patience };
        await world.InitializeAsync();
        await world.WhenComparedAsync(100);
        world.Witness.Forget();
        var opened = Books.ToDictionary(book => book.Venue, book => world.Simulator.Find(book.Venue).Traffic.ConnectionsOpened);
        Array.ForEach(Books, book => world.Inject(new FaultRequest { Venue = book.Venue, Fault = "quiet-market" }));
        foreach (var venue in Asked)
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == venue && shown.Status is { State: BookState.Live, Reason: StatusReasons.Quiet }, $"{venue} quiet");
        }

        await world.PassAsync(span);
        Assert.DoesNotContain(world.Witness.States, shown => shown.Instrument.Venue.Key != "coinbase" && shown.Status.State != BookState.Live);
        Assert.All(Books, book => Assert.Equal(opened[book.Venue], world.Simulator.Find(book.Venue).Traffic.ConnectionsOpened));
        world.Simulator.ClearFaults();
        await SimulatedWorld.WhenAsync(
            () => world.Witness.Now.Values.All(status => status is { State: BookState.Live, Reason: StatusReasons.None }), () => "lively again: " + world.Witness.Story());
        await world.WhenComparedAsync(50);
        world.Witness.AssertTruth();
    }

    private static Action<SimulatorHost> Coarsen(string venue, string symbol, int times) => simulator =>
        simulator.Inject(new FaultRequest { Venue = venue, Fault = "tick-change", Symbol = symbol, Ticks = times });
}
