using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>Hears of every change of a matching book, in order.</summary>
internal interface IMatchingObserver
{
    /// <summary>A level has a new quantity; 0 means that it is gone.</summary>
    void OnLevel(Side side, TrueLevel before, TrueLevel after);

    /// <summary>A resting order was filled, whole or in part, at its own price.</summary>
    void OnFill(RestingOrder maker, long quantity);
}

/// <summary>A central limit order book: price, then time. Every single change leaves it uncrossed.</summary>
internal sealed class MatchingBook(IMatchingObserver observer)
{
    private readonly List<RestingOrder> _orders = [];
    private long _lastId;

    /// <summary>Those who want to buy.</summary>
    public BookSide Bids { get; } = new(Side.Bid);

    /// <summary>Those who want to sell.</summary>
    public BookSide Asks { get; } = new(Side.Ask);

    /// <summary>How many orders rest.</summary>
    public int OrderCount => _orders.Count;

    /// <summary>One side.</summary>
    public BookSide On(Side side) => side == Side.Bid ? Bids : Asks;

    /// <summary>Any resting order, chosen by a number from 0 to <see cref="OrderCount"/> - 1.</summary>
    public RestingOrder OrderAt(int slot) => _orders[slot];

    /// <summary>True when an order at that price would meet the other side.</summary>
    public bool WouldCross(Side side, long price)
    {
        var opposite = On(side == Side.Bid ? Side.Ask : Side.Bid).Best;
        return opposite is not null && (side == Side.Bid ? price >= opposite.Price : price <= opposite.Price);
    }

    /// <summary>Puts an order at the end of its queue. Callers keep it from crossing, unless a fault wants it to.</summary>
    public RestingOrder Place(Side side, long price, long quantity)
    {
        var level = On(side).Obtain(price);
        var before = Show(level);
        var order = new RestingOrder { Id = ++_lastId, Side = side, Level = level, Remaining = quantity, Slot = _orders.Count };
        _orders.Add(order);
        level.Queue.Add(order);
        level.Quantity += quantity;
        observer.OnLevel(side, before, Show(level));
        return order;
    }

    /// <summary>Takes an order out.</summary>
    public void Cancel(RestingOrder order)
    {
        var before = Show(order.Level);
        order.Level.Quantity -= order.Remaining;
        Forget(order);
        Report(order.Side, order.Level, before);
    }

    /// <summary>Fills a taker against the other side, best price and oldest order first, as far as its limit allows.</summary>
    /// <returns>How much was filled; each filled unit has left the book.</returns>
    public long Take(Side takerSide, long quantity, long limit)
    {
        var resting = On(takerSide == Side.Bid ? Side.Ask : Side.Bid);
        var open = quantity;
        while (open > 0 && resting.Best is { } best && !resting.IsBetter(limit, best.Price))
        {
            open -= TakeFrom(resting.Side, best, open);
        }

        return quantity - open;
    }

    /// <summary>How a feed shows a level.</summary>
    public static TrueLevel Show(PriceLevel level) => new(level.Price, level.Quantity, level.Queue.Count);

    private long TakeFrom(Side side, PriceLevel level, long wanted)
    {
        var before = Show(level);
        var open = wanted;
        while (open > 0 && level.Queue.Count > 0)
        {
            var maker = level.Queue[0];
            var filled = Math.Min(open, maker.Remaining);
            maker.Remaining -= filled;
            level.Quantity -= filled;
            open -= filled;
            observer.OnFill(maker, filled);
            if (maker.Remaining == 0)
            {
                Forget(maker);
            }
        }

        Report(side, level, before);
        return wanted - open;
    }

    private void Forget(RestingOrder order)
    {
        order.Level.Queue.Remove(order);
        var last = _orders[^1];
        _orders[order.Slot] = last;
        last.Slot = order.Slot;
        _orders.RemoveAt(_orders.Count - 1);
    }

    private void Report(Side side, PriceLevel level, TrueLevel before)
    {
        if (level.Queue.Count == 0)
        {
            On(side).Remove(level);
        }

        observer.OnLevel(side, before, Show(level));
    }
}
