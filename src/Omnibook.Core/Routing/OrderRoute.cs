using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>One way to fill an order. It belongs to its router and is valid until that routes again.</summary>
/// <remarks>
/// <para>With s = 1 for who buys and −1 for who sells:</para>
/// <para>effective price = (Σ price × quantity + s × fees) / Σ quantity;</para>
/// <para>slippage = s × 10⁴ × (average price − mid) / mid; cost = s × 10⁴ × (effective price − mid) / mid. Both are signed: an order that
/// trades better than the middle has a negative cost.</para>
/// </remarks>
public sealed class OrderRoute
{
    private RouteLeg[] _legs;
    private int _count;
    private RouteOrder _order;
    private decimal? _mid;

    /// <param name="venues">How many venues it has room for at first.</param>
    internal OrderRoute(int venues = 0) => _legs = new RouteLeg[venues];

    /// <summary>What each venue fills, in configured order; those that fill nothing are left out.</summary>
    public ReadOnlySpan<RouteLeg> Legs => _legs.AsSpan(0, _count);

    /// <summary>The one venue that was asked for; null for the way that may use all.</summary>
    public Instrument? Venue { get; private set; }

    /// <summary>The fee that this venue takes of takers, in basis points; 0 for the way that may use all.</summary>
    public decimal TakerBps { get; private set; }

    /// <summary>Of the base asset.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Σ price × quantity, in the quote asset.</summary>
    public decimal Notional { get; private set; }

    /// <summary>The fees of all venues, in the quote asset.</summary>
    public decimal Fees { get; private set; }

    /// <summary>What is left of the order, in its measure.</summary>
    public decimal Unfilled { get; private set; }

    /// <summary>Whether there are offers enough.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The average price without fees; null when nothing is filled.</summary>
    public decimal? AveragePrice => Quantity > 0 ? Notional / Quantity : null;

    /// <summary>The average price with fees.</summary>
    public decimal? EffectivePrice { get; private set; }

    /// <summary>How much worse than the middle the average price is.</summary>
    public decimal? SlippageBps => BpsFromMid(AveragePrice);

    /// <summary>How much worse than the middle the effective price is.</summary>
    public decimal? CostBps => BpsFromMid(EffectivePrice);

    private int Sign => _order.Side == TakerSide.Buy ? 1 : -1;

    /// <summary>
    /// Whether it is to be preferred: complete before incomplete, then cheaper with fees; of two incomplete ones that which fills more.
    /// </summary>
    public bool IsBetterThan(OrderRoute other)
    {
        if (IsComplete != other.IsComplete)
        {
            return IsComplete;
        }

        return IsComplete || Unfilled == other.Unfilled
            ? Sign * (EffectivePrice ?? 0) < Sign * (other.EffectivePrice ?? 0)
            : Unfilled < other.Unfilled;
    }

    /// <summary>Begins anew.</summary>
    internal void Begin(in RouteOrder order, decimal? mid, OfferColumn? venue, int venues)
    {
        (_order, _mid, _count) = (order, mid, 0);
        (Venue, TakerBps) = (venue?.Instrument, venue?.FeeBps ?? 0);
        (Quantity, Notional, Fees, Unfilled, IsComplete) = (0, 0, 0, order.Amount, false);
        if (_legs.Length < venues)
        {
            _legs = new RouteLeg[venues];
        }
    }

    /// <summary>Adds what a venue fills.</summary>
    internal void Add(in RouteLeg leg)
    {
        _legs[_count++] = leg;
        Quantity += leg.Quantity;
        Notional += leg.Notional;
        Fees += leg.Fees;
    }

    /// <summary>Says how far it got.</summary>
    internal void End(decimal unfilled, bool isComplete)
    {
        (Unfilled, IsComplete) = (unfilled, isComplete);
        EffectivePrice = Quantity > 0 ? (Notional + Sign * Fees) / Quantity : null;
    }

    private decimal? BpsFromMid(decimal? price) => _mid is > 0 ? Sign * 10_000 * (price - _mid) / _mid : null;
}
