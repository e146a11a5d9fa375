using System.Text.RegularExpressions;

namespace Omnibook.Tests.Tidy;

/// <summary>What the documents name exists.</summary>
public sealed partial class DocumentsTests
{
    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Repository.Root.FullName, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root.FullName, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "node_modules" or "bin" or "obj" or "BenchmarkDotNet.Artifacts"))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root.FullName, document));
        var missing = PathInCode().Matches(text).Select(match => match.Groups["path"].Value)
            .Concat(Link().Matches(text).Select(match => ResolveLink(document, match.Groups["path"].Value)))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !Path.Exists(Path.Combine(Repository.Root.FullName, path)));
        Assert.Empty(missing);
    }

    private static string ResolveLink(string document, string link) =>
        Path.GetRelativePath(
            Repository.Root.FullName, Path.Combine(Repository.Root.FullName, Path.GetDirectoryName(document)!, link));

    [GeneratedRegex(@"`(?<path>(src|tests|benchmarks|docs|eng|\.ci)/[A-Za-z0-9_./-]*[A-Za-z0-9_/])`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"\]\((?<path>(?!https?:|#|mailto:)[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}
