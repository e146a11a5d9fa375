using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>
/// Finds whose book a REST body is. Where a venue's body names no symbol it is the one whose book stream is in the capture;
/// with several, the one whose traded prices the body's touch lies in, or nearest to.
/// </summary>
internal static class SnapshotOwner
{
    public static Instrument? Find(
        IVenue venue, IReadOnlyCollection<CapturedInstrument> captured, IReadOnlyList<Instrument> instruments, ReadOnlySpan<byte> body)
    {
        Instrument? nearest = null;
        var smallest = double.PositiveInfinity;
        foreach (var candidate in captured.Where(candidate => candidate.HasBook))
        {
            var instrument = instruments.First(instrument => instrument.Listing == candidate.Listing);
            var touch = new SnapshotTouch();
            var batch = new EventBatch();
            if (venue.TryTranslateSnapshot(instrument, body, default, batch))
            {
                batch.DeliverTo(touch);
                var distance = touch.DistanceTo(candidate);
                (nearest, smallest) = nearest is null || distance < smallest ? (instrument, distance) : (nearest, smallest);
            }
        }

        return nearest;
    }
}
