using Omnibook.Core.Liquidity;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>What the dialect holds every pair to.</summary>
internal static class PerpRules
{
    /// <summary>A book that was not updated for longer is no source of prices, and no order is routed to it.</summary>
    public static LiquidityRules Fresh { get; } = new() { StaleAfter = TimeSpan.FromSeconds(30) };

    /// <summary>Prices are pushed at most this often.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromMilliseconds(50);
}
