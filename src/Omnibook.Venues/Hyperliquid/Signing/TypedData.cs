using System.Numerics;
using System.Text;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>
/// What is signed in the end: typed data by EIP-712, https://eips.ethereum.org/EIPS/eip-712. The venue knows two kinds: actions of the
/// exchange, of which only a hash is signed, and actions of the user, whose fields are.
/// </summary>
internal static class TypedData
{
    private const long ExchangeChain = 1337;

    private static readonly byte[] DomainType =
        Keccak256.Of("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"u8);

    private static readonly byte[] AgentType = Keccak256.Of("Agent(string source,bytes32 connectionId)"u8);

    private static readonly byte[] ExchangeDomain = Domain("Exchange", ExchangeChain);

    /// <summary>What is signed of an action of the exchange.</summary>
    /// <param name="connectionId">The hash of the action, see <see cref="ActionHash"/>.</param>
    /// <param name="isMainnet">Which of the two networks: a signature for one is none for the other.</param>
    public static byte[] OfExchange(ReadOnlySpan<byte> connectionId, bool isMainnet) =>
        Digest(ExchangeDomain, [.. AgentType, .. Keccak256.Of(isMainnet ? "a"u8 : "b"u8), .. connectionId]);

    /// <summary>What is signed of an action of the user.</summary>
    /// <param name="type">The type: <c>HyperliquidTransaction:UsdSend(string hyperliquidChain,string destination,string amount,uint64 time)</c>.</param>
    /// <param name="chainId">The action's own <c>signatureChainId</c>.</param>
    /// <param name="fields">The values, in the order of the type: texts or whole numbers.</param>
    public static byte[] OfUser(string type, long chainId, params IReadOnlyList<object> fields)
    {
        List<byte> data = [.. Keccak256.Of(Encoding.UTF8.GetBytes(type))];
        foreach (var field in fields)
        {
            data.AddRange(field is string text ? Keccak256.Of(Encoding.UTF8.GetBytes(text)) : Word(Convert.ToInt64(field, System.Globalization.CultureInfo.InvariantCulture)));
        }

        return Digest(Domain("HyperliquidSignTransaction", chainId), [.. data]);
    }

    private static byte[] Domain(string name, long chainId)
    {
        byte[] noContract = new byte[Keccak256.Length];
        return Keccak256.Of([.. DomainType, .. Keccak256.Of(Encoding.UTF8.GetBytes(name)), .. Keccak256.Of("1"u8), .. Word(chainId), .. noContract]);
    }

    private static byte[] Digest(byte[] domain, byte[] data) => Keccak256.Of([0x19, 0x01, .. domain, .. Keccak256.Of(data)]);

    private static byte[] Word(long number) => Secp256k1.Bytes(new BigInteger(number));
}
