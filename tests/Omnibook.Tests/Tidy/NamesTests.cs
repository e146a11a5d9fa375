using System.Text.RegularExpressions;

namespace Omnibook.Tests.Tidy;

/// <summary>Folders are subjects, files are short, and the code says what it does.</summary>
public sealed partial class NamesTests
{
    private const int LongestFile = 400;

    private static readonly string[] BannedFolders =
        ["Interfaces", "Models", "Helpers", "Utils", "Utilities", "Common", "Services", "Managers", "Extensions", "Shared", "Misc"];

    private static readonly string[] Everywhere = ["src", "tests", "benchmarks"];

    public static TheoryData<string> Folders => [.. Everywhere];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folders_are_subjects(string root)
    {
        var folders = Repository.SourceFiles(root).Select(file => file.Directory!.Name).Distinct(StringComparer.Ordinal);
        Assert.Empty(folders.Intersect(BannedFolders, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Files_are_named_after_what_they_hold(string root)
    {
        var vague = Repository.SourceFiles(root)
            .Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file.Name)))
            .Select(Repository.Relative);
        Assert.Empty(vague);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_is_longer_than_a_few_screens(string root)
    {
        var tooLong = Repository.SourceFiles(root)
            .Select(file => (Name: Repository.Relative(file), Lines: File.ReadLines(file.FullName).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Name} has {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Nothing_is_swallowed_and_nothing_is_left_for_later(string root)
    {
        var places = Repository.SourceFiles(root)
            .Where(file => file.Name != "NamesTests.cs")
            .Where(file => Unfinished().IsMatch(File.ReadAllText(file.FullName)))
            .Select(Repository.Relative);
        Assert.Empty(places);
    }

    [Theory]
    [InlineData("src/Omnibook.Core")]
    [InlineData("src/Omnibook.Venues")]
    public void No_binary_floating_point_carries_a_price_or_a_quantity(string project)
    {
        var places = Repository.SourceFiles(project)
            .SelectMany(file => File.ReadLines(file.FullName), (file, line) => (Name: Repository.Relative(file), Line: line))
            .Where(place => FloatingAmount().IsMatch(place.Line))
            .Select(place => $"{place.Name}: {place.Line.Trim()}");
        Assert.Empty(places);
    }

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utility|Manager|Misc|Common)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}|NotImplementedException|\b(TODO|FIXME|HACK)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^[^/]*\b(double|float)\s+(\w*([Pp]rice|[Qq]uantity|[Ss]ize|[Bb]id|[Aa]sk)\w*)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FloatingAmount();
}
