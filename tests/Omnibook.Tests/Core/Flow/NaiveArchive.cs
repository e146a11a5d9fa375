using Omnibook.Core.Events;
using Omnibook.Core.Flow;

namespace Omnibook.Tests.Core.Flow;

/// <summary>An archive as anybody would write it: a list of trades in the order in which they came.</summary>
internal sealed class NaiveArchive(IEnumerable<Trade> trades)
{
    private readonly Trade[] _trades = [.. trades];

    public Timestamp FirstAt => _trades.Length == 0 ? default : _trades.Min(TimeOf);

    /// <summary>Slices of a second from a moment on.</summary>
    public IReadOnlyList<FlowSlice> Slices(Timestamp from) =>
    [
        .. _trades.Where(trade => TimeOf(trade) >= from)
            .GroupBy(trade => FlowInterval.Second.StartOf(TimeOf(trade))).OrderBy(group => group.Key)
            .Select(group => new FlowSlice(group.Key.Nanoseconds, 1_000_000_000, PricesOf([.. group]), CellsOf(group))),
    ];

    /// <summary>Candles of everything before a moment.</summary>
    public PastCandles Candles(FlowInterval interval, long tick, Timestamp to, Timestamp from = default)
    {
        var flow = new TradeFlow(new FlowOptions { MaxCells = int.MaxValue, FineFor = TimeSpan.FromDays(2), KeptFor = TimeSpan.FromDays(3) });
        foreach (var trade in _trades.Where(trade => TimeOf(trade) < to && TimeOf(trade) >= from))
        {
            flow.Add(trade);
        }

        return new PastCandles(flow.Candles(interval, new Timestamp(1), tick, default), to, FirstAt);
    }

    private static Timestamp TimeOf(Trade trade) => trade.Times.VenueTime;

    private static CandlePrices PricesOf(Trade[] second)
    {
        var (first, last) = (second.MinBy(TimeOf), second.Reverse().MaxBy(TimeOf));
        return new CandlePrices(
            first.Price.Units, second.Max(trade => trade.Price.Units), second.Min(trade => trade.Price.Units), last.Price.Units,
            TimeOf(first).Nanoseconds, TimeOf(last).Nanoseconds);
    }

    private static SliceCell[] CellsOf(IEnumerable<Trade> second) =>
    [
        .. second.GroupBy(trade => trade.Price.Units).OrderBy(group => group.Key).Select(group => new SliceCell(
            group.Key,
            group.Where(trade => trade.TakerSide == TakerSide.Buy).Aggregate((Int128)0, (sum, trade) => sum + trade.Quantity.Units),
            group.Where(trade => trade.TakerSide == TakerSide.Sell).Aggregate((Int128)0, (sum, trade) => sum + trade.Quantity.Units),
            group.Count(trade => trade.TakerSide == TakerSide.Buy),
            group.Count(trade => trade.TakerSide == TakerSide.Sell))),
    ];
}
