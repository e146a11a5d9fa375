using System.CommandLine;
using Omnibook.Server.Configuration;
using Spectre.Console;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook config print</c> and <c>omnibook config check</c>.</summary>
internal static class ConfigCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var print = new Command("print", "Shows every setting in force and where it stands.");
        print.SetAction(parsed => Print(settings.Load(parsed)));
        var check = new Command("check", "Checks the configuration and starts nothing.");
        check.SetAction(parsed => Check(settings.Load(parsed)));
        return new Command("config", "Shows or checks the configuration.") { print, check };
    }

    private static int Print(LoadedConfiguration configuration)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var setting in configuration.Effective)
            {
                Console.WriteLine($"{setting.Name}={setting.Value}\t# {setting.Source}");
            }
        }
        else
        {
            PrintTable(configuration.Effective);
        }

        return configuration.Problems.Count == 0 ? ExitCode.Success : Problems.Report(configuration.Problems);
    }

    private static void PrintTable(IReadOnlyList<EffectiveSetting> settings)
    {
        var table = new Table().AddColumns("Setting", "Value", "Where it stands");
        foreach (var setting in settings)
        {
            table.AddRow(Markup.Escape(setting.Name), Markup.Escape(setting.Value), Markup.Escape(setting.Source));
        }

        AnsiConsole.Write(table);
    }

    private static int Check(LoadedConfiguration configuration)
    {
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        Console.WriteLine("The configuration is good.");
        return ExitCode.Success;
    }
}
