using System.Globalization;
using System.Numerics;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// Who signed: the public key out of a signature, by section 4.1.6 of https://www.secg.org/sec1-v2.pdf over secp256k1. Points are homogeneous
/// (X : Y : Z) with x = X/Z, y = Y/Z; https://hyperelliptic.org/EFD/g1p/auto-shortw-projective.html
/// </summary>
internal static class ChainCurve
{
    private static readonly BigInteger P = Parse("0fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    private static readonly BigInteger N = Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    private static readonly (BigInteger X, BigInteger Y, BigInteger Z) G = (
        Parse("079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        Parse("0483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"),
        BigInteger.One);

    private static readonly (BigInteger X, BigInteger Y, BigInteger Z) Nowhere = (BigInteger.Zero, BigInteger.One, BigInteger.Zero);

    /// <summary>The address whose key gives this signature of a digest, in lower case; null when no key does.</summary>
    public static string? AddressOf(byte[] digest, BigInteger r, BigInteger s, int v)
    {
        if (r.Sign <= 0 || r >= N || s.Sign <= 0 || s >= N || v is not (27 or 28) || Point(r, isOdd: v == 28) is not { } nonce)
        {
            return null;
        }

        var shared = BigInteger.ModPow(r, N - 2, N);
        var message = new BigInteger(digest, isUnsigned: true, isBigEndian: true) % N;
        var key = Sum(Product(nonce, s * shared % N), Product(G, (N - message) * shared % N));
        if (key.Z.IsZero)
        {
            return null;
        }

        var scale = BigInteger.ModPow(key.Z, P - 2, P);
        var hash = ChainHash.Of([.. Word(key.X * scale % P), .. Word(key.Y * scale % P)]);
        return "0x" + Convert.ToHexStringLower(hash.AsSpan(12));
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z)? Point(BigInteger x, bool isOdd)
    {
        var square = (BigInteger.ModPow(x, 3, P) + 7) % P;
        var y = BigInteger.ModPow(square, (P + 1) >> 2, P);
        return y * y % P != square ? null : (x, y.IsEven == isOdd ? P - y : y, BigInteger.One);
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z) Product((BigInteger X, BigInteger Y, BigInteger Z) point, BigInteger times)
    {
        var sum = Nowhere;
        for (; !times.IsZero; times >>= 1)
        {
            sum = times.IsEven ? sum : Sum(sum, point);
            point = Double(point);
        }

        return sum;
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z) Double((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        var w = 3 * point.X * point.X % P;
        var s = point.Y * point.Z % P;
        var b = point.X * point.Y % P * s % P;
        var h = Mod(w * w - 8 * b);
        return (2 * h * s % P, Mod(w * (4 * b - h) - 8 * BigInteger.ModPow(point.Y * s, 2, P)), 8 * BigInteger.ModPow(s, 3, P) % P);
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z) Sum((BigInteger X, BigInteger Y, BigInteger Z) a, (BigInteger X, BigInteger Y, BigInteger Z) b)
    {
        if (a.Z.IsZero || b.Z.IsZero)
        {
            return a.Z.IsZero ? b : a;
        }

        var u = Mod(b.Y * a.Z - a.Y * b.Z);
        var v = Mod(b.X * a.Z - a.X * b.Z);
        if (v.IsZero)
        {
            return u.IsZero ? Double(a) : Nowhere;
        }

        var (vv, z) = (v * v % P, a.Z * b.Z % P);
        var (vvv, r) = (v * vv % P, vv * a.X % P * b.Z % P);
        var t = Mod(u * u % P * z - vvv - 2 * r);
        return (v * t % P, Mod(u * (r - t) - vvv * a.Y % P * b.Z), vvv * z % P);
    }

    private static BigInteger Mod(BigInteger number) => (number % P + P) % P;

    private static byte[] Word(BigInteger number)
    {
        var word = new byte[32];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(word.AsSpan(word.Length - digits.Length));
        return word;
    }

    private static BigInteger Parse(string digits) => BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
