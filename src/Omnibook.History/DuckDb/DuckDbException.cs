namespace Omnibook.History.DuckDb;

/// <summary>What DuckDB has to say of something that it could not do.</summary>
public sealed class DuckDbException : Exception
{
    private const int Interrupt = 29;
    private const int Fatal = 30;
    private const int Serialization = 9;
    private const int Internal = 31;

    private readonly int _kind;

    /// <summary>An error of a statement.</summary>
    internal DuckDbException(int kind, string message)
        : base(message) => _kind = kind;

    /// <summary>Whether the whole database is of no use any more until it is opened anew: the disk was full, or a file was damaged.</summary>
    public bool IsFatal => _kind == Fatal || IsEcho;

    /// <summary>Whether a file is not what was written: a checksum is wrong, or what was read makes no sense.</summary>
    public bool IsDamage => !IsEcho && (_kind is Serialization or Internal || Message.Contains("checksum", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("corrupt", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it was cut short because somebody asked for that.</summary>
    public bool IsInterrupted => _kind == Interrupt;

    /// <summary>Whether it only says that there was a fatal error before.</summary>
    private bool IsEcho => Message.Contains("database has been invalidated", StringComparison.Ordinal);
}
