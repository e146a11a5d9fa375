using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>Puts trading together.</summary>
internal static class TradingSetup
{
    /// <summary>Registers trading as a plan has it.</summary>
    /// <exception cref="StartupException">Orders are switched on and there is no key.</exception>
    public static IServiceCollection AddTrading(this IServiceCollection services, ServerPlan plan)
    {
        var identity = TradingIdentity.Of(plan);
        return services.AddTrading(
            identity,
            provider => new OrderWire(provider.GetRequiredService<VenueFeeds>(), identity.Options.Venue, plan.Mode == RunMode.Demo),
            provider => new OrderJournal(FolderOf(provider, plan), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Registers trading with a way on which orders leave, and a journal.</summary>
    public static IServiceCollection AddTrading(
        this IServiceCollection services, TradingIdentity identity, Func<IServiceProvider, VenueRest> wire, Func<IServiceProvider, OrderJournal> journal) =>
        services
            .AddSingleton(identity)
            .AddSingleton(journal)
            .AddSingleton<OrderLog>()
            .AddSingleton(provider => Desk(provider, identity, wire(provider)));

    private static OrderDesk Desk(IServiceProvider provider, TradingIdentity identity, VenueRest wire)
    {
        var (time, log, ledger) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<OrderLog>(), new OrderLedger(identity.Options));
        var nonces = new NonceSource(time, log.Restore(ledger));
        var sender = new OrderSender(identity, wire, log, nonces, time, provider.GetRequiredService<ILogger<OrderSender>>());
        return new OrderDesk(identity, wire, new AssetBoard(wire, time), ledger, log, sender, time);
    }

    /// <summary>Invented orders have a folder of their own.</summary>
    private static string FolderOf(IServiceProvider provider, ServerPlan plan) =>
        Path.Combine(provider.GetRequiredService<DataFolder>().Path, plan.Mode == RunMode.Demo ? "orders.demo" : "orders");
}
