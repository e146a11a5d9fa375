using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>From the socket to the queue, a frame costs no memory.</summary>
public sealed class AllocationTests
{
    private const int WarmUp = 2000;
    private const int Measured = 4000;

    [Fact]
    public async Task Once_warm_a_frame_of_data_allocates_nothing_on_the_receiving_thread()
    {
        var frames = 0;
        long before = 0;
        long after = 0;
        var venue = new ScriptedVenue
        {
            OnTranslate = () =>
            {
                frames++;
                before = frames == WarmUp ? GC.GetAllocatedBytesForCurrentThread() : before;
                after = frames == WarmUp + Measured ? GC.GetAllocatedBytesForCurrentThread() : after;
            },
        };
        await using var server = await FakeVenueServer.StartAsync();
        var clock = new ManualTimeProvider();
        using var rest = new RestClient(server.Rest, venue.Rules, clock);
        var plan = new ConnectionPlan("public-0", server.Socket, [ScriptedVenue.Book(0, TimeSpan.FromSeconds(5))]);
        await using var feed = new VenueFeed(venue, plan, rest, new RecordingQueue { IsMute = true }, clock);
        feed.Start();
        var connection = await server.ConnectionAsync(0);
        var frame = "d 0 17"u8.ToArray();
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            await connection.SendAsync(frame);
        }

        await Eventually.HoldsAsync(() => feed.Status.Counts.Frames == WarmUp + Measured, "every frame");
        Assert.True(after - before < Measured, $"{after - before} bytes for {Measured} frames");
    }
}
