using Omnibook.Core;
using Omnibook.History.Database;
using Omnibook.Server.Hosting;

namespace Omnibook.Server.History;

/// <summary>Adds what the server keeps of what happened.</summary>
internal static class HistoryWiring
{
    /// <summary>Registers it; it is opened when the market starts.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, ServerPlan plan) =>
        services.AddSingleton(provider => ServerHistory.Open(plan, provider));

    /// <summary>Registers the database that follows the journal. It starts after the market and stops before it, in the order of hosted services.</summary>
    public static IServiceCollection AddHistoryDatabase(this IServiceCollection services) =>
        services
            .AddSingleton<ServerDatabase>()
            .AddSingleton<Func<HistoryDatabase?>>(provider => () => provider.GetRequiredService<ServerDatabase>().Database)
            .AddHostedService(provider => provider.GetRequiredService<ServerDatabase>());

    /// <summary>A market that goes on where an earlier process ended.</summary>
    public static MarketOptions Remembering(IServiceProvider provider, MarketOptions options) =>
        options with { EarlierTradesOf = instrument => provider.GetRequiredService<ServerHistory>().Journal?.Tail.Take(instrument) };
}
