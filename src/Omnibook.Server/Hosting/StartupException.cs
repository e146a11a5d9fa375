namespace Omnibook.Server.Hosting;

/// <summary>The server cannot start, for a reason that the person who started it can remove. The message says how.</summary>
internal sealed class StartupException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StartupException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
