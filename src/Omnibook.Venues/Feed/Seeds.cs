namespace Omnibook.Venues.Feed;

/// <summary>
/// Makes many unlike seeds of one: a framework generator that is seeded with 1, 2, 3 … begins with alike numbers, and feeds that share
/// a configured seed must still not act in step.
/// </summary>
internal static class Seeds
{
    /// <summary>A seed for one of many, the same in every run.</summary>
    public static int Mix(int seed, string name)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619;
        }

        // The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves half of the output.
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }
}
