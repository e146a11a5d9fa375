using System.Text;
using Omnibook.Server.Redis;
using Omnibook.Tests.Server.Configuration;

namespace Omnibook.Tests.Server.Redis;

public sealed class RedisPartsTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost", 6379, 0, false, null, null)]
    [InlineData("redis://localhost:7000/2", "localhost", 7000, 2, false, null, null)]
    [InlineData("rediss://me:pass%40word@cache.example:6380/", "cache.example", 6380, 0, true, "me", "pass@word")]
    [InlineData("redis://:word@127.0.0.1", "127.0.0.1", 6379, 0, false, null, "word")]
    [InlineData("redis://word@127.0.0.1", "127.0.0.1", 6379, 0, false, null, "word")]
    [InlineData("redis://[::1]:6379", "::1", 6379, 0, false, null, null)]
    public void An_address_is_read(string text, string host, int port, int database, bool tls, string? user, string? password)
    {
        var address = RedisAddress.Parse(text)!;
        Assert.Equal((host, port, database, tls, user, password), (address.Host, address.Port, address.Database, address.IsTls, address.User, address.Password));
        Assert.DoesNotContain("word", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://localhost:6379")]
    [InlineData("redis://localhost/zero")]
    [InlineData("redis://localhost/-1")]
    [InlineData("redis://localhost?db=1")]
    [InlineData("redis://")]
    public void What_is_no_address_is_refused_without_being_shown(string text)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.Variable("REDIS_URL", text).Load().Problems);
        Assert.Equal("REDIS_URL", problem.Name);
        Assert.DoesNotContain(text + "\"", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_there_is_no_Redis_and_a_password_is_never_shown()
    {
        using var sources = new Sources();
        Assert.Null(sources.Good().Redis);
        var loaded = sources.Variable("REDIS_URL", "redis://:made-up-word@cache.example/1").Variable("PRICE_CACHE_TTL", "5").Load();
        Assert.Equal(TimeSpan.FromSeconds(5), loaded.Options.Redis!.PriceLife);
        Assert.DoesNotContain("made-up-word", string.Join(' ', loaded.Effective) + loaded.Options, StringComparison.Ordinal);
        Assert.Contains(loaded.Effective, setting => setting is { Name: "Redis:Url", Value: "redis://***@cache.example:6379/1" });
    }

    [Fact]
    public void A_command_is_an_array_of_texts_with_their_lengths_in_bytes()
    {
        var commands = new RespWriter();
        commands.Set("ü", "{}"u8, TimeSpan.FromSeconds(1));
        commands.Publish("c", "\r\n"u8);
        commands.Command("PING");
        Assert.Equal(3, commands.Commands);
        Assert.Equal(
            "*5\r\n$3\r\nSET\r\n$2\r\nü\r\n$2\r\n{}\r\n$2\r\nPX\r\n$4\r\n1000\r\n*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$2\r\n\r\n\r\n*1\r\n$4\r\nPING\r\n",
            Encoding.UTF8.GetString(commands.Bytes.Span));
    }

    [Fact]
    public void Only_the_newest_value_of_a_key_waits_and_what_was_to_be_published_still_is()
    {
        using var waiting = new LatestWrites(2);
        waiting.Offer(Write("a", "1", "news"));
        waiting.Offer(Write("b", "1", null));
        waiting.Offer(Write("a", "2", null));
        waiting.Offer(Write("c", "1", null));
        Assert.Equal((2, 1, 1), (waiting.Count, waiting.Replaced, waiting.Dropped));
        waiting.Offer(Write("b", "2", "news"));
        waiting.Offer(Write("b", "3", null));
        var taken = new List<RedisWrite>();
        waiting.Take(taken, 10);
        Assert.Equal([("b", "3", "news"), ("c", "1", null)], taken.Select(write => (write.Key, Encoding.UTF8.GetString(write.Value), write.Channel)));
        Assert.Equal(0, waiting.Count);
    }

    private static RedisWrite Write(string key, string value, string? channel) => new(key, Encoding.UTF8.GetBytes(value), TimeSpan.FromSeconds(1), channel, 0);
}
