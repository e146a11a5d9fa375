using System.Globalization;
using System.Text;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;

namespace Omnibook.Core.Routing;

/// <summary>What an order of one size costs.</summary>
/// <param name="Amount">The size, in the measure of the curve.</param>
/// <param name="CostBps">The cheapest way's cost with fees against the middle; null when nothing is filled.</param>
/// <param name="SlippageBps">The part of it that is slippage; the rest is fees.</param>
/// <param name="IsComplete">Whether there are offers enough.</param>
/// <param name="Unfilled">What is left, in the measure of the curve.</param>
/// <param name="SavedBps">What is saved against the venue with the lowest fee; null unless both are complete.</param>
/// <param name="Explanation">The same in a sentence: who fills how much, and why it costs what it does.</param>
public sealed record CostPoint(
    decimal Amount, decimal? CostBps, decimal? SlippageBps, bool IsComplete, decimal Unfilled, decimal? SavedBps, string Explanation);

/// <summary>How the cost of an order grows with its size.</summary>
public static class CostCurve
{
    /// <summary>Sizes from 100 to 10 million of the quote asset.</summary>
    public static IReadOnlyList<decimal> UsualNotionals { get; } =
        [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];

    /// <summary>Routes each size in the same state of the books.</summary>
    public static IReadOnlyList<CostPoint> Measure(
        Router router, ConsolidatedBook book, RouteOrder order, IReadOnlyList<decimal> amounts, FeeSchedule fees, Timestamp now) =>
        [.. amounts.Select(amount => PointOf(router.Route(book, order with { Amount = amount }, fees, now)))];

    /// <summary>Says in a sentence what a result comes to.</summary>
    public static string Explain(RouteResult result)
    {
        var best = result.Best;
        if (best.Quantity == 0)
        {
            return result.Mid is null ? "no book can be used" : "no offer within the limit";
        }

        var text = new StringBuilder();
        foreach (var leg in best.Legs)
        {
            Write(text, $"{(text.Length == 0 ? "" : ", ")}{leg.Instrument.Venue} {100 * leg.Notional / best.Notional:0.#} % in {leg.Levels} {(leg.Levels == 1 ? "level" : "levels")}");
        }

        Write(text, $"; {best.CostBps:0.##} bps = {best.SlippageBps:0.##} slippage + {best.CostBps - best.SlippageBps:0.##} fees");
        if (result.LowestFee is { } naive && result.CostSavedBps(naive) is > 0 and var saved)
        {
            Write(text, $"; saves {saved:0.##} bps against {naive.Venue!.Venue} alone");
        }

        return (best.IsComplete ? text : Write(text, $"; {best.Unfilled:0.########} finds no offer")).ToString();
    }

    private static CostPoint PointOf(RouteResult result)
    {
        var best = result.Best;
        return new CostPoint(
            result.Order.Amount,
            best.CostBps,
            best.SlippageBps,
            best.IsComplete,
            best.Unfilled,
            result.LowestFee is { } naive ? result.CostSavedBps(naive) : null,
            Explain(result));
    }

    private static StringBuilder Write(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
