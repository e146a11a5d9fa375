using System.Text.Json;
using Omnibook.Server.Access;

namespace Omnibook.Tests.Server.Access;

public sealed class SocketAccessTests
{
    [Fact]
    public async Task A_program_sends_its_key_or_token_in_the_header()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        Assert.Equal(101, (await host.ConnectAsync(bearer: key)).Status);
        Assert.Equal(101, (await host.ConnectAsync(bearer: await AccessTokenTests.TokenOf(host, key))).Status);
        Assert.Equal(403, (await host.ConnectAsync("/ws/trade", key)).Status);
    }

    [Fact]
    public async Task A_page_sends_its_token_as_a_subprotocol_which_is_not_sent_back()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var token = await AccessTokenTests.TokenOf(host, host.Add(Scope.Read));
        Assert.Equal((101, "omnibook.bearer"), await host.ConnectAsync("/ws", null, "omnibook.bearer", token));
        Assert.Equal(401, (await host.ConnectAsync("/ws", null, "omnibook.bearer", token + "A")).Status);
        Assert.Equal(401, (await host.ConnectAsync("/ws", null, "some-other", token)).Status);
    }

    [Fact]
    public async Task A_ticket_opens_one_socket_within_a_minute()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        var ticket = await TicketOf(host, key);
        Assert.Equal(401, await host.StatusAsync($"/read?ticket={ticket}"));
        Assert.Equal(101, (await host.ConnectAsync($"/ws?ticket={ticket}")).Status);
        Assert.Equal(401, (await host.ConnectAsync($"/ws?ticket={ticket}")).Status);

        var late = await TicketOf(host, key);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(401, (await host.ConnectAsync($"/ws?ticket={late}")).Status);
    }

    [Fact]
    public async Task A_ticket_is_worth_no_more_than_its_key()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        Assert.Equal(403, (await host.ConnectAsync($"/ws/trade?ticket={await TicketOf(host, key)}")).Status);
        var ticket = await TicketOf(host, key);
        host.Store.Revoke(KeyText.IdOf(key)!, 1);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await host.ConnectAsync($"/ws?ticket={ticket}")).Status);
    }

    [Fact]
    public void Tickets_are_bounded_and_room_comes_back()
    {
        var time = new ManualTimeProvider();
        var tickets = new SocketTickets(time);
        var caller = new Caller("0123456789ab", "test", Scope.Read, CredentialKind.Key);
        var issued = 0;
        while (tickets.Issue(caller) is not null)
        {
            issued++;
        }

        Assert.Equal(10_000, issued);
        time.Advance(SocketTickets.Life);
        Assert.NotNull(tickets.Issue(caller));
    }

    private static async Task<string> TicketOf(AccessHost host, string key)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/auth/ticket", key);
        return (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.GetProperty("ticket").GetString()!;
    }
}
