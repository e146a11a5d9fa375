using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// Every fault that the simulators know, against the whole way from the sockets to the consolidated book: what is shown while it lasts,
/// that no book that says Live ever differs from the venue's, and that all is live again once it is over.
/// </summary>
public sealed class FaultCampaign(SimulatedWorld world) : IClassFixture<SimulatedWorld>
{
    private const string Usdm = "binance-usdm";
    private const string Testnet = "hyperliquid-testnet";

    /// <summary>What is switched on, and which state it must bring. A fault without a state must leave every book live.</summary>
    public static TheoryData<string, FaultRequest, BookState?, string?> Faults => new()
    {
        { "gap", On(Usdm, "gap") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Gap },
        { "gaps in a row", On(Usdm, "gap") with { Channel = "depth", Probability = 0.3, DurationMs = 3000 }, BookState.Resyncing, StatusReasons.Gap },
        { "duplicate", On(Usdm, "duplicate") with { Channel = "depth", Count = 20 }, null, null },
        { "duplicate whole books", On(Testnet, "duplicate") with { Channel = "l2Book", Count = 20 }, null, null },
        { "reorder", On(Usdm, "reorder") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Gap },
        { "reorder whole books", On(Testnet, "reorder") with { Channel = "l2Book", Count = 5 }, null, null },
        { "disconnect", On(Usdm, "disconnect"), BookState.Connecting, null },
        { "disconnect for good behaviour", On(Testnet, "disconnect") with { Code = 1000 }, BookState.Connecting, null },
        { "reset", On(Usdm, "reset"), BookState.Connecting, null },
        { "reset of the other", On(Testnet, "reset"), BookState.Connecting, null },
        { "malformed", On(Usdm, "malformed") with { Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "malformed whole book", On(Testnet, "malformed") with { Channel = "l2Book", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "not UTF-8", On(Usdm, "invalid-utf8") with { Channel = "depth", Count = 1 }, BookState.Connecting, null },
        { "NaN", On(Usdm, "nan") with { Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "huge frame", On(Usdm, "huge-frame") with { Channel = "depth", Count = 1 }, BookState.Connecting, null },
        { "stall", On(Testnet, "stall") with { DurationMs = 25_000 }, BookState.Stale, null },
        { "one channel mute", On(Usdm, "mute") with { Symbol = "ETHUSDT", Channel = "depth", DurationMs = 25_000 }, BookState.Stale, null },
        { "one coin mute", On(Testnet, "mute") with { Symbol = "sekaw:BTC", DurationMs = 25_000 }, BookState.Stale, null },
        { "pushed books mute, asked ones answered", On(Testnet, "mute") with { Symbol = "sekaw:BTC", Channel = "l2Book", DurationMs = 10_000 }, null, null },
        { "crossed", On(Usdm, "crossed") with { Symbol = "BTCUSDT", DurationMs = 2000 }, BookState.Crossed, StatusReasons.Crossed },
        { "locked", On(Usdm, "crossed") with { Symbol = "ETHUSDT", Ticks = 0, DurationMs = 2000 }, BookState.Crossed, StatusReasons.Crossed },
        { "clock 5 s ahead", On(Usdm, "clock-offset") with { DurationMs = 3000 }, null, null },
        { "sequence restart", On(Usdm, "sequence-restart"), BookState.Resyncing, null },
        { "delist", On(Testnet, "delist") with { Symbol = "merrli:BTC", DurationMs = 5000 }, BookState.Delisted, StatusReasons.EmptyBook },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task No_book_that_says_live_differs_from_the_venues(string name, FaultRequest fault, BookState? state, string? reason)
    {
        await world.WhenAllLiveAsync();
        world.Witness.Forget();

        world.Inject(fault);
        if (state is { } expected)
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == fault.Venue && shown.Status.State == expected && (reason is null || shown.Status.Reason == reason),
                $"{expected} {reason} for {name}");
        }

        await world.WhenComparedAsync(50);
        world.Simulator.ClearFaults();
        var over = TimeProvider.System.GetTimestamp();
        await world.WhenAllLiveAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"{name}: live again {TimeProvider.System.GetElapsedTime(over).TotalMilliseconds:0} ms after the end; shown: {world.Witness.Story()}");

        // Enough good messages for every book to forget its failures, so that the next fault meets a book without a past.
        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
    }

    [Fact]
    public async Task The_trouble_of_one_venue_is_its_own()
    {
        await world.WhenAllLiveAsync();
        world.Witness.Forget();
        world.Inject(On(Usdm, "reset"));
        await world.WhenShownAsync(shown => shown.Instrument.Venue.Key == Usdm, "a change of the venue in trouble");
        await world.WhenAllLiveAsync();
        Assert.DoesNotContain(world.Witness.States, shown => shown.Instrument.Venue.Key != Usdm);
    }

    [Theory]
    [InlineData("stale-snapshot")]
    [InlineData("slow-snapshot")]
    [InlineData("hang-snapshot")]
    [InlineData("rest-status")]
    public async Task A_snapshot_in_trouble_delays_but_never_spoils_a_book(string fault)
    {
        await world.WhenAllLiveAsync();
        world.Witness.Forget();
        world.Inject(On(Usdm, fault) with { DurationMs = 1500 });
        world.Inject(On(Usdm, "gap") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 });
        await world.WhenShownAsync(shown => shown.Status.Reason == StatusReasons.Gap, "the gap");
        await world.WhenAllLiveAsync();
        world.Simulator.ClearFaults();
        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
    }

    private static FaultRequest On(string venue, string fault) => new() { Venue = venue, Fault = fault };
}
