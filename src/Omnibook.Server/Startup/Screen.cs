using Spectre.Console;

namespace Omnibook.Server.Startup;

/// <summary>The standard output: with colours on a terminal, plain text of any width elsewhere.</summary>
internal static class Screen
{
    private const int UnwrappedWidth = 1000;

    /// <summary>A console for the standard output as it is now, or for the standard error where the output is for a program to read.</summary>
    public static IAnsiConsole Create(bool isOutputForPrograms)
    {
        if (!Console.IsOutputRedirected && !isOutputForPrograms)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(isOutputForPrograms ? Console.Error : Console.Out),
        });
        plain.Profile.Width = UnwrappedWidth;
        return plain;
    }
}
