namespace Omnibook.Tests.Venues;

/// <summary>Damages frames in the ways in which lines, proxies and venues do.</summary>
internal static class FrameDamage
{
    private static readonly byte[] Spice = "{}[]\":,.0159-+eE\\u \0\u00ff"u8.ToArray();

    /// <summary>One to three faults: a byte changed, added or taken, a piece taken out, or put in twice.</summary>
    public static byte[] Of(byte[] frame, Random random)
    {
        var bytes = frame.ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = Spice[random.Next(Spice.Length)]; break;
                case 1: bytes.Insert(at, Spice[random.Next(Spice.Length)]); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.RemoveRange(at, random.Next(bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, frame.AsSpan(0, random.Next(frame.Length)).ToArray()); break;
                default: bytes[at] = (byte)random.Next(256); break;
            }
        }

        return [.. bytes];
    }
}
