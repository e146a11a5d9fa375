using System.Security.Cryptography;
using Omnibook.History;

namespace Omnibook.Server.Access;

/// <summary>
/// The keys that stand, as the file had them at most a second ago: a key that was revoked on the command line is refused within that second.
/// </summary>
/// <param name="store">The file; null for a server without one, which knows no key.</param>
/// <param name="time">Our clock.</param>
internal sealed class KeyRing(ApiKeyStore? store, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // What an unknown key is compared with, so that it takes as long as a known one.
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];
    private readonly Lock _gate = new();
    private Dictionary<string, ApiKeyRow> _keys = new(StringComparer.Ordinal);
    private long _readAt;
    private bool _isRead;

    /// <summary>The key that has this text and still stands; null for any other text.</summary>
    /// <exception cref="KeyStoreException">The keys cannot be read.</exception>
    public ApiKeyRow? Find(string text)
    {
        var key = KeyText.IdOf(text) is { } id ? Standing(id) : null;
        var isSame = CryptographicOperations.FixedTimeEquals(KeyText.Hash(text), key?.Hash ?? Nobody);
        return isSame ? key : null;
    }

    /// <summary>The key of this name, if it still stands.</summary>
    /// <exception cref="KeyStoreException">The keys cannot be read.</exception>
    public ApiKeyRow? Standing(string id) => Keys().TryGetValue(id, out var key) && Stands(key) ? key : null;

    /// <summary>Whether there is a key that stands.</summary>
    /// <exception cref="KeyStoreException">The keys cannot be read.</exception>
    public bool HasAny() => Keys().Values.Any(Stands);

    private bool Stands(ApiKeyRow key) =>
        key.RevokedAtMs is null && (key.ExpiresAtMs is null || key.ExpiresAtMs > time.GetUtcNow().ToUnixTimeMilliseconds());

    private Dictionary<string, ApiKeyRow> Keys()
    {
        if (store is null)
        {
            return _keys;
        }

        lock (_gate)
        {
            if (!_isRead || time.GetElapsedTime(_readAt) >= Freshness)
            {
                _keys = store.List().ToDictionary(key => key.Id, StringComparer.Ordinal);
                (_isRead, _readAt) = (true, time.GetTimestamp());
            }

            return _keys;
        }
    }
}
