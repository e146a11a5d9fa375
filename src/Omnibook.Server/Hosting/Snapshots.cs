using Omnibook.History;

namespace Omnibook.Server.Hosting;

/// <summary>Opens the file of price snapshots, once the data folder is held.</summary>
internal static partial class Snapshots
{
    /// <summary>Opens or creates the file of the plan.</summary>
    /// <exception cref="StartupException">The data folder is held by another process or cannot be written.</exception>
    /// <exception cref="SnapshotStoreException">The file cannot be opened.</exception>
    public static PriceSnapshotStore Open(ServerPlan plan, IServiceProvider provider)
    {
        provider.GetRequiredService<DataFolder>();
        var store = PriceSnapshotStore.Open(
            new PriceSnapshotStoreOptions
            {
                Path = plan.SnapshotFile,
                Retention = plan.Options.Storage.Retention,
                AreInvented = plan.Mode == RunMode.Demo,
            },
            provider.GetRequiredService<TimeProvider>());
        var log = provider.GetRequiredService<ILogger<PriceSnapshotStore>>();
        LogOpened(log, store.Path, store.SqliteVersion);
        if (store.Quarantined is { } aside)
        {
            LogQuarantined(log, store.Path, aside);
        }

        return store;
    }

    [LoggerMessage(LogLevel.Debug, "Prices are kept in {Path}, by SQLite {Version}.")]
    private static partial void LogOpened(ILogger log, string path, string version);

    [LoggerMessage(LogLevel.Error, "{Path} was damaged. It was put aside as {Aside} and a new file was begun.")]
    private static partial void LogQuarantined(ILogger log, string path, string aside);
}
