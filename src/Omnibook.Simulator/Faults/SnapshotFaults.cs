using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Faults;

/// <summary>What goes wrong with books that are asked for by REST.</summary>
internal static class SnapshotFaults
{
    private const long UsualMilliseconds = 2000;

    /// <summary>Answers with the book as it was some milliseconds ago, late, or never, as the faults say.</summary>
    /// <param name="faults">The venue's faults.</param>
    /// <param name="symbol">The symbol of the book.</param>
    /// <param name="answer">Writes the book of so many milliseconds ago.</param>
    public static RestAnswer Apply(FaultBoard faults, string symbol, Func<long, RestAnswer> answer)
    {
        if (faults.Use("hang-snapshot", symbol) is not null)
        {
            return answer(0) with { Delay = RestAnswer.Never };
        }

        var stale = faults.Use("stale-snapshot", symbol);
        var written = answer(stale is null ? 0 : stale.Request.LagMs ?? UsualMilliseconds);
        return faults.Use("slow-snapshot", symbol) is { } slow
            ? written with { Delay = TimeSpan.FromMilliseconds(slow.Request.DelayMs ?? UsualMilliseconds) }
            : written;
    }
}
