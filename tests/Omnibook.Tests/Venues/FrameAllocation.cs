using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues;

/// <summary>Measures what the translation of a frame allocates once everything is warm.</summary>
internal static class FrameAllocation
{
    /// <summary>Fails when a thousand translations allocate anything, or one comes to something else than expected.</summary>
    public static void AssertNone(IVenueSession session, byte[] frame, params FrameKind[] kinds)
    {
        var batch = new EventBatch();
        Translate(2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate(int times)
        {
            for (var i = 0; i < times; i++)
            {
                batch.Clear();
                var outcome = session.Translate(frame, FrameDesk.Noon, batch);
                if (Array.IndexOf(kinds, outcome.Kind) < 0)
                {
                    Assert.Fail(outcome.ToString());
                }
            }
        }
    }
}
