using Omnibook.Core.Events;

namespace Omnibook.Venues.Lighter;

/// <summary>A trade as a frame tells it.</summary>
/// <param name="Trade">The trade.</param>
/// <param name="Kind">How it came about.</param>
internal readonly record struct LighterTrade(Trade Trade, LighterTradeKind Kind);

/// <summary>How a trade came about: its field <c>type</c>.</summary>
internal enum LighterTradeKind
{
    /// <summary><c>trade</c>, and whatever else the venue may come to call one.</summary>
    Regular,

    /// <summary><c>liquidation</c> or <c>deleverage</c>: the taker's position was closed by force.</summary>
    Forced,

    /// <summary><c>market-settlement</c>: a market was closed and positions were settled at its last price. Nobody traded.</summary>
    Settlement,
}
