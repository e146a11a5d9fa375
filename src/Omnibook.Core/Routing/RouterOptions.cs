using Omnibook.Core.Liquidity;

namespace Omnibook.Core.Routing;

/// <summary>What the prices of a route are compared with.</summary>
public enum RouteReference
{
    /// <summary>The plain average of the middles of all usable books.</summary>
    AverageOfMids,

    /// <summary>The middle of the best bid and the best ask of all usable books.</summary>
    MiddleOfBest,
}

/// <summary>How a <see cref="Router"/> looks at a composite.</summary>
public sealed record RouterOptions
{
    /// <summary>Which books can be used.</summary>
    public LiquidityRules Rules { get; init; } = LiquidityRules.Default;

    /// <summary>How prices in other quote assets are told and compared.</summary>
    public QuoteConversion Conversion { get; init; } = QuoteConversion.None;

    /// <summary>What prices are compared with.</summary>
    public RouteReference Reference { get; init; }
}
