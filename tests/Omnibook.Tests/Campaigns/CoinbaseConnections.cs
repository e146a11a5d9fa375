using Omnibook.Simulator;
using Omnibook.Simulator.Coinbase;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// Which of the simulator's connections a book of Coinbase came by. The connector raises the numbers of each further session by 10^12;
/// the first book of a session came by the connection that was then the newest to carry it.
/// </summary>
internal sealed class CoinbaseConnections(SimulatorHost simulator)
{
    private const long NumbersPerSession = 1_000_000_000_000;
    private readonly Dictionary<(string Symbol, long Session), long> _known = [];

    /// <summary>The name by which the simulator knows the book.</summary>
    public string Name(string symbol, long sequence)
    {
        var session = sequence / NumbersPerSession;
        if (!_known.TryGetValue((symbol, session), out var connection))
        {
            connection = _known[(symbol, session)] = NewestOf(symbol);
        }

        return $"{connection}:{symbol}";
    }

    private long NewestOf(string symbol)
    {
        var venue = (CoinbaseVenue)simulator.Find("coinbase");
        lock (venue.Gate)
        {
            return venue.NewestConnectionOf(symbol)!.Value;
        }
    }
}
