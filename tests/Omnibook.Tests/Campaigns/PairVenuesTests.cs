using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>The venues that trade pairs against money, the same way from their sockets to the market, held to the truth of their simulators.</summary>
public sealed class PairVenuesTests
{
    private static readonly string[] EveryBook = ["gap", "reorder", "duplicate", "malformed", "nan", "reset", "disconnect", "invalid-utf8", "huge-frame"];

    [Fact]
    public async Task Live_books_of_binance_spot_equal_the_venues_before_and_after_trouble()
    {
        await using var world = new SimulatedWorld([("binance-spot", "BTCUSDT"), ("binance-spot", "ETHUSDT")]);
        await HoldAsync(world, "binance-spot", [.. EveryBook, "sequence-restart", "server-shutdown"]);
    }

    [Fact]
    public async Task Live_books_of_coinbase_equal_the_venues_before_and_after_trouble()
    {
        await using var world = new SimulatedWorld([("coinbase", "BTC-USD"), ("coinbase", "ETH-USD")]);
        await HoldAsync(world, "coinbase", EveryBook);
    }

    [Theory]
    [InlineData("stale-snapshot")]
    [InlineData("slow-snapshot")]
    [InlineData("hang-snapshot")]
    [InlineData("rest-status")]
    public async Task A_snapshot_of_binance_spot_in_trouble_delays_but_never_spoils_a_book(string fault)
    {
        await using var world = new SimulatedWorld([("binance-spot", "BTCUSDT")]);
        await world.InitializeAsync();
        world.Witness.Forget();
        world.Inject(new FaultRequest { Venue = "binance-spot", Fault = fault, DurationMs = 1500 });
        world.Inject(new FaultRequest { Venue = "binance-spot", Fault = "gap", Channel = "depth", Count = 1 });
        await world.WhenShownAsync(static shown => shown.Status.Reason == StatusReasons.Gap, "the gap");
        await world.WhenAllLiveAsync();
        await world.WhenComparedAsync(30);
        Assert.Empty(world.Witness.Lies);
    }

    private static async Task HoldAsync(SimulatedWorld world, string venue, IEnumerable<string> faults)
    {
        await world.InitializeAsync();
        await world.WhenComparedAsync(30);
        foreach (var fault in faults)
        {
            world.Inject(new FaultRequest { Venue = venue, Fault = fault });
            await world.WhenComparedAsync(30);
            await world.WhenAllLiveAsync();
        }

        Assert.Empty(world.Witness.Lies);
        Assert.Contains(world.Witness.States, static shown => shown.Status.State == BookState.Connecting);
    }
}
