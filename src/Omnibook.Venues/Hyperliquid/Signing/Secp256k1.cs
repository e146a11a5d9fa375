using System.Numerics;
using System.Security.Cryptography;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>Signatures of Ethereum: ECDSA over secp256k1 with the nonce of RFC 6979 and the lower s. https://www.rfc-editor.org/rfc/rfc6979#section-3.2</summary>
internal static class Secp256k1
{
    private const int Length = 32;
    private const int FirstRecovery = 27;

    /// <summary>Signs a hash.</summary>
    /// <param name="key">The private key, 1 to the order of the curve.</param>
    /// <param name="hash">32 bytes.</param>
    public static Signature Sign(BigInteger key, ReadOnlySpan<byte> hash)
    {
        var message = Number(hash);
        foreach (var nonce in Nonces(key, hash.ToArray()))
        {
            var (x, y) = CurvePoint.Generator.Times(nonce).ToAffine();
            var r = x % CurvePoint.Order;
            var s = Inverse(nonce) * (message + r * key) % CurvePoint.Order;
            if (r.IsZero || s.IsZero || x >= CurvePoint.Order)
            {
                continue;
            }

            var isHigh = s > CurvePoint.Order / 2;
            return new Signature(r, isHigh ? CurvePoint.Order - s : s, FirstRecovery + (y.IsEven == isHigh ? 1 : 0));
        }

        throw new CryptographicException("No nonce would do, which cannot be.");
    }

    /// <summary>The public key with which a hash was signed; null when no key would give this signature.</summary>
    public static CurvePoint? Recover(ReadOnlySpan<byte> hash, in Signature signature)
    {
        if (!IsScalar(signature.R) || !IsScalar(signature.S) || signature.V is < FirstRecovery or > FirstRecovery + 1
            || CurvePoint.Lift(signature.R, signature.V == FirstRecovery + 1) is not { } nonce)
        {
            return null;
        }

        var inverse = Inverse(signature.R);
        var ofNonce = signature.S * inverse % CurvePoint.Order;
        var ofGenerator = (CurvePoint.Order - Number(hash) * inverse % CurvePoint.Order) % CurvePoint.Order;
        var key = nonce.Times(ofNonce).Plus(CurvePoint.Generator.Times(ofGenerator));
        return key.IsInfinity ? null : key;
    }

    /// <summary>Whether a number can be a private key, or a part of a signature.</summary>
    public static bool IsScalar(BigInteger number) => number.Sign > 0 && number < CurvePoint.Order;

    /// <summary>A number as 32 bytes, the highest first.</summary>
    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[Length];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, Length - written.Length);
        return bytes;
    }

    /// <summary>The number of some bytes, the highest first.</summary>
    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(number, CurvePoint.Order - 2, CurvePoint.Order);

    /// <summary>The nonces that key and hash determine, for the case that the first one does not do.</summary>
    private static IEnumerable<BigInteger> Nonces(BigInteger key, byte[] hash)
    {
        byte[] seed = [.. Bytes(key), .. Bytes(Number(hash) % CurvePoint.Order)];
        var (value, secret) = (new byte[Length], new byte[Length]);
        Array.Fill(value, (byte)1);
        foreach (var step in (byte[])[0, 1])
        {
            secret = Keyed(secret, [.. value, step, .. seed]);
            value = Keyed(secret, value);
        }

        while (true)
        {
            value = Keyed(secret, value);
            if (Number(value) is var nonce && IsScalar(nonce))
            {
                yield return nonce;
            }

            secret = Keyed(secret, [.. value, 0]);
            value = Keyed(secret, value);
        }
    }

    private static byte[] Keyed(byte[] secret, byte[] data) => HMACSHA256.HashData(secret, data);
}
