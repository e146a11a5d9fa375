using System.Text.Json;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Tests.Server.Trading;

/// <summary>Orders through the desk: what is sent, what is not, and what is known of it afterwards.</summary>
public sealed class OrderDeskTests
{
    private const string Cloid = "0x0000000000000000000000000000002a";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_are_placed_changed_and_cancelled()
    {
        await using var world = await OrderWorld.StartAsync();

        var resting = await world.PlaceAsync(world.Order(world.Near(-5000)));
        var filled = await world.PlaceAsync(world.Order(world.Near(300), tif: TimeInForce.Ioc));
        var changed = await world.Desk.ModifyAsync(new OrderKey(resting.Result.OrderId, null), world.Near(-5500), 0.02m, Cloid, Cancel);
        var open = Assert.Single(await world.Desk.OpenAsync("", Cancel));
        var cancelled = await world.Desk.CancelAsync([new OrderKey(null, Cloid), new OrderKey(1, null)], Cancel);

        Assert.Equal([OrderState.Resting, OrderState.Filled, OrderState.Resting], [resting.Result.State, filled.Result.State, changed.Result.State]);
        Assert.Equal(0.01m, filled.Result.FilledSize);
        Assert.Equal((changed.Result.OrderId, Cloid, 0.02m), (open.OrderId, open.ClientId, open.Size));
        Assert.Equal([OrderState.Cancelled, OrderState.Refused], cancelled.Select(report => report.Result.State));
        Assert.Empty(await world.Desk.OpenAsync("", Cancel));
        Assert.Equal("canceled", (await world.Desk.StatusAsync(new OrderKey(null, Cloid), Cancel))!.Status);
    }

    [Fact]
    public async Task One_bad_order_of_many_is_refused_alone()
    {
        await using var world = await OrderWorld.StartAsync();
        var good = world.Order(world.Near(-5000));

        var reports = await world.Desk.PlaceAsync(
            [good with { Price = good.Price + 0.5m }, good, good with { Coin = "NOSUCH" }, good with { Size = 10 }, good with { TimeInForce = TimeInForce.Alo, Price = world.Near(50) }], Cancel);

        Assert.Equal([OrderState.Refused, OrderState.Resting, OrderState.Refused, OrderState.Refused, OrderState.Refused], reports.Select(report => report.Result.State));
        Assert.Contains("would do", reports[0].Result.Problem, StringComparison.Ordinal);
        Assert.Contains("no perpetual 'NOSUCH'", reports[2].Result.Problem, StringComparison.Ordinal);
        Assert.Contains("TRADING_MAX_ORDER_USD allows 20000", reports[3].Result.Problem, StringComparison.Ordinal);
        Assert.StartsWith("Post only order", reports[4].Result.Problem, StringComparison.Ordinal);
        Assert.Single(world.Wire.Orders);
    }

    [Fact]
    public async Task The_limit_of_a_day_holds_over_a_restart_and_what_was_refused_does_not_count()
    {
        await using var world = await OrderWorld.StartAsync(options => options with { MaxDayUsd = 2_500 });
        var order = world.Order(100_000m);

        Assert.Equal(OrderState.Refused, (await world.PlaceAsync(order with { TimeInForce = TimeInForce.Ioc })).Result.State);
        Assert.Equal(0, world.Desk.SpentToday);
        Assert.Equal(OrderState.Resting, (await world.PlaceAsync(order)).Result.State);
        await world.RestartAsync();
        Assert.Equal(1000, world.Desk.SpentToday);
        Assert.Equal(OrderState.Resting, (await world.PlaceAsync(order)).Result.State);
        var third = await world.PlaceAsync(order);
        Assert.Equal("the orders of today come to 2000 dollars and this one to 1000; TRADING_MAX_DAY_USD allows 2500", third.Result.Problem);
        Assert.Equal(3, world.Wire.Orders.Count());
    }

    [Fact]
    public async Task The_same_cloid_places_an_order_once_also_after_a_restart()
    {
        await using var world = await OrderWorld.StartAsync();
        var order = world.Order(100_000m, cloid: Cloid);

        var first = await world.PlaceAsync(order);
        var second = await world.PlaceAsync(order);
        await world.RestartAsync();
        var third = await world.PlaceAsync(order);
        var other = await world.PlaceAsync(order with { Size = 0.02m });

        Assert.Equal((false, true, true), (first.IsRepeat, second.IsRepeat, third.IsRepeat));
        Assert.All([second, third], report => Assert.Equal(first.Result, report.Result));
        Assert.Contains("another order has the cloid", other.Result.Problem, StringComparison.Ordinal);
        Assert.Single(world.Wire.Orders);
        Assert.Single(await world.Desk.OpenAsync("", Cancel));
    }

    [Fact]
    public async Task A_dry_run_checks_counts_and_writes_down_and_sends_nothing()
    {
        await using var world = await OrderWorld.StartAsync(options => options with { Mode = TradingMode.DryRun });

        var report = await world.PlaceAsync(world.Order(100_000m, cloid: Cloid));
        var wrong = await world.PlaceAsync(world.Order(100_000.5m));

        Assert.True(report.IsDryRun && wrong.Result.State == OrderState.Refused);
        Assert.Empty(world.Wire.Orders);
        Assert.Equal(1000, world.Desk.SpentToday);
        Assert.Contains("\"mode\":\"dry-run\"", world.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_sent()
    {
        await using var world = await OrderWorld.StartAsync();
        await world.PlaceAsync(world.Order(100_000m));
        Directory.Delete(world.Folder, recursive: true);
        await File.WriteAllTextAsync(world.Folder, "in the way", Cancel);
        await world.RestartAsync();

        var report = await world.PlaceAsync(world.Order(100_000m));

        Assert.Equal(OrderState.Refused, report.Result.State);
        Assert.Contains("nothing was sent", report.Result.Problem, StringComparison.Ordinal);
        Assert.Single(world.Wire.Orders);
        File.Delete(world.Folder);
        Directory.CreateDirectory(world.Folder);
    }

    [Fact]
    public async Task The_journal_is_whole_in_order_and_the_owners_alone_and_a_cut_line_spoils_no_other()
    {
        await using var world = await OrderWorld.StartAsync();
        await world.PlaceAsync(world.Order(100_000m, cloid: Cloid));
        await File.AppendAllTextAsync(world.JournalFile, "{\"at\":\"2026-", Cancel);
        await world.RestartAsync();
        var repeat = await world.PlaceAsync(world.Order(100_000m, cloid: Cloid));
        await world.PlaceAsync(world.Order(100_001m));

        Assert.True(repeat.IsRepeat);
        var lines = (await File.ReadAllLinesAsync(world.JournalFile, Cancel)).Where(line => line.EndsWith('}')).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["request", "answer", "outcome", "request", "answer", "outcome"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(Cloid, lines[0].GetProperty("action").GetProperty("orders")[0].GetProperty("c").GetString());
        var nonces = lines.Where(line => line.GetProperty("kind").GetString() == "request").Select(line => line.GetProperty("nonce").GetInt64()).ToList();
        Assert.True(nonces[0] < nonces[1]);
        Assert.Contains(world.Log, line => line.Contains("cannot be read, as after a crash", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(world.JournalFile));
        }
    }

    [Fact]
    public async Task Neither_the_key_nor_a_signature_is_ever_logged_or_written_down()
    {
        await using var world = await OrderWorld.StartAsync();
        await world.PlaceAsync(world.Order(100_000m));
        world.Wire.Lose = 1;
        await world.PlaceAsync(world.Order(world.Near(300), tif: TimeInForce.Ioc));

        var signatures = world.Wire.Orders.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("signature").GetProperty("r").GetString()![2..]);
        var shown = string.Concat(world.Log) + world.Journal + world.Options + string.Concat(world.Wire.Sent);
        Assert.DoesNotContain(OrderWorld.Key[2..], shown, StringComparison.OrdinalIgnoreCase);
        Assert.All(signatures, signature => Assert.DoesNotContain(signature, string.Concat(world.Log) + world.Journal, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true, "http://127.0.0.1:1234/", true)]
    [InlineData(true, "http://[::1]:1234/", true)]
    [InlineData(true, "https://api.hyperliquid.xyz/", false)]
    [InlineData(true, "https://api.hyperliquid-testnet.xyz/", false)]
    [InlineData(false, "https://api.hyperliquid.xyz/", true)]
    public void In_the_demo_no_order_leaves_the_machine(bool isDemo, string host, bool mayLeave) =>
        Assert.Equal(mayLeave, OrderWire.MayLeave(isDemo, new Uri(host)));

    [Fact]
    public void In_the_demo_the_configured_key_is_not_used()
    {
        var options = new TradingOptions { Mode = TradingMode.Live, Signer = new(OrderWorld.Key, isMainnet: true) };
        var demo = TradingIdentity.ForDemo(options);
        Assert.NotEqual(options.Signer.Address, demo.Signer!.Address);
        Assert.NotEqual(TradingIdentity.ForDemo(options).Account, demo.Account);
    }
}
