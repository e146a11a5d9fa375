using System.Text.Json;
using Omnibook.Tests.Time;
using Omnibook.Tests.Venues.Feed;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>The session behind a feed, over a real socket: what it answers reaches the venue.</summary>
public sealed class FeedTests
{
    private const string Guilty = "publicTrade.BTCUSDT";

    [Fact]
    public async Task A_refused_batch_costs_the_guilty_topic_alone()
    {
        await using var server = await FakeVenueServer.StartAsync();
        server.OnFrame = AnswerAsync;
        using var rest = new RestClient(server.Rest, BybitDesk.Venue.Rules, TimeProvider.System);
        var plan = BybitDesk.Venue.Plan([BybitDesk.Bitcoin])[0] with { Address = server.Socket };
        await using var feed = new VenueFeed(BybitDesk.Venue, plan, rest, new RecordingQueue(), TimeProvider.System);
        feed.Start();
        var connection = await server.ConnectionAsync(0);

        await Eventually.HoldsAsync(
            () => connection.Received.Length >= 5 && feed.Status.Channels.Any(channel => channel.State == ChannelState.Refused), "every part is asked for");

        Assert.Equal(["s-0-5", "s-0-2", "s-2-3", "s-2-1", "s-3-2"], connection.Received.Take(5).Select(Number));
        Assert.Equal(Guilty, Assert.Single(feed.Status.Channels, channel => channel.State == ChannelState.Refused).Name);
    }

    private static string Number(string request)
    {
        using var document = JsonDocument.Parse(request);
        return document.RootElement.GetProperty("req_id").GetString()!;
    }

    private static async Task AnswerAsync(FakeVenueConnection connection, string request)
    {
        using var document = JsonDocument.Parse(request);
        var isGood = document.RootElement.GetProperty("args").EnumerateArray().All(topic => topic.GetString() != Guilty);
        await connection.SendAsync(
            $$"""{"success":{{(isGood ? "true" : "false")}},"ret_msg":"{{(isGood ? "" : $"error:handler not found,topic:{Guilty}")}}","conn_id":"1","req_id":"{{Number(request)}}","op":"subscribe"}""");
    }
}
