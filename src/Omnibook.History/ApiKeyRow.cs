namespace Omnibook.History;

/// <summary>A key as it is kept: never the key itself, only its hash.</summary>
/// <param name="Id">The part of the key that may be shown; names it for good.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Hash">SHA-256 of the whole key, 32 bytes.</param>
/// <param name="Scopes">What it may do: names separated by blanks.</param>
/// <param name="CreatedAtMs">When it was given out, milliseconds since the Unix epoch.</param>
/// <param name="ExpiresAtMs">When it ends by itself; null for never.</param>
/// <param name="RevokedAtMs">When it was revoked; null while it was not.</param>
public sealed record ApiKeyRow(
    string Id, string Name, byte[] Hash, string Scopes, long CreatedAtMs, long? ExpiresAtMs = null, long? RevokedAtMs = null);
