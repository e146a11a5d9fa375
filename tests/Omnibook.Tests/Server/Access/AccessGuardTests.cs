using Omnibook.Server.Access;

namespace Omnibook.Tests.Server.Access;

public sealed class AccessGuardTests
{
    [Fact]
    public async Task Without_a_key_everything_can_be_read_and_nothing_can_be_traded()
    {
        await using var host = await AccessHost.StartAsync();
        Assert.Equal(200, await host.StatusAsync("/read"));
        Assert.Equal(200, await host.StatusAsync("/simulate"));
        Assert.Equal(401, await host.StatusAsync("/trade"));
        Assert.Equal(401, await host.StatusAsync("/admin"));
        Assert.Equal(101, (await host.ConnectAsync()).Status);
        Assert.Equal(401, (await host.ConnectAsync("/ws/trade")).Status);
    }

    [Fact]
    public async Task Where_keys_are_required_only_what_is_open_to_all_is_answered_without_one()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        foreach (var path in (string[])["/read", "/simulate", "/trade", "/admin", "/no-such-route", "/auth/me"])
        {
            Assert.Equal(401, await host.StatusAsync(path));
        }

        Assert.Equal(200, await host.StatusAsync("/open"));
        Assert.Equal(401, (await host.ConnectAsync()).Status);
    }

    [Theory]
    [InlineData("read", "/read")]
    [InlineData("simulate", "/read /simulate")]
    [InlineData("trade", "/read /simulate /trade")]
    [InlineData("admin", "/read /admin")]
    [InlineData("admin trade", "/read /simulate /trade /admin")]
    public async Task A_key_does_what_it_was_granted_and_nothing_else(string granted, string allowed)
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scopes.Parse(granted)!.Value);
        foreach (var path in (string[])["/read", "/simulate", "/trade", "/admin"])
        {
            Assert.Equal(allowed.Split(' ').Contains(path) ? 200 : 403, await host.StatusAsync(path, key));
        }
    }

    [Fact]
    public async Task A_refusal_says_what_is_needed_and_how_to_send_it()
    {
        await using var host = await AccessHost.StartAsync();
        using var nothing = await host.GetAsync("/trade");
        Assert.Equal("Bearer realm=\"omnibook\"", nothing.Headers.WwwAuthenticate.ToString());
        Assert.Contains("Authorization: Bearer", await TextOf(nothing), StringComparison.Ordinal);
        using var tooLittle = await host.GetAsync("/trade", host.Add(Scope.Read));
        Assert.Contains("needs the scope trade; the key has read", await TextOf(tooLittle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dialect_may_have_its_refusals_in_its_own_form()
    {
        await using var host = await AccessHost.StartAsync();
        using var answer = await host.GetAsync("/v1/form");
        Assert.StartsWith("own form: 401 a key is needed", await TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_also_where_none_is_needed()
    {
        await using var host = await AccessHost.StartAsync();
        var key = host.Add(Scope.Read);
        Assert.Equal(200, await host.StatusAsync("/read", key));
        Assert.Equal(401, await host.StatusAsync("/read", key[..^1] + (key[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(401, await host.StatusAsync("/read", KeyText.Create().Text));
    }

    [Theory]
    [InlineData("a-token-of-some-other-program")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJvdGhlciJ9.AAAA")]
    public async Task What_is_meant_for_somebody_else_counts_as_nothing(string bearer)
    {
        await using var host = await AccessHost.StartAsync();
        Assert.Equal(200, await host.StatusAsync("/read", bearer));
        Assert.Equal(401, await host.StatusAsync("/trade", bearer));
    }

    [Fact]
    public async Task A_revoked_key_ends_within_a_second_and_its_tokens_with_it()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        var token = await AccessTokenTests.TokenOf(host, key);
        Assert.Equal(200, await host.StatusAsync("/read", key));
        Assert.True(host.Store.Revoke(KeyText.IdOf(key)!, 1));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await host.StatusAsync("/read", key));
        Assert.Equal(401, await host.StatusAsync("/read", token));
    }

    [Fact]
    public async Task A_key_with_an_end_ends()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read, TimeSpan.FromDays(1));
        Assert.Equal(200, await host.StatusAsync("/read", key));
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(401, await host.StatusAsync("/read", key));
    }

    [Fact]
    public async Task S24_ten_wrong_keys_within_a_minute_close_the_door_until_it_is_over()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(401, await host.StatusAsync("/read", KeyText.Create().Text));
        }

        using var refused = await host.GetAsync("/read", key);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, await host.StatusAsync("/read", key));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_let_nobody_in()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        await File.WriteAllTextAsync(host.Store.Path, "this is no database, whatever it is called, and nobody can read keys from it", TestContext.Current.CancellationToken);
        Assert.Equal(503, await host.StatusAsync("/read", key));
    }

    [Fact]
    public async Task S21_neither_answers_nor_the_log_repeat_a_key()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var wrong = KeyText.Create().Text;
        using var answer = await host.GetAsync("/read", wrong);
        using var known = await host.GetAsync("/auth/me", host.Add(Scope.Admin));
        Assert.DoesNotContain(wrong[20..], await TextOf(answer) + string.Concat(host.Log), StringComparison.Ordinal);
        Assert.Contains(host.Log, line => line.StartsWith("A wrong Key came from 127.0.0.1", StringComparison.Ordinal));
        Assert.Contains("\"scope\":\"read admin\"", await TextOf(known), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_an_address_opens_nothing()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Read);
        foreach (var name in (string[])["key", "token", "api_key", "access_token", "ticket"])
        {
            Assert.Equal(401, await host.StatusAsync($"/read?{name}={key}"));
            Assert.Equal(401, (await host.ConnectAsync($"/ws?{name}={key}")).Status);
        }
    }

    private static Task<string> TextOf(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
