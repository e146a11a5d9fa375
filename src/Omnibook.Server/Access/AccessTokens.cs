using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Omnibook.Server.Access;

/// <summary>
/// Short-lived tokens: JSON web tokens of one kind. There is one header, which is compared whole and never read, so that a token cannot
/// choose its algorithm (<c>none</c> among them) nor name or bring a key. The key that signs is made at the start and kept nowhere: tokens end with the process.
/// </summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7519, pitfalls: https://www.rfc-editor.org/rfc/rfc8725</remarks>
internal sealed class AccessTokens(TimeProvider time)
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    // {"alg":"HS256","typ":"JWT"}
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    private const string Audience = "omnibook";
    private const int LongestToken = 1024;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether a text looks like one of ours, right or wrong.</summary>
    public static bool LooksLikeOne(string text) => text.Length <= LongestToken && text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(letter => letter == '.') == 2;

    /// <summary>A token of a key, with some of what the key was granted.</summary>
    public string Issue(string keyId, Scope granted)
    {
        var now = time.GetUtcNow();
        var claims = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("iss", Audience);
            json.WriteString("aud", Audience);
            json.WriteString("sub", keyId);
            json.WriteString("scope", Scopes.Format(granted));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        var text = $"{Header}.{Base64Url.EncodeToString(claims.WrittenSpan)}";
        return $"{text}.{Sign(text)}";
    }

    /// <summary>What a token says; null unless we issued it and it still is good.</summary>
    public (string KeyId, Scope Granted)? Read(string token)
    {
        var end = token.Length <= LongestToken ? token.LastIndexOf('.') : -1;
        if (end < 0 || !token.StartsWith(Header + ".", StringComparison.Ordinal) || !IsSigned(token[..end], token[(end + 1)..]))
        {
            return null;
        }

        // Signed by us, so that it is what we wrote.
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(Header.Length + 1, end - Header.Length - 1)));
        var root = claims.RootElement;
        var expires = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64());
        return root.GetProperty("aud").GetString() == Audience && time.GetUtcNow() < expires
            ? (root.GetProperty("sub").GetString()!, Scopes.Parse(root.GetProperty("scope").GetString()!) ?? Scope.None)
            : null;
    }

    private bool IsSigned(string text, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(signature));

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text)));
}
