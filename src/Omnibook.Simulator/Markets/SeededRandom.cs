namespace Omnibook.Simulator.Markets;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): small, fast and the same on every machine, so that one seed repeats a whole run.
/// Only integers come out, because libm differs between platforms.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        _state += GoldenGamma;
        return Finish(_state);
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public long Below(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public long Between(long low, long high) => low + Below(high - low + 1);

    /// <summary>True in <paramref name="perMille"/> of 1,000 cases.</summary>
    public bool Chance(int perMille) => Below(1000) < perMille;

    /// <summary>0 in half of the cases, 1 in a quarter, 2 in an eighth and so on, at most <paramref name="most"/>.</summary>
    public int Halvings(int most) => Math.Min(most, System.Numerics.BitOperations.TrailingZeroCount(Next()));

    /// <summary>A seed of its own for a named part, so that parts do not disturb each other's numbers.</summary>
    public static ulong SeedOf(ulong seed, string name)
    {
        var hash = Finish(seed + GoldenGamma);
        foreach (var letter in name)
        {
            hash = Mix(hash, letter);
        }

        return hash;
    }

    /// <summary>Two numbers hashed into one.</summary>
    public static ulong Mix(ulong left, ulong right) => Finish(left ^ Finish(right + GoldenGamma));

    private static ulong Finish(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
