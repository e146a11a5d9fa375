using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core;

/// <summary>
/// Something that is done to a market beside the events of its venues. Written down, as events are, so that the same market can be had again.
/// </summary>
public abstract record MarketCommand
{
    /// <summary>Does it.</summary>
    /// <returns>What the market answers; true where it has nothing to answer.</returns>
    public abstract bool Apply(Market market);
}

/// <summary>Serves a composite from now on; see <see cref="Market.Follow"/>.</summary>
/// <param name="Composite">Which.</param>
public sealed record FollowCommand(Composite Composite) : MarketCommand
{
    /// <inheritdoc />
    public override bool Apply(Market market)
    {
        market.Follow(Composite);
        return true;
    }
}

/// <summary>Takes over what a venue says now of an instrument; see <see cref="Market.Relist"/>.</summary>
/// <param name="Instrument">Which. The catalog has been told before.</param>
public sealed record RelistCommand(InstrumentId Instrument) : MarketCommand
{
    /// <inheritdoc />
    public override bool Apply(Market market)
    {
        market.Relist(Instrument);
        return true;
    }
}

/// <summary>Begins to compare a book with its venue; see <see cref="Market.BeginComparison"/>.</summary>
/// <param name="Instrument">Whose book.</param>
public sealed record BeginComparisonCommand(InstrumentId Instrument) : MarketCommand
{
    /// <inheritdoc />
    public override bool Apply(Market market) => market.BeginComparison(Instrument);
}

/// <summary>Ends a comparison for which no snapshot came.</summary>
/// <param name="Instrument">Whose book.</param>
public sealed record EndComparisonCommand(InstrumentId Instrument) : MarketCommand
{
    /// <inheritdoc />
    public override bool Apply(Market market)
    {
        market.BookOf(Instrument).EndComparison();
        return true;
    }
}

/// <summary>Compares books with snapshots; see <see cref="Market.Compare"/>.</summary>
/// <param name="Snapshots">The snapshots; other events in it are left out. Nobody changes it any more.</param>
/// <param name="IsWhole">Whether the venue shows nothing beyond their worst levels.</param>
public sealed record CompareCommand(EventBatch Snapshots, bool IsWhole) : MarketCommand
{
    /// <inheritdoc />
    public override bool Apply(Market market)
    {
        Snapshots.DeliverTo(new Comparer(market, IsWhole));
        return true;
    }

    private sealed class Comparer(Market market, bool isWhole) : EventObserver
    {
        public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
            market.Compare(snapshot, bids, asks, isWhole);
    }
}
