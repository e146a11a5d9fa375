using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>A limit order that waits in the queue of its price.</summary>
internal sealed class RestingOrder
{
    /// <summary>Counts up in the order of arrival, which is the order of execution within a price.</summary>
    public required long Id { get; init; }

    /// <summary>The side it rests on.</summary>
    public required Side Side { get; init; }

    /// <summary>The level that it belongs to.</summary>
    public required PriceLevel Level { get; init; }

    /// <summary>What is still to be filled.</summary>
    public long Remaining { get; set; }

    /// <summary>True for an order of a client: only its fills and its owner take it out of the book.</summary>
    public bool IsOwned { get; set; }

    /// <summary>Where it stands in the book's list of all orders, so that any order can be picked at random.</summary>
    public int Slot { get; set; }
}

/// <summary>The orders that rest at one price, first come first served.</summary>
internal sealed class PriceLevel(long price)
{
    /// <summary>In units of the market's price scale.</summary>
    public long Price { get; } = price;

    /// <summary>The sum of what the orders have left.</summary>
    public long Quantity { get; set; }

    /// <summary>The orders, oldest first.</summary>
    public List<RestingOrder> Queue { get; } = new(2);
}

/// <summary>One level as a feed shows it.</summary>
/// <param name="Price">In units of the market's price scale.</param>
/// <param name="Quantity">In units of the market's quantity scale.</param>
/// <param name="Orders">How many orders make it up.</param>
public readonly record struct TrueLevel(long Price, long Quantity, int Orders);
