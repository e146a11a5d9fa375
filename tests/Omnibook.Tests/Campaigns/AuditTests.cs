using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// A level that is wrong while every number is right: no rule can see it, and what shows the book shows the wrong level. The comparison with
/// the venue finds it, says so, and the book begins anew.
/// </summary>
public sealed class AuditTests
{
    [Theory]
    [InlineData("binance-usdm", "BTCUSDT", "depth")]
    [InlineData("bybit", "BTCUSDT", "orderbook")]
    [InlineData("lighter", "BTC", "order_book")]
    public async Task A_silently_wrong_level_is_found_and_put_right(string venue, string symbol, string channel)
    {
        await using var world = new SimulatedWorld([(venue, symbol)]);
        await world.InitializeAsync();
        world.StartAudit();
        await WhenAuditedAsync(world, venue, symbol, 3);
        world.Witness.AssertTruth();

        world.Witness.Forget();
        world.Inject(new FaultRequest { Venue = venue, Fault = "corrupt-level", Symbol = symbol, Channel = channel, Count = 20 });
        await world.WhenShownAsync(shown => shown.Status is { State: BookState.Resyncing, Reason: StatusReasons.VerifyMismatch }, "the mismatch");
        Assert.True((await world.CountersAsync(venue, symbol)).VerifyMismatches > 0);

        world.Simulator.ClearFaults();
        await world.WhenAllLiveAsync();
        await WhenAuditedAsync(world, venue, symbol, 3);
        world.Witness.TakeLies();
        await world.WhenComparedAsync(50);
        world.Witness.AssertTruth();
    }

    [Fact]
    public async Task A_wrong_level_in_a_whole_book_lasts_until_the_next_one()
    {
        await using var world = new SimulatedWorld([("hyperliquid", "BTC")]);
        await world.InitializeAsync();
        world.Inject(new FaultRequest { Venue = "hyperliquid", Fault = "corrupt-level", Symbol = "BTC", Channel = "l2Book", Count = 1 });
        await world.WhenComparedAsync(20);
        world.Simulator.ClearFaults();
        Assert.InRange(world.Witness.TakeLies(), 1, 3);
        await world.WhenComparedAsync(20);
        world.Witness.AssertTruth();
    }

    private static async Task WhenAuditedAsync(SimulatedWorld world, string venue, string symbol, long more)
    {
        var enough = (await world.CountersAsync(venue, symbol)).SnapshotsCompared + more;
        while ((await world.CountersAsync(venue, symbol)).SnapshotsCompared < enough)
        {
            await world.WhenComparedAsync(1);
        }
    }
}
