namespace Omnibook.Benchmarks.Decode;

/// <summary>A way from the bytes of depth frames to a local book whose best prices are known after every frame.</summary>
internal abstract class DepthContestant(string name)
{
    public string Name { get; } = name;

    /// <summary>Takes the snapshot anew, as if nothing had come before.</summary>
    public abstract void Restart();

    /// <summary>Applies one frame and tells the sum of the best prices, in whatever unit.</summary>
    public abstract long Apply(byte[] frame);

    /// <summary>The book's fingerprint, see <c>BookDigest</c>.</summary>
    public abstract string Digest();

    public long ApplyAll(byte[][] frames)
    {
        var touch = 0L;
        foreach (var frame in frames)
        {
            touch += Apply(frame);
        }

        return touch;
    }
}
