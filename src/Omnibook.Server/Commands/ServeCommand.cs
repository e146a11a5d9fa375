using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Omnibook.History;
using Omnibook.Server.Hosting;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook</c> and <c>omnibook --demo</c>: serve until told to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<bool> Demo = new("--demo") { Description = "Follow simulated venues inside this process: no internet, every price invented." };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "Chooses the whole run of the demo.", DefaultValueFactory = _ => 1 };

    /// <summary>Makes serving what the root command does.</summary>
    public static void Describe(RootCommand root, SettingFlags settings)
    {
        root.Options.Add(Demo);
        root.Options.Add(Seed);
        root.SetAction((parsed, _) => RunAsync(parsed, settings));
    }

    /// <summary>Starts a server, and ends when it has been told to stop.</summary>
    public static async Task<int> RunAsync(ServerPlan plan)
    {
        try
        {
            KeyCheck.Ensure(plan, TimeProvider.System);
            PortCheck.Ensure(plan.Options.Listen);
            await using var app = ServerHost.Build(plan);

            // Takes the data folder, or learns who has it, before anything else begins.
            app.Services.GetRequiredService<PriceSnapshotStore>();
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return EndedBadly(app.Services) ? ExitCode.Fault : app.Services.GetRequiredService<ServerState>().ExitCode;
        }
        catch (Exception exception) when (exception is StartupException or SnapshotStoreException or AlertStoreException)
        {
            return Problems.Report(exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Problems.Report($"{exception.Message} Choose another port: --port or PORT.");
        }
    }

    /// <summary>The host ends in order when one of its services breaks; whoever started it should know all the same.</summary>
    private static bool EndedBadly(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    private static async Task<int> RunAsync(ParseResult parsed, SettingFlags settings)
    {
        var configuration = settings.Load(parsed);
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        return await RunAsync(new ServerPlan
        {
            Options = configuration.Options,
            Mode = parsed.GetValue(Demo) ? RunMode.Demo : RunMode.Live,
            Seed = parsed.GetValue(Seed),
        });
    }
}
