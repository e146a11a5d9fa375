using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>A liquidation as the venue publishes it.</summary>
/// <param name="Side">Ask when a long was liquidated, which sells.</param>
/// <param name="Quantity">What was filled.</param>
/// <param name="Price">The worst price it accepted.</param>
/// <param name="Value">The sum of price times quantity, in units of both scales.</param>
/// <param name="LastQuantity">The last fill.</param>
/// <param name="Milliseconds">When.</param>
internal readonly record struct ForcedOrder(Side Side, long Quantity, long Price, decimal Value, long LastQuantity, long Milliseconds);

/// <summary>The liquidation stream's loss: of each second only the largest order is published.</summary>
internal sealed class ForcedOrders
{
    private ForcedOrder? _running;
    private ForcedOrder? _largest;

    /// <summary>A fill of a forced order.</summary>
    public void Add(in MarketTrade trade)
    {
        var value = (decimal)trade.Price * trade.Quantity;
        _running = _running is { } running && running.Milliseconds == trade.Milliseconds
            ? running with { Quantity = running.Quantity + trade.Quantity, Price = trade.Price, Value = running.Value + value, LastQuantity = trade.Quantity }
            : new ForcedOrder(trade.TakerSide, trade.Quantity, trade.Price, value, trade.Quantity, trade.Milliseconds);
        _largest = _largest is { } largest && largest.Milliseconds != trade.Milliseconds && largest.Quantity >= _running.Value.Quantity
            ? largest
            : _running;
    }

    /// <summary>The order to publish for the second that ends now, if any.</summary>
    public ForcedOrder? Take()
    {
        var largest = _largest;
        _running = null;
        _largest = null;
        return largest;
    }
}
