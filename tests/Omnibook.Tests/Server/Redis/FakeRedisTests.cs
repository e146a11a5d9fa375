namespace Omnibook.Tests.Server.Redis;

/// <summary>E16 with something that only looks like Redis.</summary>
public sealed class FakeRedisTests
{
    [Fact]
    public async Task An_answer_may_be_torn_anywhere()
    {
        using var redis = new FakeRedis("+P|ON|G\r|\n", "+|O|K|\r|\n");
        await using var host = await RedisHost.StartAsync(redis.Url);
        host.Offer("one", "value");
        await host.UntilAsync(() => host.State.Written == 1, "should be written");
        Assert.Equal(1, host.State.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "no reply of Redis")]
    [InlineData("*1\r\n$1\r\na\r\n", "no reply of Redis")]
    [InlineData("\r\n", "no reply of Redis")]
    [InlineData("!", "closed the connection")]
    [InlineData("+O!", "closed the connection")]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n", "LOADING")]
    public async Task What_is_no_answer_ends_the_connection_and_the_next_one_serves(string answer, string told)
    {
        using var redis = new FakeRedis(answer, answer, answer);
        await using var host = await RedisHost.StartAsync(redis.Url);
        await host.UntilAsync(() => host.State.Status.Reason.Contains(told, StringComparison.Ordinal) || host.State.Status.IsConnected, "should be told");
        Assert.Contains(host.Log, line => line.Contains(told, StringComparison.Ordinal));
        await host.ConnectedAsync();
        host.Offer("one", "value");
        await host.UntilAsync(() => host.State.Written == 1, "should be written");
    }

    [Fact]
    public async Task An_endless_line_ends_the_connection()
    {
        using var redis = new FakeRedis("+" + new string('a', 70_000));
        await using var host = await RedisHost.StartAsync(redis.Url);
        await host.ConnectedAsync();
        Assert.Contains(host.Log, line => line.Contains("a line of more than", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silence_ends_the_connection_and_every_value_that_went_is_counted()
    {
        using var redis = new FakeRedis("+PONG\r\n", "+OK\r\n");
        await using var host = await RedisHost.StartAsync(redis.Url);
        await host.ConnectedAsync();
        host.Offer("one", "value", channel: "news");
        await host.UntilAsync(() => host.State.Failed == 1, "should fail");
        Assert.Contains("did not answer within", string.Concat(host.Log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n")]
    [InlineData("-READONLY You can't write against a read only replica.\r\n")]
    [InlineData("-NOPERM this user has no permissions\r\n")]
    public async Task A_refused_value_is_counted_and_told_once_and_the_rest_goes_on(string refusal)
    {
        using var redis = new FakeRedis("+PONG\r\n", refusal, refusal);
        await using var host = await RedisHost.StartAsync(redis.Url);
        await host.ConnectedAsync();
        host.Offer("one", "value");
        await host.UntilAsync(() => host.State.Failed == 1, "should fail");
        Assert.Equal(refusal[1..].Trim(), host.State.Status.Reason);
        host.Offer("two", "value");
        await host.UntilAsync(() => host.State.Failed == 2, "should fail");
        host.Offer("three", "value");
        await host.UntilAsync(() => host.State.Written == 1, "should be written");
        Assert.Single(host.Log, line => line.StartsWith("Redis refuses", StringComparison.Ordinal));
        Assert.Equal(("", 1), (host.State.Status.Reason, host.State.Connections));
    }

    [Fact]
    public async Task What_waited_longer_than_it_lives_is_not_written_any_more()
    {
        using var redis = new FakeRedis();
        await using var host = await RedisHost.StartAsync(redis.Url);
        await host.ConnectedAsync();
        host.Offer("old", "value", TimeSpan.Zero);
        await host.UntilAsync(() => host.State.Failed == 1, "should be left out");
        Assert.Equal(0, host.State.Written);
    }
}
