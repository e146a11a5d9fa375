using Omnibook.History.Database;

namespace Omnibook.Server.History;

/// <summary>How the database of what has been is doing.</summary>
/// <param name="Ok">Whether it has what the journal has, or is reading it in.</param>
/// <param name="State"><c>opening</c>, <c>catching-up</c>, <c>current</c>, <c>degraded</c> or <c>missing</c>.</param>
/// <param name="Words">The same in words, with what is wrong.</param>
/// <param name="DuckDb">The version of the library; empty when there is none.</param>
/// <param name="Position">Everything up to this position of the journal can be asked for.</param>
/// <param name="Trades">How many trades there are.</param>
/// <param name="Hours">How many hours there are, each a file.</param>
/// <param name="Bytes">How many bytes all files have.</param>
/// <param name="Failures">How often it could not be read or written since the start.</param>
/// <param name="Remarks">What was set aside, and why.</param>
internal sealed record DatabaseReport(
    bool Ok, string State, string Words, string DuckDb, long Position, long Trades, int Hours, long Bytes, long Failures, IReadOnlyList<string> Remarks)
{
    /// <summary>What is known of a database now.</summary>
    public static DatabaseReport Of(HistoryStatus status) => new(
        status.State is not (HistoryState.Degraded or HistoryState.Missing),
        NameOf(status.State),
        status.Words,
        status.Version,
        status.Position,
        status.Trades,
        status.Hours,
        status.Bytes,
        status.Failures,
        status.Remarks);

    private static string NameOf(HistoryState state) => state switch
    {
        HistoryState.Opening => "opening",
        HistoryState.CatchingUp => "catching-up",
        HistoryState.Current => "current",
        HistoryState.Degraded => "degraded",
        _ => "missing",
    };
}
