using System.Xml.Linq;

namespace Omnibook.Tests.Tidy;

/// <summary>The arrows between the projects, and what each may know.</summary>
public sealed class ArchitectureTests
{
    /// <summary>Which projects a project may reference. ARCHITECTURE.md draws the same picture.</summary>
    private static readonly Dictionary<string, string[]> AllowedReferences = new(StringComparer.Ordinal)
    {
        ["Omnibook.Core"] = [],
        ["Omnibook.Venues"] = ["Omnibook.Core"],
        ["Omnibook.Simulator"] = ["Omnibook.Core"],
        ["Omnibook.History"] = ["Omnibook.Core"],
        ["Omnibook.Server"] = ["Omnibook.Core", "Omnibook.History", "Omnibook.Simulator", "Omnibook.Venues"],
    };

    [Fact]
    public void Every_project_references_only_what_its_arrow_allows()
    {
        foreach (var project in Repository.Projects())
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .Order(StringComparer.Ordinal).ToArray();
            Assert.True(AllowedReferences.TryGetValue(name, out var allowed), $"{name} is a new project: draw its arrows first.");
            Assert.Equal(allowed, references, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Core_uses_nothing_but_the_base_class_library()
    {
        var core = XDocument.Load(Repository.Projects().Single(path => path.EndsWith("Omnibook.Core.csproj", StringComparison.Ordinal)));
        Assert.Empty(core.Descendants("PackageReference"));
        Assert.Empty(core.Descendants("FrameworkReference"));
    }

    [Theory]
    [InlineData("System.Threading.Tasks")]
    [InlineData("System.Net")]
    [InlineData("System.Text.Json")]
    [InlineData("TimeProvider")]
    [InlineData("Microsoft.Extensions")]
    public void Core_knows_no_clock_no_socket_no_task_and_no_JSON(string forbidden) =>
        Assert.DoesNotContain(
            Repository.SourceFiles("src/Omnibook.Core"),
            file => File.ReadAllText(file.FullName).Contains(forbidden, StringComparison.Ordinal));

    [Fact]
    public void The_simulator_is_written_without_sight_of_the_connectors() =>
        Assert.DoesNotContain(
            Repository.SourceFiles("src/Omnibook.Simulator"),
            file => File.ReadAllText(file.FullName).Contains("Omnibook.Venues", StringComparison.Ordinal));
}
