namespace Omnibook.Simulator.Markets;

/// <summary>What one asset is worth at every moment. All venues of the asset share it and stray from it a little.</summary>
internal sealed class ReferencePrice
{
    private const long Billion = 1_000_000_000;
    private readonly long _micros;
    private readonly FractalNoise _walk;

    /// <summary>Creates the walk of an asset.</summary>
    /// <param name="seed">The simulator's seed.</param>
    /// <param name="asset">For example BTC.</param>
    /// <param name="micros">The price around which it walks, in millionths of a dollar.</param>
    public ReferencePrice(ulong seed, string asset, long micros)
    {
        _micros = micros;
        // One second to 24 days in 22 doublings; 0.12 of a basis point a second makes about 6 percent at most over months.
        _walk = new FractalNoise(SeededRandom.SeedOf(seed, "reference/" + asset), 1000, 22, 12_000);
    }

    /// <summary>The price in millionths of a dollar.</summary>
    public long MicrosAt(long milliseconds) => Stray(_micros, _walk.At(milliseconds));

    /// <summary>An amount moved by some parts per billion.</summary>
    public static long Stray(long amount, long partsPerBillion) => amount + (long)((Int128)amount * partsPerBillion / Billion);
}
