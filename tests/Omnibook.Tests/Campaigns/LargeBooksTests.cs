namespace Omnibook.Tests.Campaigns;

/// <summary>More products than a connection of Coinbase carries, and a book as large as its largest.</summary>
public sealed class LargeBooksTests
{
    private const string Venue = "coinbase";

    [Fact]
    public async Task Thirty_one_products_are_followed_over_two_connections_and_none_is_left_out()
    {
        var named = (string[])["BTC", "ETH", "SOL", "XRP", "DOGE", "ADA", "AVAX", "LINK", .. Enumerable.Range(9, 23).Select(static number => $"COIN{number}")];
        await using var world = new SimulatedWorld([.. named.Select(static asset => (Venue, $"{asset}-USD"))])
        {
            Change = static options => options with { CoinbaseProducts = 31, ActivityPercent = 25 },
        };
        await world.InitializeAsync();
        await world.WhenComparedAsync(200);
        Assert.Equal(2, world.Simulator.Find(Venue).Connections.Count);
        Assert.Equal(0, world.Witness.TakeLies());
    }

    [Fact]
    public async Task A_snapshot_of_nearly_five_megabytes_becomes_a_live_book()
    {
        await using var world = new SimulatedWorld([(Venue, "BTC-USD")])
        {
            Change = static options => options with { CoinbaseProducts = 1, CoinbaseFarLevels = 22_000, ActivityPercent = 25 },
        };
        await world.InitializeAsync();
        await world.WhenComparedAsync(10);
        Assert.True(world.Simulator.TrueBookNow(Venue, "BTC-USD").Bids.Count > 22_000);
        Assert.Equal(0, world.Witness.TakeLies());
    }
}
