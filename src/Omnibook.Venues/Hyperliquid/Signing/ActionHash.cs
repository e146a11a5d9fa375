using System.Buffers.Binary;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>The hash of an action of the exchange: its bytes, the nonce, the vault and the time at which it expires.</summary>
internal static class ActionHash
{
    /// <summary>The hash, which the venue calls the connection's id.</summary>
    /// <param name="action">The action. The order of its fields is part of the hash.</param>
    /// <param name="nonce">Milliseconds, unique for the signer.</param>
    /// <param name="vault">The address of the vault or sub-account that is acted for; null for the signer's own.</param>
    /// <param name="expiresAfter">Milliseconds after which the venue refuses the action; null for never.</param>
    public static byte[] Of(JsonElement action, long nonce, EthereumAddress? vault = null, long? expiresAfter = null) =>
        Keccak256.Of(Preimage(action, nonce, vault, expiresAfter));

    /// <summary>What is hashed.</summary>
    public static byte[] Preimage(JsonElement action, long nonce, EthereumAddress? vault, long? expiresAfter)
    {
        List<byte> bytes = [.. ActionEncoding.Of(action), .. BigEndian(nonce)];
        bytes.Add(vault is null ? (byte)0 : (byte)1);
        bytes.AddRange(vault?.Bytes ?? []);
        if (expiresAfter is { } moment)
        {
            bytes.Add(0);
            bytes.AddRange(BigEndian(moment));
        }

        return [.. bytes];
    }

    private static byte[] BigEndian(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
