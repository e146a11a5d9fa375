using System.Numerics;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>
/// A point of secp256k1, y² = x³ + 7, in Jacobian coordinates, so that only the last step divides.
/// https://www.secg.org/sec2-v2.pdf, https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-0.html
/// </summary>
/// <remarks>
/// The arithmetic takes a time that depends on its numbers. Whoever could measure a signature of this process to the microsecond, many
/// thousand times, might learn of the key; whoever can do that can read the process.
/// </remarks>
internal readonly record struct CurvePoint(BigInteger X, BigInteger Y, BigInteger Z)
{
    /// <summary>The prime of the field.</summary>
    public static readonly BigInteger Prime = Hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F");

    /// <summary>How many points there are.</summary>
    public static readonly BigInteger Order = Hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");

    /// <summary>The point from which all others are counted.</summary>
    public static readonly CurvePoint Generator = new(
        Hex("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"),
        Hex("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"),
        BigInteger.One);

    /// <summary>Added to a point, it changes nothing.</summary>
    public static readonly CurvePoint Infinity = new(BigInteger.One, BigInteger.One, BigInteger.Zero);

    /// <summary>Whether it is <see cref="Infinity"/>.</summary>
    public bool IsInfinity => Z.IsZero;

    /// <summary>The point of an x, with an even or an odd y. Null when no point has this x.</summary>
    public static CurvePoint? Lift(BigInteger x, bool isOdd)
    {
        // The prime is 3 modulo 4, so that the square root is a power.
        var square = Field(x * x * x + 7);
        var y = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
        return Field(y * y) == square ? new CurvePoint(x, y.IsEven == isOdd ? Prime - y : y, BigInteger.One) : null;
    }

    /// <summary>The point added to itself so many times.</summary>
    public CurvePoint Times(BigInteger factor)
    {
        var product = Infinity;
        for (var bit = (int)factor.GetBitLength() - 1; bit >= 0; bit--)
        {
            product = product.Doubled();
            if (!((factor >> bit) & 1).IsZero)
            {
                product = product.Plus(this);
            }
        }

        return product;
    }

    /// <summary>The sum of two points.</summary>
    public CurvePoint Plus(in CurvePoint other)
    {
        if (IsInfinity || other.IsInfinity)
        {
            return IsInfinity ? other : this;
        }

        var (z1, z2) = (Field(Z * Z), Field(other.Z * other.Z));
        var (u1, u2) = (Field(X * z2), Field(other.X * z1));
        var (s1, s2) = (Field(Y * z2 * other.Z), Field(other.Y * z1 * Z));
        if (u1 == u2)
        {
            return s1 == s2 ? Doubled() : Infinity;
        }

        var (h, r) = (Field(u2 - u1), Field(s2 - s1));
        var (h2, h3) = (Field(h * h), Field(h * h * h));
        var x = Field(r * r - h3 - 2 * u1 * h2);
        return new CurvePoint(x, Field(r * (u1 * h2 - x) - s1 * h3), Field(h * Z * other.Z));
    }

    /// <summary>The coordinates as they are usually written.</summary>
    public (BigInteger X, BigInteger Y) ToAffine()
    {
        var inverse = BigInteger.ModPow(Z, Prime - 2, Prime);
        var square = Field(inverse * inverse);
        return (Field(X * square), Field(Y * square * inverse));
    }

    private CurvePoint Doubled()
    {
        if (IsInfinity)
        {
            return this;
        }

        var (b, e) = (Field(Y * Y), Field(3 * X * X));
        var d = Field(4 * X * b);
        var x = Field(e * e - 2 * d);
        return new CurvePoint(x, Field(e * (d - x) - 8 * b * b), Field(2 * Y * Z));
    }

    private static BigInteger Field(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    private static BigInteger Hex(string digits) => new(Convert.FromHexString(digits), isUnsigned: true, isBigEndian: true);
}
