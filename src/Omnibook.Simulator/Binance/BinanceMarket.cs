using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>One symbol of a Binance market: the market, how it is written, and what its streams have to tell.</summary>
/// <param name="symbol">How it is written.</param>
/// <param name="market">The market.</param>
/// <param name="aggregates">Joins its fills.</param>
/// <param name="diffs">Its diff depth streams, the fastest first.</param>
internal class BinanceMarket(BinanceSymbol symbol, SimulatedMarket market, AggregateTrades aggregates, IReadOnlyList<DiffStream> diffs)
{
    /// <summary>How it is written.</summary>
    public BinanceSymbol Symbol { get; } = symbol;

    /// <summary>The market.</summary>
    public SimulatedMarket Market { get; } = market;

    /// <summary>The name in capitals.</summary>
    public string Name => Market.Rules.Symbol;

    /// <summary>The name in stream names.</summary>
    public string Stream { get; } = market.Rules.Symbol.ToLowerInvariant();

    /// <summary>The diff depth streams, the fastest first.</summary>
    public IReadOnlyList<DiffStream> Diffs { get; } = diffs;

    /// <summary>The aggregates of its trades.</summary>
    public AggregateTrades Aggregates { get; } = aggregates;

    /// <summary>The top that was last published.</summary>
    public (TrueLevel Bid, TrueLevel Ask) Top { get; set; }

    /// <summary>Changes with each trade.</summary>
    public long TradeCount { get; set; }

    /// <summary>How much the last trade was, in units of the quantity scale; 0 before the first.</summary>
    public long LastQuantity => Market.Trades.Newest(1).Select(static trade => trade.Quantity).FirstOrDefault();

    /// <summary>A price as text.</summary>
    public string Price(long units) => BinanceText.Fixed(units, Market.Rules.PriceScale, Symbol.PriceDigits);

    /// <summary>A quantity as text.</summary>
    public string Quantity(long units) => BinanceText.Fixed(units, Market.Rules.QuantityScale, Symbol.QuantityDigits);

    /// <summary>A product of price and quantity units as a decimal.</summary>
    public decimal Value(decimal units) => units / Market.Rules.PriceScale.UnitsPerOne / Market.Rules.QuantityScale.UnitsPerOne;

    /// <summary>The best level of a side, or an empty one.</summary>
    public TrueLevel Best(Side side) => Market.Book.On(side).Best is { } best ? MatchingBook.Show(best) : default;

    /// <summary>The top levels of a side, best first.</summary>
    public IEnumerable<TrueLevel> Levels(Side side, int count)
    {
        var ladder = Market.Book.On(side);
        for (var rank = 0; rank < Math.Min(count, ladder.Count); rank++)
        {
            yield return MatchingBook.Show(ladder[rank]);
        }
    }
}
