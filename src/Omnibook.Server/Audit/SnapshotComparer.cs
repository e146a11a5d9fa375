using Omnibook.Core;
using Omnibook.Core.Events;

namespace Omnibook.Server.Audit;

/// <summary>Gives a snapshot to the market as something to compare with, not as something to apply.</summary>
internal sealed class SnapshotComparer(Market market, bool isWhole) : EventObserver
{
    /// <inheritdoc />
    public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        market.Compare(snapshot, bids, asks, isWhole);
}
