using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>Fills of one price and taker side that belong together.</summary>
/// <param name="Id">Contiguous within a symbol.</param>
/// <param name="First">The first fill.</param>
/// <param name="Last">The last fill.</param>
/// <param name="Quantity">The sum of the fills.</param>
internal readonly record struct AggregateTrade(long Id, MarketTrade First, MarketTrade Last, long Quantity);

/// <summary>Joins fills into aggregates.</summary>
/// <param name="remembered">How many aggregates are remembered.</param>
/// <param name="firstId">The first aggregate's id.</param>
/// <param name="window">How far apart the fills of an aggregate may be: 100 ms at USD-M; on Spot they are of one taker order, which has no duration.</param>
internal sealed class AggregateTrades(int remembered, long firstId, TimeSpan window)
{
    private readonly long _windowMilliseconds = (long)window.TotalMilliseconds;
    private AggregateTrade? _open;

    /// <summary>The aggregates that are complete.</summary>
    public TradeLedger<AggregateTrade> Closed { get; } = new(remembered, firstId);

    /// <summary>Adds a fill.</summary>
    /// <returns>The aggregate that the fill did not belong to and that is complete now, if any.</returns>
    public AggregateTrade? Add(in MarketTrade trade)
    {
        if (_open is { } open && Belongs(open, trade))
        {
            _open = open with { Last = trade, Quantity = open.Quantity + trade.Quantity };
            return null;
        }

        var closed = Close();
        _open = new AggregateTrade(Closed.NextId, trade, trade, trade.Quantity);
        return closed;
    }

    /// <summary>Completes the running aggregate when its window is over.</summary>
    public AggregateTrade? CloseUntil(long milliseconds) =>
        _open is { } open && milliseconds - open.First.Milliseconds >= _windowMilliseconds ? Close() : null;

    private AggregateTrade? Close()
    {
        var closed = _open;
        _open = null;
        if (closed is { } done)
        {
            Closed.Add(done);
        }

        return closed;
    }

    private bool Belongs(in AggregateTrade open, in MarketTrade trade) =>
        open.First.Price == trade.Price && open.First.TakerSide == trade.TakerSide
        && trade.Milliseconds - open.First.Milliseconds <= Math.Max(0, _windowMilliseconds - 1);
}
