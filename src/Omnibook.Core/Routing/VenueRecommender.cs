using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;

namespace Omnibook.Core.Routing;

/// <summary>Recommends one venue for an order, and a split where that is worth the trouble. Not thread-safe.</summary>
public sealed class VenueRecommender(RouterOptions options)
{
    /// <summary>A split has to save more than this, in basis points of the middle.</summary>
    public const decimal WorthSplittingBps = 0.1m;

    private readonly Router _router = new(options);

    /// <summary>Recommends. False when no book can be used.</summary>
    /// <param name="book">The composite.</param>
    /// <param name="order">What is wanted, by size or notional.</param>
    /// <param name="fees">The fees of each venue.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="recommendation">What it comes to.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount or the limit is not above zero.</exception>
    public bool TryRecommend(
        ConsolidatedBook book,
        in RouteOrder order,
        FeeSchedule fees,
        Timestamp now,
        [NotNullWhen(true)] out VenueRecommendation? recommendation)
    {
        var result = _router.Route(book, order, fees, now);
        recommendation = null;
        if (result.Mid is { } mid)
        {
            var isResting = order.Limit is not null && result.Merged.Quantity == 0;
            recommendation = isResting
                ? new VenueRecommendation(mid, RestingQuotes(result, fees), true, [])
                : new VenueRecommendation(mid, Quotes(result, book, now), false, Split(result));
        }

        return recommendation is not null;
    }

    private List<VenueQuote> Quotes(RouteResult result, ConsolidatedBook book, Timestamp now)
    {
        var best = new List<(OrderRoute Route, VenueQuote Quote)>();
        foreach (var route in result.Venues)
        {
            var quote = QuoteOf(route, result.Order, book, now);
            var place = best.FindIndex(other => route.IsBetterThan(other.Route));
            best.Insert(place < 0 ? best.Count : place, (route, quote));
        }

        return [.. best.Select(item => item.Quote)];
    }

    private VenueQuote QuoteOf(OrderRoute route, in RouteOrder order, ConsolidatedBook book, Timestamp now)
    {
        var member = book.Members.First(candidate => candidate.Instrument == route.Venue);
        return new VenueQuote(
            member.Instrument,
            route.AveragePrice,
            route.EffectivePrice,
            route.SlippageBps / 10_000,
            route.TakerBps,
            _router.FillableSize(book, member, order, now),
            route.IsComplete);
    }

    private static List<VenueQuote> RestingQuotes(RouteResult result, FeeSchedule fees)
    {
        var (limit, sign) = (result.Order.Limit, result.Order.Side == TakerSide.Buy ? 1 : -1);
        var quotes = new List<VenueQuote>();
        foreach (var route in result.Venues)
        {
            var instrument = route.Venue!;
            var fee = fees.Of(instrument).MakerBps;
            quotes.Add(new VenueQuote(instrument, limit, limit * (1 + sign * fee / 10_000), 0, fee, 0, false));
        }

        return [.. quotes.OrderBy(quote => quote.FeeBps)];
    }

    private static RouteLeg[] Split(RouteResult result)
    {
        var (merged, single) = (result.Merged, BestVenue(result));
        var isWorth = single.IsComplete
            ? single.CostBps - merged.CostBps > WorthSplittingBps
            : merged.Unfilled < single.Unfilled;
        return isWorth && merged.Legs.Length > 1 ? merged.Legs.ToArray() : [];
    }

    private static OrderRoute BestVenue(RouteResult result)
    {
        var best = result.Venues[0];
        foreach (var route in result.Venues)
        {
            best = route.IsBetterThan(best) ? route : best;
        }

        return best;
    }
}
