using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Subscriptions that are answered late, never, or with a no.</summary>
public sealed class AcknowledgementTests
{
    private static readonly StreamPlan[] TwoBooks = [ScriptedVenue.Book(0), ScriptedVenue.Book(1)];

    private static readonly VenueRules FiveSeconds = ScriptedVenue.CalmRules with { AcknowledgeTimeout = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task What_was_not_acknowledged_is_asked_for_once_more_and_then_the_connection_is_made_anew()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("a 0");
        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 1, "the acknowledgement");
        var waited = await rig.HoldsAsync(() => first.Received.Length == 3, TimeSpan.FromSeconds(6), "a second request");
        Assert.InRange(waited, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        Assert.Equal("resubscribe book S1", first.Received[^1]);
        await rig.HoldsAsync(() => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(6), "another connection");
        Assert.Contains(rig.Notices, notice => notice.Text.Contains("neither at the first nor at the second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_request_that_is_acknowledged_is_enough()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("a 0");
        await rig.HoldsAsync(() => first.Received.Length == 3, TimeSpan.FromSeconds(6), "a second request");
        await first.SendAsync("a 1");
        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 2, "the acknowledgement");
        await rig.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Single(rig.Server.Connections);
    }

    [Fact]
    public async Task Data_is_as_good_as_an_acknowledgement_and_so_is_one_answer_for_each_frame()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var data = await rig.Server.ConnectionAsync(0);
        await data.SendAsync("d 0 1");
        await data.SendAsync("d 1 1");
        await rig.QueuedAsync("update S1 1");
        await using var other = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var plain = await other.Server.ConnectionAsync(0);
        await plain.SendAsync("a -1");
        await plain.SendAsync("a -1");
        await Eventually.HoldsAsync(() => other.Feed.Status.Counts.Frames == 2, "the acknowledgements");
        await rig.PassAsync(TimeSpan.FromSeconds(15));
        await other.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal((2, 2), (data.Received.Length, plain.Received.Length));
    }

    [Fact]
    public async Task A_refused_symbol_is_switched_off_in_the_venues_words_and_the_others_go_on()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("r 1 Invalid symbol S1");
        await first.SendAsync("a 0");
        await first.SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        Assert.True(rig.Queue.Has("Disabled:subscription-refused S1"));
        Assert.Equal((ChannelState.Refused, "Invalid symbol S1"), (rig.ChannelOf("book S1").State, rig.ChannelOf("book S1").Detail));
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, first.Received.Length);

        await first.CloseAsync(1001);
        var second = await rig.Server.ConnectionAsync(1);
        await second.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        await Eventually.HoldsAsync(() => second.Received.Length > 0, "the subscription");
        Assert.Equal(["subscribe book S0"], second.Received);
        Assert.Equal("Disabled:subscription-refused S1", rig.Queue.Statuses.Last(text => text.EndsWith("S1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_refused_symbol_is_asked_for_again_after_growing_pauses_and_begins_when_it_is_accepted()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("a 0");
        await connection.SendAsync("r 1 Invalid symbol S1");
        await rig.QueuedAsync("Disabled:subscription-refused S1");

        var first = await rig.HoldsAsync(() => connection.Received.Length == 3, TimeSpan.FromSeconds(20), "the second request");
        await connection.SendAsync("r 1 Invalid symbol S1");
        await Eventually.HoldsAsync(() => rig.Queue.Statuses.Count(text => text == "Disabled:subscription-refused S1") == 2, "the second refusal");
        var second = await rig.HoldsAsync(() => connection.Received.Length == 4, TimeSpan.FromSeconds(40), "the third request");
        await connection.SendAsync("a 1");
        await connection.SendAsync("d 1 5");
        await rig.QueuedAsync("update S1 5");

        Assert.InRange(first, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(16));
        Assert.InRange(second, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        Assert.Equal("Buffering:awaiting-snapshot S1", rig.Queue.Statuses.Last(text => text.EndsWith("S1", StringComparison.Ordinal)));
        await rig.HoldsAsync(() => rig.ChannelOf("book S1").State == ChannelState.Delivering, TimeSpan.FromSeconds(2), "the channel delivers");
        Assert.Equal(["resubscribe book S1", "resubscribe book S1"], connection.Received[2..]);
    }

    [Fact]
    public async Task A_refused_symbol_that_a_connection_was_opened_without_comes_with_another_one()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(FiveSeconds));
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("a 0");
        await first.SendAsync("r 1 Invalid symbol S1");
        await rig.QueuedAsync("Disabled:subscription-refused S1");
        await first.CloseAsync(1001);
        var second = await rig.Server.ConnectionAsync(1);
        await second.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");

        await rig.HoldsAsync(() => rig.Server.Connections.Length == 3, TimeSpan.FromSeconds(20), "another connection");
        var third = await rig.Server.ConnectionAsync(2);
        await Eventually.HoldsAsync(() => third.Received.Length == 2, "both subscriptions");
        Assert.Equal("Buffering:awaiting-snapshot S1", rig.Queue.Statuses.Last(text => text.EndsWith("S1", StringComparison.Ordinal)));
        await third.SendAsync("d 0 3");
        await third.SendAsync("d 1 1");
        await rig.QueuedAsync("update S1 1");
        await rig.HoldsAsync(() => rig.Feed.Status.Counts.Replacements == 1, TimeSpan.FromSeconds(5), "the other one takes over");
    }
}
