using System.Text.Json;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>Signs actions and makes requests of them.</summary>
/// <param name="signer">The key: that of the account, or of an agent that may act for it.</param>
/// <param name="vault">The vault or sub-account that is acted for; null for the account of the key.</param>
public sealed class ExchangeRequests(ActionSigner signer, EthereumAddress? vault = null)
{
    private const string Path = "exchange";
    private const int OrdersOfOneWeight = 40;

    /// <summary>
    /// <c>{"action":{…},"nonce":1700000000000,"signature":{"r":"0x…","s":"0x…","v":28},"vaultAddress":null,"expiresAfter":1700000015000}</c>
    /// </summary>
    /// <param name="action">One of <see cref="OrderActions"/>.</param>
    /// <param name="orders">How many orders it is about: each forty cost one more of the address's weight.</param>
    /// <param name="nonce">Out of the key's <see cref="NonceSource"/>.</param>
    /// <param name="expiresAfter">Milliseconds since the epoch, after which the venue does nothing of it. That makes a lost answer certain in the end.</param>
    public RestRequest Sign(JsonElement action, int orders, long nonce, long expiresAfter)
    {
        var signature = signer.Sign(action, nonce, vault, expiresAfter);
        return new RestRequest(Path, 1 + orders / OrdersOfOneWeight, JsonText.Object(writer =>
        {
            writer.WritePropertyName("action");
            action.WriteTo(writer);
            writer.WriteNumber("nonce", nonce);
            writer.WriteStartObject("signature");
            writer.WriteString("r", Signature.Hex(signature.R));
            writer.WriteString("s", Signature.Hex(signature.S));
            writer.WriteNumber("v", signature.V);
            writer.WriteEndObject();
            writer.WriteString("vaultAddress", vault?.ToString());
            writer.WriteNumber("expiresAfter", expiresAfter);
        }))
        {
            Priority = RequestPriority.Watched,
        };
    }
}
