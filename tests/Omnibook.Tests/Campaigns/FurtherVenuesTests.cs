using Omnibook.Core.Books;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>The venues that the demo does not follow, the same way from their sockets to the market, held to the same truth.</summary>
public sealed class FurtherVenuesTests
{
    [Theory]
    [InlineData("bybit", "BTCUSDT", "ETHUSDT")]
    [InlineData("lighter", "BTC", "ETH")]
    public async Task Live_books_equal_the_venues_before_and_after_trouble(string venue, params string[] symbols)
    {
        await using var world = new SimulatedWorld([.. symbols.Select(symbol => (venue, symbol))]);
        await world.InitializeAsync();
        await world.WhenComparedAsync(30);
        foreach (var fault in (string[])["gap", "duplicate", "malformed", "reset", "disconnect"])
        {
            world.Inject(new FaultRequest { Venue = venue, Fault = fault });
            await world.WhenComparedAsync(30);
            await world.WhenAllLiveAsync();
        }

        world.Witness.AssertTruth();
        Assert.Contains(world.Witness.States, shown => shown.Status.State == BookState.Connecting);
    }
}
