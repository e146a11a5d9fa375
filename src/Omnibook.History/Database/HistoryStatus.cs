namespace Omnibook.History.Database;

/// <summary>How the database is doing.</summary>
public enum HistoryState
{
    /// <summary>It is being opened.</summary>
    Opening,

    /// <summary>It reads again what it lacks; what it has it tells.</summary>
    CatchingUp,

    /// <summary>It has what the journal has.</summary>
    Current,

    /// <summary>It cannot be read or written now, and is tried again and again.</summary>
    Degraded,

    /// <summary>There is no library for it.</summary>
    Missing,
}

/// <summary>What there is to tell of the database.</summary>
/// <param name="State">How it is doing.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Version">DuckDB's version; empty without one.</param>
/// <param name="Position">Everything up to this position is in it.</param>
/// <param name="Trades">How many trades there are.</param>
/// <param name="Hours">How many hours there are.</param>
/// <param name="Bytes">How large all files are.</param>
/// <param name="Failures">How often it could not be written or read since the start.</param>
/// <param name="Remarks">What was set aside and why, newest last; the last few.</param>
public sealed record HistoryStatus(
    HistoryState State,
    string Words,
    string Version,
    long Position,
    long Trades,
    int Hours,
    long Bytes,
    long Failures,
    IReadOnlyList<string> Remarks);
