using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>Fills an order from one or several columns of offers, cheapest first with the fee in the price.</summary>
internal sealed class RouteFiller
{
    private readonly KeyCut _cut = new();
    private int[] _whole = [];
    private Part[] _parts = [];

    /// <summary>Fills as much as there is.</summary>
    /// <param name="columns">The offers.</param>
    /// <param name="order">What is wanted.</param>
    /// <param name="target">Its amount in units, rounded up.</param>
    /// <param name="scale">What the units of the columns are.</param>
    /// <param name="route">Takes what each venue fills.</param>
    public void Fill(ReadOnlySpan<OfferColumn> columns, in RouteOrder order, Int128 target, RouteScale scale, OrderRoute route)
    {
        var left = TakeWhole(columns, order, target, scale);
        var isRounded = false;
        while (left > 0 && TryFindBest(columns, out var best))
        {
            var column = columns[best];
            var level = WideAmount.ToDecimal(
                column.SumOf(_whole[best] + 1) - column.SumOf(_whole[best]), scale.Decimals(order.Measure));
            if (left >= level)
            {
                _whole[best]++;
                left -= level;
            }
            else
            {
                left -= TakePart(best, column, order, scale, left);
                isRounded = order.WholeLots;
            }
        }

        AddLegs(columns, scale, route);
        route.End(left, left == 0 || isRounded);
    }

    /// <summary>What the route that was filled last takes of each level, in the order in which it takes them.</summary>
    public void CopyFills(ReadOnlySpan<OfferColumn> columns, RouteScale scale, ICollection<RouteFill> fills)
    {
        var next = new int[columns.Length];
        while (TryFindNext(columns, next, out var best))
        {
            var (column, index) = (columns[best], next[best]++);
            var quantity = index < _whole[best] ? scale.Quantity(column.QuantityAt(index)) : _parts[best].Quantity;
            fills.Add(new RouteFill(column.Instrument, scale.Price(column.PriceAt(index)), quantity));
        }
    }

    private decimal TakeWhole(ReadOnlySpan<OfferColumn> columns, in RouteOrder order, Int128 target, RouteScale scale)
    {
        if (_whole.Length < columns.Length)
        {
            (_whole, _parts) = (new int[columns.Length], new Part[columns.Length]);
        }

        _cut.Cut(columns, target);
        var left = order.Amount;
        for (var i = 0; i < columns.Length; i++)
        {
            (_whole[i], _parts[i]) = (_cut.Whole[i], default);
            left -= WideAmount.ToDecimal(columns[i].SumOf(_whole[i]), scale.Decimals(order.Measure));
        }

        return left;
    }

    /// <summary>Takes a part of the level where the order ends.</summary>
    /// <returns>How much that is, in the order's measure.</returns>
    private decimal TakePart(int venue, OfferColumn column, in RouteOrder order, RouteScale scale, decimal left)
    {
        var price = scale.Price(column.PriceAt(_whole[venue]));
        var quantity = order.Measure == RouteMeasure.Notional ? left / price : left;
        if (order.WholeLots)
        {
            var lot = scale.Quantity(column.LotUnits);
            quantity = decimal.Floor(quantity / lot) * lot;
            _parts[venue] = new Part(true, quantity, quantity * price);
        }
        else
        {
            // Said by what is left, not by the quotient: the notional of a notional order is exact.
            _parts[venue] = new Part(true, quantity, order.Measure == RouteMeasure.Notional ? left : quantity * price);
        }

        return order.Measure == RouteMeasure.Notional ? _parts[venue].Notional : quantity;
    }

    /// <summary>The venue with the best next level; at equal prices the first. One that has given a part gives no more.</summary>
    private bool TryFindBest(ReadOnlySpan<OfferColumn> columns, out int best)
    {
        best = -1;
        Int128 bestKey = default;
        for (var i = 0; i < columns.Length; i++)
        {
            if (!_parts[i].IsTaken && _whole[i] < columns[i].Count && columns[i].KeyAt(_whole[i]) is var key && (best < 0 || key < bestKey))
            {
                (best, bestKey) = (i, key);
            }
        }

        return best >= 0;
    }

    private bool TryFindNext(ReadOnlySpan<OfferColumn> columns, int[] next, out int best)
    {
        best = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            var count = _whole[i] + (_parts[i].Quantity > 0 ? 1 : 0);
            if (next[i] < count && (best < 0 || columns[i].KeyAt(next[i]) < columns[best].KeyAt(next[best])))
            {
                best = i;
            }
        }

        return best >= 0;
    }

    private void AddLegs(ReadOnlySpan<OfferColumn> columns, RouteScale scale, OrderRoute route)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var (column, part) = (columns[i], _parts[i]);
            var levels = _whole[i] + (part.Quantity > 0 ? 1 : 0);
            if (levels > 0)
            {
                route.Add(new RouteLeg(
                    column.Instrument,
                    levels,
                    scale.Quantity(column.SizeOf(_whole[i])) + part.Quantity,
                    scale.Notional(column.NotionalOf(_whole[i])) + part.Notional,
                    column.FeeBps));
            }
        }
    }

    private readonly record struct Part(bool IsTaken, decimal Quantity, decimal Notional);
}
