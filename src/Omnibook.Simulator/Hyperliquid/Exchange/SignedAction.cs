using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// The body of a request to <c>/exchange</c>:
/// <c>{"action":{…},"nonce":1700000000000,"signature":{"r":"0x…","s":"0x…","v":28},"vaultAddress":null,"expiresAfter":null}</c>.
/// </summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Type">The action's type.</param>
/// <param name="Nonce">Milliseconds, unique for the signer.</param>
/// <param name="Vault">Whose account is acted for, in lower case; null for the signer's own.</param>
/// <param name="ExpiresAfter">After which moment the action is refused; null for never.</param>
/// <param name="R">Of the signature.</param>
/// <param name="S">Of the signature.</param>
/// <param name="V">Of the signature.</param>
internal sealed record SignedAction(
    JsonElement Action, string Type, long Nonce, string? Vault, long? ExpiresAfter, BigInteger R, BigInteger S, int V)
{
    // https://eips.ethereum.org/EIPS/eip-712; the venue signs every action of the exchange as an agent of chain 1337.
    private static readonly byte[] Domain = ChainHash.Of(
    [
        .. ChainHash.Of("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"u8),
        .. ChainHash.Of("Exchange"u8), .. ChainHash.Of("1"u8), .. new byte[30], 0x05, 0x39, .. new byte[32],
    ]);

    private static readonly byte[] AgentType = ChainHash.Of("Agent(string source,bytes32 connectionId)"u8);

    /// <summary>Reads a body; null when it is none.</summary>
    public static SignedAction? Read(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("action", out var action) && TextOf(action, "type") is { } type
        && body.TryGetProperty("nonce", out var nonce) && nonce.ValueKind == JsonValueKind.Number && nonce.TryGetInt64(out var number)
        && body.TryGetProperty("signature", out var signature)
        && Number(TextOf(signature, "r")) is { } r && Number(TextOf(signature, "s")) is { } s
        && signature.TryGetProperty("v", out var v) && v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var parity)
        && TryOptional(body, "vaultAddress", JsonValueKind.String, out var vault)
        && TryOptional(body, "expiresAfter", JsonValueKind.Number, out var expires)
            ? new SignedAction(action, type, number, vault?.GetString()!.ToLowerInvariant(), expires?.GetInt64(), r, s, parity)
            : null;

    /// <summary>Who signed; null when nobody can have. A changed action comes out as signed by somebody whom nobody knows.</summary>
    public string? Signer(bool isMainnet)
    {
        var vault = Vault is null ? null : Convert.FromHexString(Vault.AsSpan(2));
        var connection = ChainHash.Of(ActionBytes.Of(Action, Nonce, vault, ExpiresAfter));
        var agent = ChainHash.Of([.. AgentType, .. ChainHash.Of(isMainnet ? "a"u8 : "b"u8), .. connection]);
        return ChainCurve.AddressOf(ChainHash.Of([0x19, 0x01, .. Domain, .. agent]), R, S, V);
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static BigInteger? Number(string? text) =>
        text is ['0', 'x', .. { Length: > 0 and <= 64 } digits] && BigInteger.TryParse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool TryOptional(JsonElement body, string name, JsonValueKind kind, out JsonElement? value)
    {
        value = body.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
        return value is not { } given
            || (given.ValueKind == kind && (kind == JsonValueKind.Number ? given.TryGetInt64(out _) : HyperliquidAddress.IsAddress(given.GetString())));
    }
}
