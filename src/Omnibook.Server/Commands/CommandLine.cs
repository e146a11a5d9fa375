using System.CommandLine;
using Omnibook.Server.Commands.Export;

namespace Omnibook.Server.Commands;

/// <summary>The whole command line: <c>omnibook</c> serves, the rest are its subcommands.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments)
    {
        var parsed = Build().Parse(arguments);

        // The commands end themselves at Ctrl-C, in order; the parser must not cut them short.
        return parsed.Errors.Count > 0
            ? Task.FromResult(Problems.Report(parsed.Errors))
            : parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static RootCommand Build()
    {
        var settings = new SettingFlags();
        var root = new RootCommand("Every venue, one book: a self-hosted crypto market-data server.");
        settings.AddTo(root);
        ServeCommand.Describe(root, settings);
        root.Subcommands.Add(ReplayCommand.Create(settings));
        root.Subcommands.Add(ExportCommand.Create(settings));
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create(settings));
        root.Subcommands.Add(DoctorCommand.Create(settings));
        root.Subcommands.Add(KeysCommand.Create(settings));
        root.Subcommands.Add(HealthCommand.Create(settings));
        return root;
    }
}
