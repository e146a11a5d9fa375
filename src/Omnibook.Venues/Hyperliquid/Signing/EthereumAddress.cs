using System.Diagnostics.CodeAnalysis;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>An account of the chain: the last 20 bytes of the hash of its public key.</summary>
public sealed record EthereumAddress
{
    private const int Length = 20;

    private EthereumAddress(byte[] bytes) => Bytes = bytes;

    /// <summary>The 20 bytes.</summary>
    internal byte[] Bytes { get; }

    /// <summary>Reads 0x and 40 hexadecimal digits.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EthereumAddress? address)
    {
        address = null;
        if (text is ['0', 'x', .. var digits] && digits.Length == Length * 2 && digits.All(char.IsAsciiHexDigit))
        {
            address = new EthereumAddress(Convert.FromHexString(digits));
        }

        return address is not null;
    }

    /// <inheritdoc />
    public bool Equals(EthereumAddress? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);

    /// <summary>0x and 40 digits in lower case.</summary>
    public override string ToString() => $"0x{Convert.ToHexStringLower(Bytes)}";

    /// <summary>The account of a public key.</summary>
    internal static EthereumAddress Of(in CurvePoint key)
    {
        var (x, y) = key.ToAffine();
        return new EthereumAddress(Keccak256.Of([.. Secp256k1.Bytes(x), .. Secp256k1.Bytes(y)])[^Length..]);
    }
}
