using Omnibook.History.Database;
using Omnibook.Server.History;
using Omnibook.Server.Hosting;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>Adds the archive of a server: its database, where it keeps one.</summary>
internal static class ArchiveWiring
{
    /// <summary>Registers it. Nothing is opened before the market starts.</summary>
    public static IServiceCollection AddArchive(this IServiceCollection services, ServerPlan plan) =>
        services.AddSingleton<IHistoryArchive>(provider =>
            plan is { Mode: not RunMode.Replay, Options.History.IsEnabled: true } && provider.GetService<Func<HistoryDatabase?>>() is { } database
                ? new DatabaseArchive(
                    () => database() ?? throw new ArchiveUnavailableException("there is no history database now"),
                    () => provider.GetRequiredService<ServerHistory>().Journal?.Position ?? -1)
                : new NoArchive());
}
