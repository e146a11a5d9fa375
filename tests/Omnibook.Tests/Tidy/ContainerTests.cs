using System.Text.Json;
using System.Text.RegularExpressions;
using Omnibook.Server.Configuration;
using Omnibook.Tests.Server.Commands;
using Omnibook.Venues;

namespace Omnibook.Tests.Tidy;

/// <summary>What the container, compose, Procfile and systemd files refer to exists in the project. There is no container engine here to find out otherwise.</summary>
public sealed partial class ContainerTests
{
    private static readonly KnownPaths Known = new([.. KnownVenues.All.Select(venue => venue.Id.Key)]);

    public static TheoryData<string> Files => ["Dockerfile", "compose.yaml", "eng/omnibook.service"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_that_is_set_is_a_setting(string file)
    {
        var names = file == "compose.yaml" ? Compose.Of("omnibook").Environment.Keys : EnvironmentName().Matches(Unfolded(file)).Select(match => match.Groups["name"].Value);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Known.PathOf(name) is not null || name == "DOTNET_EnableDiagnostics", $"{name} is no setting"));
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("compose.yaml")]
    public void Every_image_has_a_fixed_tag(string file)
    {
        var lines = Unfolded(file);
        var stages = Stage().Matches(lines).Select(match => match.Groups["stage"].Value).ToHashSet(StringComparer.Ordinal);
        var images = Image().Matches(lines).Select(match => match.Groups["image"].Value).Where(image => !stages.Contains(image)).ToList();
        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(@"^[a-z0-9./-]+:[0-9][0-9A-Za-z.-]*$", image));
        Assert.All(
            images.Where(image => image.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal)),
            image => Assert.Contains($":{TargetFramework()}-", image, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_image_copies_is_in_the_repository_and_not_left_out_of_the_context()
    {
        var ignored = File.ReadAllLines(PathOf(".dockerignore")).Select(line => line.Replace("**/", "", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var sources = CopyFromContext().Matches(Unfolded("Dockerfile")).SelectMany(match => match.Groups["paths"].Value.Split(' ')[..^1]).ToList();
        Assert.Contains("src", sources);
        Assert.All(sources, path => Assert.True(Path.Exists(PathOf(path)), $"{path} does not exist"));
        Assert.DoesNotContain(sources, ignored.Contains);

        // Whatever the build of the server imports has to be among it.
        var needed = (string[])["Directory.Build.props", "Directory.Packages.props", "eng", "src"];
        Assert.Equal(needed.Order(StringComparer.Ordinal), sources.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_image_publishes_the_server_and_starts_what_was_published()
    {
        var text = Unfolded("Dockerfile");
        var projects = ProjectPath().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        var project = Assert.Single(projects);
        var assembly = Regex.Match(File.ReadAllText(PathOf(project)), "<AssemblyName>(?<name>.+)</AssemblyName>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["name"].Value;
        Assert.Contains($"""ENTRYPOINT ["dotnet", "/app/{assembly}.dll"]""", text, StringComparison.Ordinal);
        Assert.Contains($"""CMD ["dotnet", "/app/{assembly}.dll", "health"]""", text, StringComparison.Ordinal);
        Assert.Contains($"/{assembly}.dll", File.ReadAllText(PathOf("eng/omnibook.service")), StringComparison.Ordinal);
        Assert.Contains($"dotnet {assembly}.dll ", File.ReadAllText(PathOf("Procfile")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
    }

    [Fact]
    public void The_image_runs_without_rights_and_its_ports_are_the_default_ones()
    {
        var text = Unfolded("Dockerfile");
        Assert.Matches(@"(?m)^USER [1-9][0-9]*:[1-9][0-9]*$", text);
        using var defaults = JsonDocument.Parse(File.ReadAllText(PathOf("src/Omnibook.Server/Configuration/defaults.json")));
        var settings = defaults.RootElement.GetProperty("Omnibook");
        var ports = new[] { settings.GetProperty("Port").GetInt32(), settings.GetProperty("CryExcPort").GetInt32() };
        Assert.Contains($"EXPOSE {ports[0]} {ports[1]}", text, StringComparison.Ordinal);
        Assert.Equal(ports.Select(port => $"127.0.0.1:{port}:{port}"), Compose.Of("omnibook").Lists["ports"]);
    }

    [Fact]
    public void Compose_names_services_and_volumes_that_it_declares()
    {
        var server = Compose.Of("omnibook");
        Assert.All(server.Lists["depends_on"], name => Assert.NotEmpty(Compose.Of(name).Scalars["image"]));
        Assert.Equal("redis", new Uri(server.Environment["REDIS_URL"]).Host);
        Assert.Contains("\nvolumes:\n  data:\n", File.ReadAllText(PathOf("compose.yaml")), StringComparison.Ordinal);
        Assert.Equal(["data:/data"], server.Lists["volumes"]);
        Assert.Contains("OMNIBOOK_DATA=/data", Unfolded("Dockerfile"), StringComparison.Ordinal);
        Assert.Equal($"omnibook:{Version()}", server.Scalars["image"]);
    }

    /// <summary>What the container sets, with what compose adds, is a configuration that starts.</summary>
    [Fact]
    public void The_environment_of_the_container_is_a_good_configuration()
    {
        using var sources = new Server.Configuration.Sources();
        var image = Regex.Matches(Unfolded("Dockerfile"), @"\b(?<name>HOST|OMNIBOOK_DATA)=(?<value>\S+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        foreach (Match variable in image)
        {
            sources.Variable(variable.Groups["name"].Value, variable.Groups["value"].Value);
        }

        Assert.True(sources.Good().Access.KeysRequired);
        foreach (var (name, value) in Compose.Of("omnibook").Environment)
        {
            sources.Variable(name, value);
        }

        Assert.Equal("redis", sources.Good().Redis!.Address.Host);
        Assert.True(sources.Good().Access.IsOpenOnPurpose);
    }

    [Fact]
    public async Task Every_command_and_flag_that_is_used_exists()
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-container-");
        try
        {
            var help = (await OmnibookProcess.RunAsync(folder.FullName, "--help")).Output;
            var flags = Flag().Matches(await File.ReadAllTextAsync(PathOf("Procfile"), TestContext.Current.CancellationToken)).Select(match => match.Value).ToList();
            Assert.NotEmpty(flags);
            Assert.All(flags, flag => Assert.Contains(flag, help, StringComparison.Ordinal));
            Assert.Equal(0, (await OmnibookProcess.RunAsync(folder.FullName, "health --help")).ExitCode);
            var add = await OmnibookProcess.RunAsync(folder.FullName, "keys add --help");
            Assert.All((string[])["--name", "--scopes"], flag => Assert.Contains(flag, add.Output, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string PathOf(string path) => Path.Combine(Repository.Root.FullName, path);

    /// <summary>A file without comments, each continued line on one.</summary>
    private static string Unfolded(string file) =>
        string.Join('\n', File.ReadAllLines(PathOf(file)).Where(line => !line.TrimStart().StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal);

    private static string TargetFramework() => BuildProperty("TargetFramework")["net".Length..];

    private static string Version() => BuildProperty("Version");

    private static string BuildProperty(string name) =>
        Regex.Match(File.ReadAllText(PathOf("Directory.Build.props")), $"<{name}>(?<value>.+)</{name}>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["value"].Value;

    [GeneratedRegex(@"(?m)(^ENV |^Environment=|(?<=^ENV .*)\s)(?<name>[A-Za-z_]+)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EnvironmentName();

    [GeneratedRegex(@"(?m)^FROM \S+ AS (?<stage>\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Stage();

    [GeneratedRegex(@"(?m)(^FROM |--from=|^ +image: )(?<image>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();

    [GeneratedRegex(@"(?m)^COPY (?!--from)(?<paths>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CopyFromContext();

    [GeneratedRegex(@"src/\S+\.csproj", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ProjectPath();

    [GeneratedRegex(@"(?<= )--[a-z-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Flag();

    /// <summary>A service of <c>compose.yaml</c>: as much of YAML as that file uses.</summary>
    private sealed record Compose(Dictionary<string, string> Scalars, Dictionary<string, string> Environment, Dictionary<string, List<string>> Lists)
    {
        public static Compose Of(string service)
        {
            var compose = new Compose(new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            var lines = File.ReadAllLines(PathOf("compose.yaml")).Where(line => !line.TrimStart().StartsWith('#'));
            var own = lines.SkipWhile(line => line != $"  {service}:").Skip(1).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal));
            var key = "";
            foreach (var line in own)
            {
                var (depth, text) = (line.Length - line.TrimStart().Length, line.Trim());
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (text.StartsWith("- ", StringComparison.Ordinal))
                {
                    compose.Lists.TryAdd(key, []);
                    compose.Lists[key].Add(text[2..].Trim('"'));
                }
                else if (depth == 4)
                {
                    key = text[..colon];
                    compose.Scalars[key] = text[(colon + 1)..].Trim().Trim('"');
                }
                else if (key == "environment")
                {
                    compose.Environment[text[..colon]] = text[(colon + 1)..].Trim().Trim('"');
                }
            }

            return compose;
        }
    }
}
