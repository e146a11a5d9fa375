using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Streams;

public sealed class TopicTests
{
    [Fact]
    public async Task A_client_that_comes_gets_the_newest_state_at_once()
    {
        await using var host = await StreamHost.StartAsync();
        host.States.Publish(host.Render("old"));
        host.States.Publish(host.Render("new"));
        await StreamHost.UntilAsync(() => TakeLatest(host.States) == "new");

        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        Assert.Equal("new", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Every_follower_gets_every_event_once_and_in_order()
    {
        await using var host = await StreamHost.StartAsync();
        using var first = await RawClient.ConnectAsync(host.Address, "/events");
        using var second = await RawClient.ConnectAsync(host.Address, "/events");
        await StreamHost.UntilAsync(() => host.Events.Followers == 2);

        for (var i = 0; i < 200; i++)
        {
            host.Events.Publish(host.Render($"{i}"));
        }

        foreach (var client in new[] { first, second })
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal($"{i}", await client.ReadTextAsync());
            }
        }
    }

    [Fact]
    public async Task A_follower_that_joins_between_two_events_misses_none_and_gets_none_twice()
    {
        await using var host = await StreamHost.StartAsync();
        host.Events.Publish(host.Render("1"));
        await StreamHost.UntilAsync(() => TakeLatest(host.Events) == "1");
        using var client = await RawClient.ConnectAsync(host.Address, "/events");
        await StreamHost.UntilAsync(() => host.Events.Followers == 1);
        host.Events.Publish(host.Render("2"));

        Assert.Equal("1", await client.ReadTextAsync());
        Assert.Equal("2", await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_state_that_was_forgotten_greets_nobody()
    {
        await using var host = await StreamHost.StartAsync();
        host.States.Publish(host.Render("old"));
        await StreamHost.UntilAsync(() => TakeLatest(host.States) == "old");
        host.States.Forget();

        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        await StreamHost.UntilAsync(() => host.States.Followers == 1);
        host.States.Publish(host.Render("new"));
        Assert.Equal("new", await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_follower_any_more()
    {
        await using var host = await StreamHost.StartAsync();
        using (await RawClient.ConnectAsync(host.Address, "/both"))
        {
            await StreamHost.UntilAsync(() => host.States.Followers == 1 && host.Events.Followers == 1);
        }

        await StreamHost.UntilAsync(() => host.States.Followers == 0 && host.Events.Followers == 0 && host.Clients.Count == 0);
    }

    private static string? TakeLatest(Topic topic)
    {
        var frame = topic.TakeLatest();
        var text = frame is null ? null : System.Text.Encoding.UTF8.GetString(frame.Text.Span);
        frame?.Release();
        return text;
    }
}
