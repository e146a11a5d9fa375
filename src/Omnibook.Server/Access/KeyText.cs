using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Omnibook.Server.Access;

/// <summary>
/// The text of a key: <c>ob_</c>, 12 hexadecimal digits that name it, <c>_</c>, and 256 random bits in 43 letters of base64url. The beginning lets
/// people, and programs that look for leaked secrets, see what it is.
/// </summary>
internal static class KeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "ob_";

    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int IdLength = IdBytes * 2;
    private const int SecretLength = 43;
    private const int Length = 3 + IdLength + 1 + SecretLength;

    /// <summary>A new key.</summary>
    public static (string Text, string Id) Create()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return ($"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}", id);
    }

    /// <summary>The part that names the key; null for a text that cannot be one.</summary>
    public static string? IdOf(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            ? text.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>
    /// What is kept of a key. A plain hash is enough for 256 random bits: nobody can guess them, however fast the hash.
    /// </summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
