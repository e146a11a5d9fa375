using Omnibook.Simulator.Faults;
using Omnibook.Tests.Server.Trading;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Tests.Campaigns;

/// <summary>What becomes of orders when the venue misbehaves: no order is lost, and none is placed twice.</summary>
public sealed class OrderCampaign
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_whose_answer_is_lost_is_found_by_its_id_and_not_sent_again()
    {
        await using var world = await OrderWorld.StartAsync();
        world.Simulator.Inject(On("lose-order-answer"));

        var report = await world.PlaceAsync(world.Order(world.Near(-5000)));

        Assert.Equal(OrderState.Resting, report.Result.State);
        Assert.Equal(report.Result.OrderId, Assert.Single(await world.Desk.OpenAsync("", Cancel)).OrderId);
        Assert.Single(world.Wire.Orders);
        Assert.Equal(report.ClientId, Assert.Single(await world.Desk.OpenAsync("", Cancel)).ClientId);
        Assert.Contains("\"kind\":\"failure\"", world.Journal, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"Resting\"", world.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_to_a_cancel_is_asked_after()
    {
        await using var world = await OrderWorld.StartAsync();
        var order = await world.PlaceAsync(world.Order(world.Near(-5000)));
        world.Simulator.Inject(On("lose-order-answer"));

        var cancelled = await world.Desk.CancelAsync([new(order.Result.OrderId, null)], Cancel);

        Assert.Equal(OrderState.Cancelled, cancelled[0].Result.State);
        Assert.Empty(await world.Desk.OpenAsync("", Cancel));
    }

    [Fact]
    public async Task An_order_that_never_arrived_is_certain_not_to_once_it_has_expired()
    {
        await using var world = await OrderWorld.StartAsync(options => options with { ActionLife = TimeSpan.FromSeconds(1) });
        world.Wire.Lose = 1;

        var report = await world.PlaceAsync(world.Order(world.Near(-5000)));

        Assert.Equal(OrderState.Refused, report.Result.State);
        Assert.StartsWith("it never reached the venue", report.Result.Problem, StringComparison.Ordinal);
        Assert.Equal(0, world.Desk.SpentToday);
        Assert.Single(world.Wire.Orders);
        Assert.Empty(await world.Desk.OpenAsync("", Cancel));
    }

    [Fact]
    public async Task A_crash_between_sending_and_answer_is_made_good_by_asking()
    {
        const string Cloid = "0x0000000000000000000000000000002b";
        await using var world = await OrderWorld.StartAsync();
        var order = world.Order(world.Near(-5000), cloid: Cloid);
        await world.PlaceAsync(order);
        var request = (await File.ReadAllLinesAsync(world.JournalFile, Cancel))[0];
        await File.WriteAllTextAsync(world.JournalFile, request + "\n", Cancel);
        await world.RestartAsync();

        var again = await world.PlaceAsync(order);

        Assert.Equal((true, OrderState.Resting), (again.IsRepeat, again.Result.State));
        Assert.Single(world.Wire.Orders);
        Assert.Single(await world.Desk.OpenAsync("", Cancel));
    }

    [Fact]
    public async Task A_rejected_order_and_one_beyond_the_venues_limit_have_not_happened()
    {
        await using var world = await OrderWorld.StartAsync();
        world.Simulator.Inject(On("reject-order"));
        var rejected = await world.PlaceAsync(world.Order(world.Near(-5000)));
        world.Simulator.Inject(On("limit-orders"));
        var limited = await world.PlaceAsync(world.Order(world.Near(-5000)));

        Assert.Equal([OrderState.Refused, OrderState.Refused], [rejected.Result.State, limited.Result.State]);
        Assert.StartsWith("Insufficient margin", rejected.Result.Problem, StringComparison.Ordinal);
        Assert.Contains("429", limited.Result.Problem, StringComparison.Ordinal);
        Assert.Equal(0, world.Desk.SpentToday);
    }

    private static FaultRequest On(string fault) => new() { Venue = "hyperliquid", Fault = fault };
}
