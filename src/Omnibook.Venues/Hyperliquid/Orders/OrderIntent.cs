namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>How long an order is to stand.</summary>
public enum TimeInForce
{
    /// <summary>Until it is filled or cancelled.</summary>
    Gtc,

    /// <summary>What is not filled at once is cancelled.</summary>
    Ioc,

    /// <summary>Only if nothing of it is filled at once.</summary>
    Alo,
}

/// <summary>An order that somebody wants to place.</summary>
public sealed record OrderIntent
{
    /// <summary>What.</summary>
    public required OrderAsset Asset { get; init; }

    /// <summary>Whether it buys; otherwise it sells.</summary>
    public required bool IsBuy { get; init; }

    /// <summary>The limit, in dollars.</summary>
    public required decimal Price { get; init; }

    /// <summary>How much of the coin.</summary>
    public required decimal Size { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>How long it is to stand.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>Our own id: 0x and 32 hexadecimal digits in lower case. An order without one could not be found again after a lost answer.</summary>
    public required string ClientId { get; init; }

    /// <summary>Price × size, in dollars.</summary>
    public decimal Notional => Price * Size;
}
