using Omnibook.Core.Events;

namespace Omnibook.Core.Routing;

/// <summary>What the amount of an order counts.</summary>
public enum RouteMeasure
{
    /// <summary>The base asset.</summary>
    Size,

    /// <summary>The quote asset: Σ price × quantity, without fees.</summary>
    Notional,
}

/// <summary>An order for which a way is to be found.</summary>
public readonly record struct RouteOrder
{
    /// <summary>Whether it buys or sells.</summary>
    public required TakerSide Side { get; init; }

    /// <summary>How much, above zero.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Of what.</summary>
    public required RouteMeasure Measure { get; init; }

    /// <summary>No level worse than this price counts; null for any.</summary>
    public decimal? Limit { get; init; }

    /// <summary>
    /// Whether each venue fills whole lots only. What is left and is worth less than a lot stays unfilled and does not make the order incomplete.
    /// </summary>
    public bool WholeLots { get; init; }
}
