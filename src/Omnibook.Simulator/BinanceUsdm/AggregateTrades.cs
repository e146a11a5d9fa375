using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>Fills of one price and taker side within 100 ms.</summary>
/// <param name="Id">Contiguous within a symbol.</param>
/// <param name="First">The first fill.</param>
/// <param name="Last">The last fill.</param>
/// <param name="Quantity">The sum of the fills.</param>
internal readonly record struct AggregateTrade(long Id, MarketTrade First, MarketTrade Last, long Quantity);

/// <summary>Joins fills into aggregates.</summary>
internal sealed class AggregateTrades(int remembered, long firstId)
{
    private const long WindowMilliseconds = 100;
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
        _open is { } open && milliseconds - open.First.Milliseconds >= WindowMilliseconds ? Close() : null;

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

    private static bool Belongs(in AggregateTrade open, in MarketTrade trade) =>
        open.First.Price == trade.Price && open.First.TakerSide == trade.TakerSide
        && trade.Milliseconds - open.First.Milliseconds < WindowMilliseconds;
}
