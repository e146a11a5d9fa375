using Omnibook.Tests.Tidy;

namespace Omnibook.Tests.Venues.Captures;

/// <summary>Where recorded frames lie: a few beside the tests, many in a folder that not every machine has.</summary>
internal static class CapturePaths
{
    /// <summary>A file that belongs to the repository.</summary>
    public static string Own(string name) => Path.Combine(AppContext.BaseDirectory, "Captures", name);

    /// <summary>A file of the shared folder; skips the test where that is absent.</summary>
    public static string Shared(string name)
    {
        var path = Path.Combine(Repository.Root.Parent!.FullName, "shared", "captures", name);
        Assert.SkipUnless(Path.Exists(path), $"The shared captures are not on this machine: {name}");
        return path;
    }
}
