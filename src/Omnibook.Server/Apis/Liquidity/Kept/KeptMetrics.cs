using Omnibook.Core.Liquidity;
using Omnibook.History;

namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary>Makes rows of what was measured: the figures of the frames, rounded as these are (<see cref="MetricsWriter"/>).</summary>
internal static class KeptMetrics
{
    /// <summary>A row of each composite and window. A composite that several symbols name is kept once; one that warms up has no metrics.</summary>
    public static List<MetricsRow> RowsOf(IReadOnlyList<ServedSymbol> symbols, IReadOnlyList<SymbolReading> readings)
    {
        var rows = new List<MetricsRow>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < symbols.Count; i++)
        {
            if (seen.Add(symbols[i].Plan.Composite))
            {
                var (plan, reading) = (symbols[i].Plan, readings[i]);
                rows.AddRange(reading.Metrics.Select(metrics => RowOf(plan, reading, metrics)));
            }
        }

        return rows;
    }

    private static MetricsRow RowOf(SymbolPlan plan, SymbolReading reading, LiquidityMetrics metrics) => new()
    {
        Composite = plan.Composite,
        WindowBps = metrics.WindowBps,
        At = reading.At,
        Status = MetricsWriter.WordOf(reading.Status),
        Mid = RoundedNumbers.Round(metrics.Mid, RoundedNumbers.PriceDecimals(metrics.Mid, usual: 2)),
        SpreadBps = RoundedNumbers.Round(metrics.SpreadBps, 1),
        Depth = Round(metrics.Depth, 6),
        BidDepth = Round(metrics.BidDepth, 6),
        AskDepth = Round(metrics.AskDepth, 6),
        QuoteDepth = Round(metrics.QuoteDepth, 2),
        Hhi = Round(metrics.Hhi, 3),
        Imbalance = Round(metrics.Imbalance, 3),
        Shares = [.. plan.Members.Select(member => new VenueShare(
            member.Name, Round(metrics.Venues.FirstOrDefault(venue => member.Is(venue.Instrument))?.Share ?? 0, 4)))],
    };

    private static decimal Round(decimal value, int decimals) => decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
}
