using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>One fill between a taker and one resting order.</summary>
/// <param name="Id">Contiguous within a market.</param>
/// <param name="Price">The resting order's price, in units of the market's price scale.</param>
/// <param name="Quantity">In units of the market's quantity scale.</param>
/// <param name="Milliseconds">When, in Unix milliseconds.</param>
/// <param name="TakerSide">Bid when the taker bought.</param>
/// <param name="MakerOrder">The number of the resting order, for made-up participants.</param>
/// <param name="IsLiquidation">True when the taker was a forced order.</param>
public readonly record struct MarketTrade(
    long Id, long Price, long Quantity, long Milliseconds, Side TakerSide, long MakerOrder, bool IsLiquidation);
