using Omnibook.Server.Apis;
using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Streams;

/// <summary>What clients do to a server, over real sockets.</summary>
public sealed class ClientConnectionTests
{
    private static readonly string Large = new('x', 20_000);

    [Fact]
    public async Task A_client_that_never_reads_harms_nobody_and_is_closed_with_1013()
    {
        await using var host = await StreamHost.StartAsync();
        using var stuck = await RawClient.ConnectAsync(host.Address, "/events", receiveBuffer: 4096);
        using var reader = await RawClient.ConnectAsync(host.Address, "/events");
        await StreamHost.UntilAsync(() => host.Events.Followers == 2);

        // 20 MB: more than any socket buffer between the two takes, so that a send to the stuck client hangs.
        for (var i = 0; i < 1000; i++)
        {
            host.Events.Publish(host.Render($"{i} {Large}"));
            Assert.StartsWith($"{i} ", await reader.ReadTextAsync(), StringComparison.Ordinal);
        }

        await CloseSlowAsync(host);
        Assert.Equal(1, host.Counters.SlowClients);
        host.Events.Publish(host.Render("after"));
        Assert.Equal("after", await reader.ReadTextAsync());

        var (code, reason) = await stuck.ReadCloseAsync();
        Assert.Equal(1013, code);
        Assert.Contains("slow consumer", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_stuck_for_ten_seconds_is_closed_and_then_cut()
    {
        await using var host = await StreamHost.StartAsync();
        using var stuck = await RawClient.ConnectAsync(host.Address, "/states", receiveBuffer: 4096);
        await StreamHost.UntilAsync(() => host.States.Followers == 1);
        for (var i = 0; i < 1000; i++)
        {
            host.States.Publish(host.Render(Large));
            await Task.Yield();
        }

        await StreamHost.UntilAsync(() =>
        {
            host.States.Publish(host.Render(Large));
            host.Time.Advance(TimeSpan.FromSeconds(11));
            return host.Clients.Count == 0;
        });
        Assert.Equal(1, host.Counters.SlowClients);
        Assert.Equal(0, host.States.Followers);
    }

    [Fact]
    public async Task A_message_of_more_than_64_KiB_ends_the_connection_with_1009()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await client.SendTextAsync(new string('x', 64 * 1024));
        Assert.Equal(64 * 1024, (await client.ReadTextAsync()).Length);
        await client.SendTextAsync(new string('x', 64 * 1024 + 1));
        Assert.Equal(1009, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task A_message_in_many_parts_is_put_together_within_the_limit()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await client.SendAsync(0x01, "x"u8.ToArray());
        for (var i = 0; i < 998; i++)
        {
            await client.SendAsync(0x00, "x"u8.ToArray());
        }

        await client.SendAsync(0x80, "x"u8.ToArray());
        Assert.Equal(new string('x', 1000), await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_binary_message_ends_the_connection_with_1003()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await client.SendAsync(0x82, [1, 2, 3]);
        Assert.Equal(1003, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_ends_the_connection_with_1007()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await client.SendAsync(0x81, [0xC0, 0xAF]);
        Assert.Equal(1007, (await client.ReadCloseAsync()).Code);
    }

    [Theory]
    [InlineData(0xC1)] // A reserved bit.
    [InlineData(0x83)] // A reserved opcode.
    [InlineData(0x80)] // A continuation of nothing.
    public async Task A_frame_that_breaks_the_protocol_ends_the_connection_with_1002(byte firstByte)
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await client.SendAsync(firstByte, [1]);
        Assert.Equal(1002, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task Frames_of_every_size_arrive_whole_and_in_order_however_many_wait()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/events");
        await StreamHost.UntilAsync(() => host.Events.Followers == 1);
        var lengths = Enumerable.Range(0, 400).Select(i => i % 50 == 0 ? 70_000 : i * 37 % 3000).ToList();
        for (var i = 0; i < lengths.Count; i++)
        {
            host.Events.Publish(host.Render($"{i} " + new string('x', lengths[i])));
        }

        for (var i = 0; i < lengths.Count; i++)
        {
            Assert.Equal($"{i} " + new string('x', lengths[i]), await client.ReadTextAsync());
        }

        await StreamHost.UntilAsync(() => host.Counters.FramesSent == lengths.Count);
    }

    [Fact]
    public async Task A_flood_for_two_seconds_ends_the_connection_with_1008()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await FloodAsync(client, 60);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 51; i++)
        {
            await client.SendTextAsync("2");
        }

        Assert.Equal(1008, (await client.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task A_burst_of_one_second_is_forgiven()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/echo");
        await FloodAsync(client, 200);
        host.Time.Advance(TimeSpan.FromSeconds(3));
        await FloodAsync(client, 200);
        Assert.Equal(1, host.Clients.Count);
    }

    [Fact]
    public async Task Messages_that_mean_nothing_are_ignored()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        foreach (var nonsense in new[] { "", "{", "null", "\u0000", "{\"type\":1e400}" })
        {
            await client.SendTextAsync(nonsense);
        }

        host.States.Publish(host.Render("state"));
        Assert.Equal("state", await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye_with_1001_and_never_1000()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        await StreamHost.UntilAsync(() => host.States.Followers == 1);
        var stopping = host.StopAsync();

        Assert.Equal(1001, (await client.ReadCloseAsync()).Code);
        await client.SendAsync(0x88, [0x03, 0xE9]);
        await stopping;
    }

    [Fact]
    public async Task A_client_that_says_goodbye_is_answered()
    {
        await using var host = await StreamHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        await client.SendAsync(0x88, [0x03, 0xE8]);
        Assert.Equal(1000, (await client.ReadCloseAsync()).Code);
        await StreamHost.UntilAsync(() => host.Clients.Count == 0);
    }

    [Fact]
    public async Task Pings_are_sent_and_a_client_that_does_not_answer_is_cut()
    {
        await using var host = await StreamHost.StartAsync(
            new StreamLimits { PingInterval = TimeSpan.FromMilliseconds(50), PongTimeout = TimeSpan.FromMilliseconds(50) });
        using var client = await RawClient.ConnectAsync(host.Address, "/states");
        Assert.True((await client.ReadAsync()).IsPing);
        await StreamHost.UntilAsync(() => host.Clients.Count == 0);
    }

    [Fact]
    public async Task One_socket_too_many_is_refused_with_503()
    {
        await using var host = await StreamHost.StartAsync(new StreamLimits { MaxClients = 1 });
        using var first = await RawClient.ConnectAsync(host.Address, "/states");
        using var second = await RawClient.ConnectAsync(host.Address, "/states");

        Assert.Contains(" 503 ", second.Status, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", second.Status, StringComparison.Ordinal);
        Assert.Equal(1, host.Counters.RefusedClients);
    }

    [Fact]
    public async Task An_origin_that_is_not_on_the_list_gets_no_socket()
    {
        await using var host = await StreamHost.StartAsync(options: new ApiOptions { AllowedOrigins = ["https://good.example"] });
        using var good = await RawClient.ConnectAsync(host.Address, "/states", extraHeaders: "Origin: https://good.example\r\n");
        using var program = await RawClient.ConnectAsync(host.Address, "/states");
        using var evil = await RawClient.ConnectAsync(host.Address, "/states", extraHeaders: "Origin: https://evil.example\r\n");

        Assert.Contains(" 101 ", good.Status, StringComparison.Ordinal);
        Assert.Contains(" 101 ", program.Status, StringComparison.Ordinal);
        Assert.Contains(" 403 ", evil.Status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_no_handshake_is_told_to_upgrade()
    {
        await using var host = await StreamHost.StartAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(host.Address, "/states"), TestContext.Current.CancellationToken);

        Assert.Equal(426, (int)answer.StatusCode);
        Assert.Contains("WebSocket", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task FloodAsync(RawClient client, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await client.SendTextAsync("1");
        }

        for (var i = 0; i < messages; i++)
        {
            await client.ReadTextAsync();
        }
    }

    private static Task CloseSlowAsync(StreamHost host) => StreamHost.UntilAsync(() =>
    {
        host.Time.Advance(TimeSpan.FromSeconds(1));
        return host.Counters.SlowClients > 0;
    });
}
