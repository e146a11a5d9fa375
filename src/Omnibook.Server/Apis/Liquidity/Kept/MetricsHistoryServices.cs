using Omnibook.Server.Hosting;

namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary>Says where a server keeps its metrics.</summary>
internal static class MetricsHistoryServices
{
    /// <summary>Registers it. What is replayed from frames is long over and is kept by nobody; invented metrics have a file of their own.</summary>
    public static IServiceCollection AddMetricsHistory(this IServiceCollection services, ServerPlan plan) => services.AddSingleton(provider =>
    {
        var (every, history) = (plan.Options.Liquidity.HistoryEvery, plan.Options.History);
        if (every == TimeSpan.Zero || !history.IsEnabled || plan.Mode == RunMode.Replay)
        {
            return new MetricsHistoryOptions();
        }

        provider.GetRequiredService<DataFolder>();
        return new MetricsHistoryOptions { File = plan.MetricsFile, Every = every, Retention = history.Retention };
    });
}
