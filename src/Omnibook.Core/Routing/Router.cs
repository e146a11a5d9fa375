using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;

namespace Omnibook.Core.Routing;

/// <summary>
/// Finds the cheapest way to fill an order in the books of a composite, fees included: over all venues merged, or at a single one.
/// Its buffers are reused: after a warm-up it allocates nothing, however deep the books are. Not thread-safe.
/// </summary>
/// <remarks>
/// Each venue is walked once, as far as the order could reach there alone; that is the way through that venue. The merged way takes a prefix
/// of each of these walks, and where each ends is found by search (<see cref="KeyCut"/>).
/// </remarks>
public sealed class Router(RouterOptions options)
{
    private readonly RouteFiller _filler = new();
    private readonly RouteResult _result = new();
    private OfferColumn[] _columns = [];
    private int _count;
    private RouteScale _scale;
    private Int128 _target;

    /// <summary>Finds every way and chooses the cheapest.</summary>
    /// <param name="book">The composite.</param>
    /// <param name="order">What is wanted.</param>
    /// <param name="fees">The fees of each venue; takers pay.</param>
    /// <param name="now">Our clock.</param>
    /// <returns>The ways; valid until the next call.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount or the limit is not above zero.</exception>
    public RouteResult Route(ConsolidatedBook book, in RouteOrder order, FeeSchedule fees, Timestamp now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order.Amount, nameof(order));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order.Limit ?? 1, nameof(order));
        var mid = Read(book, order, fees, now);
        var columns = _columns.AsSpan(0, _count);
        _result.Begin(order, mid, _count);
        for (var i = 0; i < _count; i++)
        {
            Fill(_result.Venues[i], order, mid, columns[i], columns.Slice(i, 1));
        }

        Fill(_result.Merged, order, mid, null, columns);
        _result.Choose(columns);
        return _result;
    }

    /// <summary>Lists what a way of the last result takes of each level, in the order in which it takes them, prices without fees.</summary>
    public void CopyFills(OrderRoute route, ICollection<RouteFill> fills)
    {
        var columns = ColumnsOf(route);
        _filler.Fill(columns, _result.Order, _target, _scale, new OrderRoute(columns.Length));
        _filler.CopyFills(columns, _scale, fills);
    }

    /// <summary>How much of the base asset a book offers to an order, within its limit; zero for a book that cannot be used.</summary>
    /// <param name="book">The composite.</param>
    /// <param name="member">Which of its books.</param>
    /// <param name="order">The side and the limit count.</param>
    /// <param name="now">Our clock.</param>
    public decimal FillableSize(ConsolidatedBook book, OrderBook member, in RouteOrder order, Timestamp now)
    {
        if (!TryScale(book.Composite, member, now, out var scale))
        {
            return 0;
        }

        var (buys, size) = (order.Side == TakerSide.Buy, Int128.Zero);
        var decimals = ScaleOf(book.Composite);
        var worst = decimals.WorstRank(order.Limit, buys);
        foreach (var level in buys ? member.Asks : member.Bids)
        {
            if (scale.TryConvert(level, out var offer))
            {
                if ((buys ? offer.Price.Units : -offer.Price.Units) > worst)
                {
                    break;
                }

                size += offer.Quantity.Units;
            }
        }

        return decimals.Quantity(size);
    }

    private ReadOnlySpan<OfferColumn> ColumnsOf(OrderRoute route)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_result.Venues[i] == route)
            {
                return _columns.AsSpan(i, 1);
            }
        }

        return route == _result.Merged
            ? _columns.AsSpan(0, _count)
            : throw new ArgumentException("It is no way of the last result.", nameof(route));
    }

    private void Fill(OrderRoute route, in RouteOrder order, decimal? mid, OfferColumn? venue, ReadOnlySpan<OfferColumn> columns)
    {
        route.Begin(order, mid, venue, columns.Length);
        _filler.Fill(columns, order, _target, _scale, route);
    }

    /// <summary>Reads the offers of every usable book.</summary>
    /// <returns>What prices are compared with.</returns>
    private decimal? Read(ConsolidatedBook book, in RouteOrder order, FeeSchedule fees, Timestamp now)
    {
        var composite = book.Composite;
        var buys = order.Side == TakerSide.Buy;
        _count = 0;
        _scale = ScaleOf(composite);
        var worst = _scale.WorstRank(order.Limit, buys);
        _target = WideAmount.Ceiling(order.Amount, _scale.Decimals(order.Measure));
        var reference = new ReferencePrice(options.Reference);
        for (var i = 0; i < book.Members.Count; i++)
        {
            var member = book.Members[i];
            if (TryScale(composite, member, now, out var scale) && reference.TryAdd(member, scale))
            {
                var column = NextColumn();
                column.Begin(member.Instrument, fees.Of(member.Instrument).TakerBps, buys, composite.QuantityScale);
                column.Read(buys ? member.Asks : member.Bids, scale, worst, order.Measure, _target);
            }
        }

        return reference.Price(_scale);
    }

    private RouteScale ScaleOf(Composite composite) =>
        new(composite.PriceScale.Decimals + options.Conversion.ExtraDecimals, composite.QuantityScale.Decimals);

    /// <summary>How to take a member's amounts to the route's scales. False for a book that cannot be used.</summary>
    private bool TryScale(Composite composite, OrderBook member, Timestamp now, out MemberScale scale)
    {
        var rate = 0L;
        var isUsable = UsableBooks.Counts(member, now, options.Rules)
            && options.Conversion.TryGetRateUnits(member.Instrument, now, options.Rules, out rate);
        scale = isUsable ? new MemberScale(member.Instrument, composite, rate) : default;
        return isUsable;
    }

    private OfferColumn NextColumn()
    {
        if (_count == _columns.Length)
        {
            Array.Resize(ref _columns, _count + 1);
            _columns[_count] = new OfferColumn();
        }

        return _columns[_count++];
    }
}
