namespace Omnibook.Simulator.Markets;

/// <summary>
/// A random walk that can be asked for any moment: noise on lattices of doubling width, each wider one stronger by the root of 2,
/// which is how far a random walk strays in doubling time. A pure function of seed and time: no state, no order of calls.
/// </summary>
/// <param name="seed">Chooses the walk.</param>
/// <param name="finestMilliseconds">The width of the narrowest lattice.</param>
/// <param name="octaves">How many lattices.</param>
/// <param name="finestAmplitude">How far the narrowest lattice strays, in parts per billion.</param>
internal sealed class FractalNoise(ulong seed, long finestMilliseconds, int octaves, long finestAmplitude)
{
    private const long LatticeRange = 1_000_000;

    /// <summary>The deviation at a moment, in parts per billion.</summary>
    public long At(long milliseconds)
    {
        long sum = 0;
        var amplitude = finestAmplitude * 1000;
        var width = finestMilliseconds;
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += Lattice(octave, milliseconds, width) * (amplitude / 1000) / LatticeRange;
            amplitude = amplitude * 1414 / 1000;
            width *= 2;
        }

        return sum;
    }

    private long Lattice(int octave, long milliseconds, long width)
    {
        var index = Math.DivRem(milliseconds, width, out var within);
        var left = Corner(octave, index);
        var right = Corner(octave, index + 1);
        return left + (right - left) * within / width;
    }

    private long Corner(int octave, long index)
    {
        var bits = SeededRandom.Mix(seed + (ulong)octave, (ulong)index);
        return (long)(bits % (2 * LatticeRange + 1)) - LatticeRange;
    }
}
