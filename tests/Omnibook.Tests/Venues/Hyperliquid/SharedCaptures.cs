using System.IO.Compression;
using System.Text;
using Omnibook.Tests.Tidy;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Recorded frames that lie beside the checkout, because their licence or size keeps them out of it.</summary>
internal static class SharedCaptures
{
    public static string Read(string name)
    {
        var path = Path.Combine(Repository.Root.Parent!.FullName, "shared", "captures", name);
        Assert.SkipUnless(File.Exists(path), $"{name} is not beside this checkout.");
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllText(path);
        }

        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>The frames of a file of the form <c>nanoseconds frame</c>.</summary>
    public static IEnumerable<(long ReceivedAt, byte[] Frame)> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Select(parts => (long.Parse(parts[0]), Encoding.UTF8.GetBytes(parts[1])));
}
