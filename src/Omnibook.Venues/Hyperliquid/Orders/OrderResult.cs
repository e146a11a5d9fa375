namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>What became of an order, or of the wish to cancel one.</summary>
public enum OrderState
{
    /// <summary>It is in the book.</summary>
    Resting,

    /// <summary>It is filled, as far as it ever will be.</summary>
    Filled,

    /// <summary>It is out of the book, filled in part or not at all.</summary>
    Cancelled,

    /// <summary>The venue accepted it and it waits for another order.</summary>
    Waiting,

    /// <summary>It was not accepted: nothing has happened.</summary>
    Refused,

    /// <summary>It was sent and nobody has said what became of it.</summary>
    Unknown,
}

/// <summary>What became of one order.</summary>
/// <param name="State">What.</param>
public sealed record OrderResult(OrderState State)
{
    /// <summary>The venue's number of the order; null where there is none.</summary>
    public long? OrderId { get; init; }

    /// <summary>How much of the coin is filled; null where it is not said.</summary>
    public decimal? FilledSize { get; init; }

    /// <summary>At which price on average, in dollars; null where it is not said.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>What is wrong, in the words of the venue or of whoever checked; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>It was not accepted.</summary>
    public static OrderResult Refused(string problem) => new(OrderState.Refused) { Problem = problem };

    /// <summary>It was sent, and the answer did not come.</summary>
    public static OrderResult Unknown(string problem) => new(OrderState.Unknown) { Problem = problem };
}
