
namespace Omnibook.Core.Routing;

/// <summary>
/// The ways to fill an order, all from one state of the books. It belongs to its router and is valid until that routes again.
/// </summary>
public sealed class RouteResult
{
    private OrderRoute[] _venues = [];
    private int _count;

    /// <summary>The order.</summary>
    public RouteOrder Order { get; private set; }

    /// <summary>What prices are compared with; null when no book can be used.</summary>
    public decimal? Mid { get; private set; }

    /// <summary>The whole order at one venue, for each venue that can be used, in configured order.</summary>
    public ReadOnlySpan<OrderRoute> Venues => _venues.AsSpan(0, _count);

    /// <summary>The order over all venues, merged by the price with the fee in it.</summary>
    public OrderRoute Merged { get; } = new();

    /// <summary>
    /// The cheapest of all of them with fees. The merged way is usually it, but not always where the order counts notional: it ends by the
    /// price without fees.
    /// </summary>
    public OrderRoute Best { get; private set; } = null!;

    /// <summary>The naive choice: the venue with the lowest fee, the first configured of equal ones. Null without a usable book.</summary>
    public OrderRoute? LowestFee { get; private set; }

    /// <summary>The other naive choice: the venue with the best price on top of its book, whatever the fee and the size. Null without a usable book.</summary>
    public OrderRoute? BestTop { get; private set; }

    /// <summary>What the best way saves against another, in basis points of the middle: never negative. Null unless both are complete.</summary>
    public decimal? CostSavedBps(OrderRoute other) => Best.IsComplete && other.IsComplete ? other.CostBps - Best.CostBps : null;

    /// <summary>The same without fees. Negative where a worse price buys a lower fee.</summary>
    public decimal? SlippageSavedBps(OrderRoute other) => Best.IsComplete && other.IsComplete ? other.SlippageBps - Best.SlippageBps : null;

    /// <summary>Begins anew.</summary>
    internal void Begin(in RouteOrder order, decimal? mid, int venues)
    {
        (Order, Mid, _count, LowestFee, BestTop) = (order, mid, venues, null, null);
        for (var known = _venues.Length; known < venues; known++)
        {
            Array.Resize(ref _venues, venues);
            _venues[known] = new OrderRoute();
        }
    }

    /// <summary>Chooses among the ways, which are all filled.</summary>
    internal void Choose(ReadOnlySpan<OfferColumn> columns)
    {
        Best = Merged;
        var (fee, top) = (-1, -1);
        for (var i = 0; i < _count; i++)
        {
            Best = _venues[i].IsBetterThan(Best) ? _venues[i] : Best;
            fee = fee < 0 || columns[i].FeeBps < columns[fee].FeeBps ? i : fee;
            top = columns[i].Count > 0 && (top < 0 || columns[i].TopRank < columns[top].TopRank) ? i : top;
        }

        LowestFee = fee < 0 ? null : _venues[fee];
        BestTop = top < 0 ? null : _venues[top];
    }
}
