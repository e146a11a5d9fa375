using System.Diagnostics.CodeAnalysis;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>An order that was sent, or would have been.</summary>
/// <param name="ClientId">Our id.</param>
/// <param name="Terms">What was ordered, as text: the same id with other terms is another order, and refused.</param>
/// <param name="Notional">What it is worth, in dollars.</param>
/// <param name="Day">Of which day's limit it is.</param>
/// <param name="ExpiresAt">After which the venue takes it no more, Unix milliseconds.</param>
/// <param name="IsDryRun">Whether it was only written down.</param>
internal sealed record SentOrder(string ClientId, string Terms, decimal Notional, DateOnly Day, long ExpiresAt, bool IsDryRun)
{
    /// <summary>What became of it; null while it is under way.</summary>
    public OrderResult? Result { get; init; }

    /// <summary>The venue did not take it, so that it never was.</summary>
    public bool NeverWas => Result?.State == OrderState.Refused;
}

/// <summary>The orders of today and yesterday by our ids, and what today's come to. Thread-safe.</summary>
internal sealed class OrderLedger(TradingOptions options)
{
    /// <summary>As many orders are remembered; more are refused until the day is over.</summary>
    public const int MostOrders = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SentOrder> _orders = new(StringComparer.Ordinal);

    /// <summary>What the orders of a day are worth together, in dollars. Those that the venue did not take do not count; all others do, also when they were cancelled.</summary>
    public decimal SpentOn(DateOnly day)
    {
        lock (_gate)
        {
            return _orders.Values.Where(order => order.Day == day && !order.NeverWas).Sum(order => order.Notional);
        }
    }

    /// <summary>An order that is known, or null.</summary>
    public SentOrder? Find(string clientId)
    {
        lock (_gate)
        {
            return _orders.GetValueOrDefault(clientId);
        }
    }

    /// <summary>Takes an order in, unless its id is known or a limit is in the way.</summary>
    /// <param name="order">The order.</param>
    /// <param name="known">The order that has the id; null where there is none.</param>
    /// <param name="problem">The limit that is in the way; null where none is.</param>
    public bool TryAdd(SentOrder order, [NotNullWhen(false)] out SentOrder? known, out string? problem)
    {
        lock (_gate)
        {
            Forget(order.Day);
            known = _orders.GetValueOrDefault(order.ClientId);
            problem = known is null or { NeverWas: true } ? Limit(order) : null;
            if (known is { NeverWas: false } || problem is not null)
            {
                known ??= order;
                return false;
            }

            _orders[order.ClientId] = order;
            known = null;
            return true;
        }
    }

    /// <summary>Takes in what an earlier process wrote down.</summary>
    public void Restore(SentOrder order)
    {
        lock (_gate)
        {
            _orders[order.ClientId] = order;
        }
    }

    /// <summary>Something has become of an order.</summary>
    public void Settle(string clientId, OrderResult result)
    {
        lock (_gate)
        {
            if (_orders.TryGetValue(clientId, out var order))
            {
                _orders[clientId] = order with { Result = result };
            }
        }
    }

    private string? Limit(SentOrder order)
    {
        var spent = _orders.Values.Where(other => other.Day == order.Day && !other.NeverWas).Sum(other => other.Notional);
        return order.Notional > options.MaxOrderUsd
            ? FormattableString.Invariant($"the order is worth {order.Notional:0.##} dollars; TRADING_MAX_ORDER_USD allows {options.MaxOrderUsd:0.##}")
            : spent + order.Notional > options.MaxDayUsd
            ? FormattableString.Invariant($"the orders of today come to {spent:0.##} dollars and this one to {order.Notional:0.##}; TRADING_MAX_DAY_USD allows {options.MaxDayUsd:0.##}")
            : _orders.Count >= MostOrders ? $"{MostOrders} orders are remembered, which is as many as may be"
            : null;
    }

    private void Forget(DateOnly today)
    {
        if (_orders.Count > 0 && _orders.Values.Any(order => order.Day < today.AddDays(-1)))
        {
            foreach (var old in _orders.Values.Where(order => order.Day < today.AddDays(-1)).ToList())
            {
                _orders.Remove(old.ClientId);
            }
        }
    }
}
