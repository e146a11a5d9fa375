using System.Collections.Concurrent;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>A feed between a fake venue server and a queue that writes down what comes, on a clock that the test moves.</summary>
internal sealed class FeedRig : IAsyncDisposable
{
    private FeedRig(FakeVenueServer server, ScriptedVenue venue, IReadOnlyList<StreamPlan> streams, Func<FeedOptions, FeedOptions> configure)
    {
        Server = server;
        // The clock runs ahead of real sockets: what they do must not time out by it, unless a test wants just that.
        var patience = TimeSpan.FromDays(1);
        Rest = new RestClient(server.Rest, venue.Rules, Clock, new RestClientOptions { Timeout = patience });
        var options = configure(new FeedOptions { Seed = 7, Notices = Notices.Enqueue, HandshakeTimeout = patience });
        Feed = new VenueFeed(venue, new ConnectionPlan("public-0", server.Socket, streams), Rest, Queue, Clock, options);
    }

    public ManualTimeProvider Clock { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public FakeVenueServer Server { get; }

    public RestClient Rest { get; }

    public VenueFeed Feed { get; }

    public ConcurrentQueue<FeedNotice> Notices { get; } = new();

    public static async Task<FeedRig> StartAsync(
        IReadOnlyList<StreamPlan> streams, ScriptedVenue? venue = null, Func<FeedOptions, FeedOptions>? configure = null, Action<FakeVenueServer>? script = null)
    {
        var server = await FakeVenueServer.StartAsync();
        script?.Invoke(server);
        var rig = new FeedRig(server, venue ?? new ScriptedVenue(), streams, configure ?? (options => options));
        rig.Feed.Start();
        return rig;
    }

    /// <summary>Answers every subscription as the venue would: acknowledged by the place of its stream.</summary>
    public static Func<FakeVenueConnection, string, Task> Acknowledging(IReadOnlyList<StreamPlan> streams) => (connection, frame) =>
    {
        var name = frame[(frame.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return connection.SendAsync($"a {streams.ToList().FindIndex(stream => stream.Name == name)}");
    };

    public Task QueuedAsync(string text) =>
        Eventually.HoldsAsync(() => Queue.Has(text), () => $"{text} in: {string.Join(" | ", Queue.Events)}");

    public Task<TimeSpan> QueuedAsync(string text, TimeSpan within) =>
        HoldsAsync(() => Queue.Has(text), within, text);

    /// <summary>Moves the clock until a condition holds, and not while a socket is being opened.</summary>
    public Task<TimeSpan> HoldsAsync(Func<bool> condition, TimeSpan within, string what) =>
        Clock.HoldsAsync(condition, within, what, () => Feed.Status.State == FeedState.Connecting);

    public Task PassAsync(TimeSpan span)
    {
        var end = Clock.Elapsed + span;
        return HoldsAsync(() => Clock.Elapsed >= end, span * 2, "time passes");
    }

    public ChannelStatus ChannelOf(string name) => Feed.Status.Channels.Single(channel => channel.Name == name);

    public static InstrumentId Id(int id) => new(id);

    public async ValueTask DisposeAsync()
    {
        await Feed.DisposeAsync();
        Rest.Dispose();
        await Server.DisposeAsync();
    }
}
