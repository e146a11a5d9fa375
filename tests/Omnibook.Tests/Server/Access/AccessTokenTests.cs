using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Omnibook.Server.Access;

namespace Omnibook.Tests.Server.Access;

/// <summary>S23: what is known against tokens. https://www.rfc-editor.org/rfc/rfc8725</summary>
public sealed class AccessTokenTests
{
    private readonly ManualTimeProvider _time = new();

    internal static async Task<string> TokenOf(AccessHost host, string key, string query = "")
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/auth/token" + query, key);
        var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(900, body.RootElement.GetProperty("expires_in").GetInt32());
        return body.RootElement.GetProperty("access_token").GetString()!;
    }

    [Fact]
    public async Task A_token_does_what_its_key_does_for_fifteen_minutes()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var token = await TokenOf(host, host.Add(Scope.Trade));
        Assert.Equal(200, await host.StatusAsync("/trade", token));
        host.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(401, await host.StatusAsync("/trade", token));
    }

    [Fact]
    public async Task A_token_may_be_asked_to_do_less_than_its_key_and_never_more()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        var key = host.Add(Scope.Trade);
        var token = await TokenOf(host, key, "?scope=read");
        Assert.Equal(200, await host.StatusAsync("/read", token));
        Assert.Equal(403, await host.StatusAsync("/simulate", token));
        foreach (var scope in (string[])["admin", "read admin", "everything"])
        {
            using var refused = await host.SendAsync(HttpMethod.Post, $"/auth/token?scope={scope}", key);
            Assert.Equal(422, (int)refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_cannot_be_made_of_a_token()
    {
        await using var host = await AccessHost.StartAsync(keysRequired: true);
        using var refused = await host.SendAsync(HttpMethod.Post, "/auth/token", await TokenOf(host, host.Add(Scope.Read)));
        Assert.Equal(401, (int)refused.StatusCode);
    }

    [Fact]
    public void A_token_tells_whose_it_is_and_what_it_may_do()
    {
        var tokens = new AccessTokens(_time);
        Assert.Equal(("0123456789ab", Scope.Read | Scope.Simulate), tokens.Read(tokens.Issue("0123456789ab", Scope.Read | Scope.Simulate)));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"../../../dev/null"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"' UNION SELECT 'key"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AAAA"}}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","jku":"http://evil.example/keys"}""")]
    [InlineData("""{"typ":"JWT","alg":"HS256"}""")]
    public void A_header_of_its_own_makes_a_token_worthless(string header)
    {
        var tokens = new AccessTokens(_time);
        var parts = tokens.Issue("0123456789ab", Scope.Admin).Split('.');
        var text = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
        Assert.Null(tokens.Read($"{text}.{parts[1]}.{parts[2]}"));
        Assert.Null(tokens.Read($"{text}.{parts[1]}."));
    }

    [Fact]
    public void Any_changed_letter_makes_a_token_worthless()
    {
        var tokens = new AccessTokens(_time);
        var token = tokens.Issue("0123456789ab", Scope.Read);
        for (var at = 0; at < token.Length; at++)
        {
            Assert.Null(tokens.Read(token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]));
            Assert.Null(tokens.Read(token[..at]));
        }

        Assert.Null(tokens.Read(token + "A"));
        Assert.Null(tokens.Read(token + "." + token));
        Assert.Null(tokens.Read(new string('a', 100_000)));
    }

    [Fact]
    public void A_token_of_another_process_is_worthless()
    {
        Assert.Null(new AccessTokens(_time).Read(new AccessTokens(_time).Issue("0123456789ab", Scope.Read)));
    }

    [Fact]
    public void Changed_claims_are_not_believed()
    {
        var tokens = new AccessTokens(_time);
        var parts = tokens.Issue("0123456789ab", Scope.Read).Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("\"read\"", "\"admin\"", StringComparison.Ordinal);
        Assert.Null(tokens.Read($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}"));
    }
}
