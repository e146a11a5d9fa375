using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;

namespace Omnibook.Core.Routing;

/// <summary>Gathers the middle that prices are compared with.</summary>
internal struct ReferencePrice(RouteReference kind)
{
    private Int128 _sum;
    private int _count;
    private long _bestBid;
    private long _bestAsk = long.MaxValue;

    /// <summary>Takes a usable book. False when its top does not fit into the route's scales.</summary>
    public bool TryAdd(OrderBook book, in MemberScale scale)
    {
        if (!book.Bids.TryGetBest(out var bid) || !book.Asks.TryGetBest(out var ask)
            || !scale.TryConvert(bid, out bid) || !scale.TryConvert(ask, out ask))
        {
            return false;
        }

        _sum += (Int128)bid.Price.Units + ask.Price.Units;
        _count++;
        _bestBid = Math.Max(_bestBid, bid.Price.Units);
        _bestAsk = Math.Min(_bestAsk, ask.Price.Units);
        return true;
    }

    /// <summary>The middle; null without any book.</summary>
    public readonly decimal? Price(RouteScale scale) =>
        _count == 0 ? null
        : kind == RouteReference.AverageOfMids ? scale.Price(_sum) / (2 * _count)
        : scale.Price((Int128)_bestBid + _bestAsk) / 2;
}
