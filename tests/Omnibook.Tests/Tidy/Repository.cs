namespace Omnibook.Tests.Tidy;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find();

    public static IEnumerable<FileInfo> SourceFiles(string folder) =>
        new DirectoryInfo(Path.Combine(Root.FullName, folder))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !IsGenerated(file));

    public static string Relative(FileSystemInfo file) =>
        Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');

    public static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Root.FullName, "src"), "*.csproj", SearchOption.AllDirectories);

    private static bool IsGenerated(FileInfo file) =>
        Relative(file).Split('/').Any(part => part is "obj" or "bin");

    private static DirectoryInfo Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Omnibook.slnx")))
        {
            folder = folder.Parent;
        }

        return folder ?? throw new InvalidOperationException("The tests do not run below a checkout of Omnibook.");
    }
}
