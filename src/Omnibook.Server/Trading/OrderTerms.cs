using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>An order as somebody asks for it.</summary>
internal sealed record OrderTerms
{
    /// <summary>The venue's spelling of the coin, in any letter case where only one is meant.</summary>
    public required string Coin { get; init; }

    /// <summary>Whether it buys.</summary>
    public required bool IsBuy { get; init; }

    /// <summary>The limit, in dollars.</summary>
    public required decimal Price { get; init; }

    /// <summary>How much of the coin.</summary>
    public required decimal Size { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>How long it is to stand.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>The caller's id; null has one made.</summary>
    public string? ClientId { get; init; }
}

/// <summary>An order of the venue by its number or by our id.</summary>
/// <param name="OrderId">The venue's number, or null.</param>
/// <param name="ClientId">Our id, or null.</param>
internal readonly record struct OrderKey(long? OrderId, string? ClientId)
{
    /// <inheritdoc />
    public override string ToString() => ClientId ?? $"{OrderId}";
}

/// <summary>What became of what somebody asked for.</summary>
/// <param name="ClientId">Our id; null where there is none.</param>
/// <param name="Result">What became of it.</param>
internal sealed record OrderReport(string? ClientId, OrderResult Result)
{
    /// <summary>The order that it is about, as it is sent; null for one that cannot be.</summary>
    public OrderIntent? Order { get; init; }

    /// <summary>It was checked and written down, and not sent.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The same order was placed before; this is what became of it then.</summary>
    public bool IsRepeat { get; init; }
}
