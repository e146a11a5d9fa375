using System.Numerics;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>Signs actions with one private key, and tells who signed one. The key is never shown, logged or thrown.</summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/signing"/>
public sealed class ActionSigner
{
    private const int KeyDigits = 64;
    private readonly BigInteger _key;
    private readonly bool _isMainnet;

    /// <summary>Takes a key.</summary>
    /// <param name="key">64 hexadecimal digits, with or without 0x.</param>
    /// <param name="isMainnet">Which of the two networks the signatures are for.</param>
    /// <exception cref="ArgumentException">It is not a private key.</exception>
    public ActionSigner(string key, bool isMainnet)
    {
        var digits = key.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? key[2..] : key;
        if (digits.Length != KeyDigits || !digits.All(char.IsAsciiHexDigit)
            || Secp256k1.Number(Convert.FromHexString(digits)) is var number && !Secp256k1.IsScalar(number))
        {
            throw new ArgumentException("A private key is 64 hexadecimal digits, with or without 0x.", nameof(key));
        }

        (_key, _isMainnet) = (number, isMainnet);
        Address = EthereumAddress.Of(CurvePoint.Generator.Times(_key));
    }

    /// <summary>The account of the key.</summary>
    public EthereumAddress Address { get; }

    /// <summary>Signs an action of the exchange: order, cancel and the like.</summary>
    /// <inheritdoc cref="ActionHash.Of"/>
    public Signature Sign(JsonElement action, long nonce, EthereumAddress? vault = null, long? expiresAfter = null) =>
        Secp256k1.Sign(_key, TypedData.OfExchange(ActionHash.Of(action, nonce, vault, expiresAfter), _isMainnet));

    /// <summary>Signs an action of the user: transfers and approvals.</summary>
    /// <inheritdoc cref="TypedData.OfUser"/>
    internal Signature SignUser(string type, long chainId, params IReadOnlyList<object> fields) =>
        Secp256k1.Sign(_key, TypedData.OfUser(type, chainId, fields));

    /// <summary>
    /// Who signed an action of the exchange. A wrong action does not fail: it comes out as signed by an account that nobody knows.
    /// Null when no key would give the signature.
    /// </summary>
    /// <inheritdoc cref="ActionHash.Of"/>
    public static EthereumAddress? SignerOf(
        JsonElement action, long nonce, Signature signature, bool isMainnet, EthereumAddress? vault = null, long? expiresAfter = null) =>
        Secp256k1.Recover(TypedData.OfExchange(ActionHash.Of(action, nonce, vault, expiresAfter), isMainnet), signature) is { } key
            ? EthereumAddress.Of(key)
            : null;
}
