namespace Omnibook.Tests.Server.Redis;

/// <summary>E16 with a real server: whatever becomes of it, we go on and come back by ourselves.</summary>
public sealed class RealRedisTests
{
    [Fact]
    public async Task A_value_is_written_with_its_life_and_published()
    {
        using var redis = RedisServer.Start();
        using var listening = redis.Listen("news");
        await using var host = await RedisHost.StartAsync(Url(redis));
        await host.UntilAsync(() => listening.Lines.Count >= 3, "should be subscribed");
        host.Offer("price", """{"a":"ü\r\n$1"}""", TimeSpan.FromSeconds(60), "news");
        await host.UntilAsync(() => host.State.Written == 1, "should be written");
        Assert.Equal("""{"a":"ü\r\n$1"}""", redis.Ask("GET price"));
        Assert.InRange(int.Parse(redis.Ask("PTTL price"), System.Globalization.CultureInfo.InvariantCulture), 1, 60_000);
        await host.UntilAsync(() => listening.Lines.Contains("""{"a":"ü\r\n$1"}"""), "should be published");
    }

    [Fact]
    public async Task Down_at_the_start_it_is_found_when_it_comes()
    {
        using var redis = RedisServer.Prepare();
        await using var host = await RedisHost.StartAsync(Url(redis));
        await host.UntilAsync(() => host.State.Status.Reason.Contains("refused", StringComparison.OrdinalIgnoreCase), "should be refused");
        redis.Start();
        await WritesAsync(host, redis, "one");
        Assert.Single(host.Log, line => line.StartsWith("Redis at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_and_started_anew_it_is_found_again()
    {
        using var redis = RedisServer.Start();
        await using var host = await RedisHost.StartAsync(Url(redis));
        await WritesAsync(host, redis, "one");
        redis.Kill();
        host.Offer("two", "lost");
        await host.LostAsync();
        redis.Start();
        await WritesAsync(host, redis, "three");
        Assert.Equal(2, host.State.Connections);
    }

    [Fact]
    public async Task Frozen_it_is_left_and_the_queue_stays_bounded_until_it_thaws()
    {
        using var redis = RedisServer.Start();
        await using var host = await RedisHost.StartAsync(Url(redis), capacity: 10);
        await WritesAsync(host, redis, "one");
        redis.Freeze();
        try
        {
            host.Offer("two", "asked for in vain");
            await host.LostAsync();
            Assert.Contains("did not answer within", host.State.Status.Reason, StringComparison.Ordinal);
            for (var i = 0; i < 1000; i++)
            {
                host.Offer($"key {i}", "value");
            }

            Assert.True(host.Waiting.Count <= 10);
            Assert.True(host.Waiting.Dropped >= 980);
        }
        finally
        {
            redis.Thaw();
        }

        await WritesAsync(host, redis, "three");
    }

    [Fact]
    public async Task Slow_for_longer_than_our_patience_it_is_left_and_found_again()
    {
        using var redis = RedisServer.Start("--enable-debug-command local");
        await using var host = await RedisHost.StartAsync(Url(redis));
        await WritesAsync(host, redis, "one");
        var sleep = Task.Run(() => redis.Ask("DEBUG SLEEP 4"), TestContext.Current.CancellationToken);
        var number = 0;
        await host.UntilAsync(() => Offered(host, $"slow {number++ % 5}") && !host.State.Status.IsConnected, "should be lost");
        await sleep;
        await WritesAsync(host, redis, "two");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_lets_in()
    {
        using var redis = RedisServer.Start(password: "open-sesame");
        await using var wrong = await RedisHost.StartAsync($"redis://:close-sesame@127.0.0.1:{redis.Port}");
        await wrong.UntilAsync(() => wrong.State.Status.Reason.StartsWith("WRONGPASS", StringComparison.Ordinal), "should be refused");
        await using var none = await RedisHost.StartAsync(Url(redis));
        await none.UntilAsync(() => none.State.Status.Reason.StartsWith("NOAUTH", StringComparison.Ordinal), "should be refused");
        await using var right = await RedisHost.StartAsync($"redis://default:open-sesame@127.0.0.1:{redis.Port}/3");
        right.Offer("one", "value");
        await right.UntilAsync(() => right.State.Written == 1, "should be written");
        Assert.Equal("value", redis.Ask("-n 3 GET one"));
        Assert.DoesNotContain("sesame", string.Concat(wrong.Log.Concat(right.Log)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_it_refuses_which_is_told_and_takes_again_when_there_is_room()
    {
        using var redis = RedisServer.Start();
        await using var host = await RedisHost.StartAsync(Url(redis));
        await host.ConnectedAsync();
        redis.Ask("CONFIG SET maxmemory-policy noeviction");
        redis.Ask("CONFIG SET maxmemory 1");
        host.Offer("one", "value");
        await host.UntilAsync(() => host.State.Failed == 1, "should fail");
        Assert.True(host.State.Status.IsConnected);
        Assert.StartsWith("OOM", host.State.Status.Reason, StringComparison.Ordinal);
        redis.Ask("CONFIG SET maxmemory 0");
        await WritesAsync(host, redis, "two");
        Assert.Equal("", host.State.Status.Reason);
    }

    [Fact]
    public async Task A_key_of_another_type_is_replaced()
    {
        using var redis = RedisServer.Start();
        redis.Ask("LPUSH one of-another-type");
        await using var host = await RedisHost.StartAsync(Url(redis));
        await WritesAsync(host, redis, "one");
    }

    private static string Url(RedisServer redis) => $"redis://127.0.0.1:{redis.Port}";

    private static bool Offered(RedisHost host, string key)
    {
        host.Offer(key, "value");
        return true;
    }

    private static async Task WritesAsync(RedisHost host, RedisServer redis, string key)
    {
        await host.ConnectedAsync();
        host.Offer(key, $"value of {key}");
        await host.UntilAsync(() => host.Waiting.Count == 0 && redis.Ask($"GET {key}") == $"value of {key}", $"{key} should be there");
    }
}
