using Omnibook.History;

namespace Omnibook.Server.Hosting;

/// <summary>Finds the file of paper positions, once the data folder is held.</summary>
internal static class PaperStorage
{
    /// <summary>The store of the plan; its file is opened when it is needed first.</summary>
    /// <exception cref="StartupException">The data folder is held by another process or cannot be written.</exception>
    public static PaperPositionStore Open(ServerPlan plan, IServiceProvider provider)
    {
        provider.GetRequiredService<DataFolder>();
        return new PaperPositionStore(plan.PaperFile);
    }
}
