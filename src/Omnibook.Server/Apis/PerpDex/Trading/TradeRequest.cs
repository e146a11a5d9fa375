using Omnibook.Core.Events;
using Omnibook.Core.Routing;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>What somebody wants to open, checked.</summary>
internal sealed record TradeRequest
{
    /// <summary>The pair, as it was asked for.</summary>
    public required string Pair { get; init; }

    /// <summary>A long buys, a short sells.</summary>
    public required TakerSide Side { get; init; }

    /// <summary>How much of the coin, above 0.</summary>
    public required decimal Size { get; init; }

    /// <summary>The limit; null for an order at any price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Whether the order names a limit.</summary>
    public bool IsLimit { get; init; }

    /// <summary>A slippage above this is warned of; a fraction.</summary>
    public decimal SlippageTolerance { get; init; } = 0.01m;

    /// <summary>Notional over margin, 1 or more.</summary>
    public decimal Leverage { get; init; } = 1;

    /// <summary>How long the position is to be held.</summary>
    public decimal HoldingHours { get; init; }

    /// <summary>The part of the notional that the dex wants to see covered, a fraction; null where the caller does not say.</summary>
    public decimal? MaintenanceFraction { get; init; }

    /// <summary>Whether a real order is wanted; otherwise it stays on paper.</summary>
    public bool IsLive { get; init; }

    /// <summary>The caller's id of a real order; null has one made.</summary>
    public string? ClientId { get; init; }

    /// <summary>What the side is called.</summary>
    public string SideName => SideNameOf(Side);

    /// <summary>The order as a router takes it.</summary>
    public RouteOrder Order => new() { Side = Side, Amount = Size, Measure = RouteMeasure.Size, Limit = IsLimit ? Price : null };

    /// <summary>What a side is called: <c>long</c> or <c>short</c>.</summary>
    public static string SideNameOf(TakerSide side) => side == TakerSide.Buy ? "long" : "short";
}
