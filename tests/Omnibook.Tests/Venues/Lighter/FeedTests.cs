using Omnibook.Tests.Time;
using Omnibook.Tests.Venues.Feed;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>The session behind a feed, over a real socket: what it answers reaches the venue.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Pings_are_answered_and_a_lost_book_is_given_up_and_subscribed_again()
    {
        await using var server = await FakeVenueServer.StartAsync();
        server.OnFrame = (connection, frame) => frame.Contains("unsubscribe", StringComparison.Ordinal)
            ? connection.SendAsync("""{"type":"unsubscribed","channel":"order_book:1"}""")
            : Task.CompletedTask;
        var venue = LighterDesk.Venue;
        using var rest = new RestClient(server.Rest, venue.Rules, TimeProvider.System);
        var plan = venue.Plan([LighterDesk.Bitcoin])[0] with { Address = server.Socket };
        await using var feed = new VenueFeed(venue, plan, rest, new RecordingQueue(), TimeProvider.System);
        feed.Start();
        var connection = await server.ConnectionAsync(0);
        await Eventually.HoldsAsync(() => connection.Received.Length == 4, "everything is asked for");

        await connection.SendAsync("""{"type":"ping"}""");
        await Eventually.HoldsAsync(() => connection.Received.Length == 5, "the pong");
        Assert.Equal("""{"type":"pong"}""", connection.Received[^1]);

        feed.RequestSnapshot(LighterDesk.Bitcoin.Id);
        await Eventually.HoldsAsync(() => connection.Received.Length == 7, "the book is begun anew");
        Assert.Equal(
            ["""{"type":"unsubscribe","channel":"order_book/1"}""", """{"type":"subscribe","channel":"order_book/1"}"""], connection.Received[5..]);
    }
}
