namespace Omnibook.Server.Commands;

/// <summary>What the process tells its caller. docs/commands.md lists them.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped as asked.</summary>
    public const int Success = 0;

    /// <summary>Something broke while running; the log says what.</summary>
    public const int Fault = 1;

    /// <summary>Nothing was started: configuration, port, data folder, arguments, or a capture that cannot be read.</summary>
    public const int CannotStart = 2;
}
