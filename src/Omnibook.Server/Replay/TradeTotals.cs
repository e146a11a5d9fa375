using System.Globalization;
using System.Numerics;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Replay;

/// <summary>Adds trades up, exactly: sums are whole numbers of the smallest units.</summary>
internal sealed class TradeTotals : IMarketListener
{
    private readonly Dictionary<InstrumentId, Sums> _sums = [];

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var trade in changes.Trades)
        {
            if (!_sums.TryGetValue(trade.Instrument, out var sums))
            {
                _sums.Add(trade.Instrument, sums = new Sums(trade.TradeId));
            }

            sums.Add(trade);
        }
    }

    /// <summary>The trades of an instrument, or null when there were none. On the market's thread.</summary>
    public TradeReport? Of(Instrument instrument) =>
        _sums.TryGetValue(instrument.Id, out var sums) ? sums.Report(instrument.PriceScale.Decimals, instrument.QuantityScale.Decimals) : null;

    /// <summary>A whole number of 10^-decimals as the shortest exact decimal.</summary>
    internal static string Format(BigInteger units, int decimals)
    {
        var digits = units.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var (whole, fraction) = (digits[..^decimals], digits[^decimals..].TrimEnd('0'));
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    private sealed class Sums(long firstId)
    {
        private long _count;
        private long _buyerMaker;
        private long _lastId;
        private BigInteger _base;
        private BigInteger _quote;

        public void Add(in Trade trade)
        {
            _count++;
            _buyerMaker += trade.TakerSide == TakerSide.Sell ? 1 : 0;
            _lastId = trade.TradeId;
            _base += trade.Quantity.Units;
            _quote += (BigInteger)trade.Price.Units * trade.Quantity.Units;
        }

        public TradeReport Report(int priceDecimals, int quantityDecimals) => new(
            _count, Format(_base, quantityDecimals), Format(_quote, priceDecimals + quantityDecimals), firstId, _lastId, _buyerMaker);
    }
}
