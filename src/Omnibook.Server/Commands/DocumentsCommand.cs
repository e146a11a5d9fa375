using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;
using Omnibook.Venues;

namespace Omnibook.Server.Commands;

/// <summary>What the build runs to describe the routes: the server with its defaults, whatever is configured on the building machine.</summary>
internal static class DocumentsCommand
{
    /// <summary>Builds the server and lets the build's own host take it from there.</summary>
    public static async Task<int> RunAsync()
    {
        var defaults = ConfigurationLoader.Load(
            new ConfigurationSources
            {
                WorkingFolder = AppContext.BaseDirectory,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            },
            KnownVenues.All);
        await using var app = ServerHost.Build(new ServerPlan { Options = defaults.Options, Mode = RunMode.Live });
        await app.RunAsync();
        return ExitCode.Success;
    }
}
