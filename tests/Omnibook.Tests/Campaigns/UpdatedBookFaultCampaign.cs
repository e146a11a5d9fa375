using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>Books that begin with a snapshot and are kept by updates: those of Binance.</summary>
public sealed class UpdatedBookFaultCampaign(SimulatedWorld world) : FaultCampaign(world)
{
    private const string Usdm = "binance-usdm";

    /// <summary>What is switched on, and which state it must bring.</summary>
    public static TheoryData<string, FaultRequest, BookState?, string?> Faults => new()
    {
        { "gap", On(Usdm, "gap") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Gap },
        { "gaps in a row", On(Usdm, "gap") with { Channel = "depth", Probability = 0.3, DurationMs = 3000 }, BookState.Resyncing, StatusReasons.Gap },
        { "duplicate", On(Usdm, "duplicate") with { Channel = "depth", Count = 20 }, null, null },
        { "reorder", On(Usdm, "reorder") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Gap },
        { "disconnect", On(Usdm, "disconnect"), BookState.Connecting, null },
        { "reset", On(Usdm, "reset"), BookState.Connecting, null },
        { "malformed", On(Usdm, "malformed") with { Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "not UTF-8", On(Usdm, "invalid-utf8") with { Channel = "depth", Count = 1 }, BookState.Connecting, null },
        { "NaN", On(Usdm, "nan") with { Channel = "depth", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "huge frame", On(Usdm, "huge-frame") with { Channel = "depth", Count = 1 }, BookState.Connecting, null },
        { "one channel mute", On(Usdm, "mute") with { Symbol = "ETHUSDT", Channel = "depth", DurationMs = 25_000 }, BookState.Stale, null },
        { "crossed", On(Usdm, "crossed") with { Symbol = "BTCUSDT", DurationMs = 2000 }, BookState.Crossed, StatusReasons.Crossed },
        { "locked", On(Usdm, "crossed") with { Symbol = "ETHUSDT", Ticks = 0, DurationMs = 2000 }, BookState.Crossed, StatusReasons.Crossed },
        { "clock 5 s ahead", On(Usdm, "clock-offset") with { DurationMs = 3000 }, null, null },
        { "sequence restart", On(Usdm, "sequence-restart"), BookState.Resyncing, null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task No_book_that_says_live_differs_from_the_venues(string name, FaultRequest fault, BookState? state, string? reason) =>
        TryAsync(name, fault, state, reason);

    [Fact]
    public async Task The_trouble_of_one_venue_is_its_own()
    {
        await World.WhenAllLiveAsync();
        World.Witness.Forget();
        World.Inject(On(Usdm, "reset"));
        await World.WhenShownAsync(shown => shown.Instrument.Venue.Key == Usdm, "a change of the venue in trouble");
        await World.WhenAllLiveAsync();
        Assert.DoesNotContain(World.Witness.States, shown => shown.Instrument.Venue.Key != Usdm);
    }

    [Theory]
    [InlineData("stale-snapshot")]
    [InlineData("slow-snapshot")]
    [InlineData("hang-snapshot")]
    [InlineData("rest-status")]
    public async Task A_snapshot_in_trouble_delays_but_never_spoils_a_book(string fault)
    {
        await World.WhenAllLiveAsync();
        World.Witness.Forget();
        World.Inject(On(Usdm, fault) with { DurationMs = 1500 });
        World.Inject(On(Usdm, "gap") with { Symbol = "BTCUSDT", Channel = "depth", Count = 1 });
        await World.WhenShownAsync(shown => shown.Status.Reason == StatusReasons.Gap, "the gap");
        await World.WhenAllLiveAsync();
        World.Simulator.ClearFaults();
        await World.WhenComparedAsync(100);
        World.Witness.AssertTruth();
    }
}
