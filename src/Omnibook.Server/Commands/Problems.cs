using System.CommandLine.Parsing;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Commands;

/// <summary>Tells why nothing was started.</summary>
internal static class Problems
{
    /// <summary>Lists everything that is wrong with the configuration.</summary>
    public static int Report(IReadOnlyList<ConfigurationProblem> problems)
    {
        Console.Error.WriteLine($"Nothing was started: the configuration has {problems.Count} error{(problems.Count == 1 ? "" : "s")}.");
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"  {problem}");
        }

        Console.Error.WriteLine("omnibook config print shows what is in force; docs/configuration.md lists every name.");
        return ExitCode.CannotStart;
    }

    /// <summary>Lists what is wrong with the arguments.</summary>
    public static int Report(IReadOnlyList<ParseError> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        Console.Error.WriteLine("omnibook --help lists what there is.");
        return ExitCode.CannotStart;
    }

    /// <summary>Tells one reason.</summary>
    public static int Report(string reason)
    {
        Console.Error.WriteLine($"Nothing was started. {reason}");
        return ExitCode.CannotStart;
    }
}
