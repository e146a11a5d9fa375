using System.Numerics;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>A signature as the venue takes it: <c>{"r":"0x…","s":"0x…","v":28}</c>.</summary>
/// <param name="R">The x of the nonce's point.</param>
/// <param name="S">The lower one of the two values that would do.</param>
/// <param name="V">27 or 28: whether the y of the nonce's point is even or odd.</param>
public readonly record struct Signature(BigInteger R, BigInteger S, int V)
{
    /// <summary>A number as 0x and 64 hexadecimal digits.</summary>
    public static string Hex(BigInteger number) => $"0x{Convert.ToHexStringLower(Secp256k1.Bytes(number))}";
}
