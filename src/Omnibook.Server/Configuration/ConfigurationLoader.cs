using Omnibook.Venues;

namespace Omnibook.Server.Configuration;

/// <summary>Where configuration is read from.</summary>
internal sealed record ConfigurationSources
{
    /// <summary>The folder in which <c>appsettings.json</c> and <c>.env</c> are looked for, and to which paths are relative.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What the command line says, by path.</summary>
    public IReadOnlyDictionary<string, SettingValue> CommandLine { get; init; } = new Dictionary<string, SettingValue>(StringComparer.Ordinal);

    /// <summary>A file to read instead of <c>appsettings.json</c>; it must exist.</summary>
    public string? File { get; init; }

    /// <summary>The sources of this process.</summary>
    public static ConfigurationSources OfProcess() => new()
    {
        WorkingFolder = System.Environment.CurrentDirectory,
        Environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
    };
}

/// <summary>What came out of the sources.</summary>
/// <param name="Options">The options; to be used only where there is no problem.</param>
/// <param name="Problems">Everything that is wrong; where there is anything, nothing may be started.</param>
/// <param name="Effective">Every setting with the value in force and where it stands.</param>
internal sealed record LoadedConfiguration(
    OmnibookOptions Options, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<EffectiveSetting> Effective);

/// <summary>Reads all sources: defaults, then <c>appsettings.json</c>, then <c>.env</c>, then the environment, then the command line.</summary>
internal static class ConfigurationLoader
{
    private const string AppSettings = "appsettings.json";
    private const string DotEnv = ".env";

    /// <summary>Reads and checks everything; starts nothing, creates nothing.</summary>
    public static LoadedConfiguration Load(ConfigurationSources sources, IReadOnlyList<KnownVenue> venues)
    {
        var known = new KnownPaths([.. venues.Select(venue => venue.Id.Key)]);
        var layers = Layers(sources, known).ToArray();
        var settings = new Settings(layers);
        var reader = new OptionsReader(settings, sources.WorkingFolder, venues);
        var options = reader.Read();
        return new LoadedConfiguration(
            options,
            [.. layers.SelectMany(layer => layer.Problems).Concat(reader.Problems).Distinct()],
            EffectiveSetting.Of(options, settings));
    }

    private static IEnumerable<SettingLayer> Layers(ConfigurationSources sources, KnownPaths known)
    {
        yield return JsonLayer.Read("default", Defaults(), known);
        yield return File(sources, known);
        var (dotEnv, problems) = ReadDotEnv(sources.WorkingFolder);
        yield return VariableLayer.ReadAliases([(DotEnv, dotEnv), ("environment", sources.Environment)]);
        var layer = VariableLayer.Read(DotEnv, dotEnv, known);
        yield return layer with { Problems = [.. problems, .. layer.Problems] };
        yield return VariableLayer.Read("environment", sources.Environment, known);
        yield return new SettingLayer("command line", sources.CommandLine, []);
    }

    private static SettingLayer File(ConfigurationSources sources, KnownPaths known)
    {
        var path = Path.GetFullPath(sources.File ?? AppSettings, sources.WorkingFolder);
        var shown = sources.File ?? AppSettings;
        if (!System.IO.File.Exists(path))
        {
            return new SettingLayer(
                shown,
                new Dictionary<string, SettingValue>(StringComparer.Ordinal),
                sources.File is null ? [] : [new ConfigurationProblem("command line", "--config", sources.File, "there is no such file")]);
        }

        return Readable(path) is { } text ? JsonLayer.Read(shown, text, known) : Unreadable(shown);
    }

    private static (IReadOnlyDictionary<string, string> Variables, IReadOnlyList<ConfigurationProblem> Problems) ReadDotEnv(string folder)
    {
        var path = Path.Combine(folder, DotEnv);
        return !System.IO.File.Exists(path) ? (new Dictionary<string, string>(StringComparer.Ordinal), [])
            : Readable(path) is { } text ? DotEnvFile.Parse(DotEnv, text)
            : (new Dictionary<string, string>(StringComparer.Ordinal), Unreadable(DotEnv).Problems);
    }

    private static string? Readable(string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // It exists and may not be read: the caller reports it.
        }
    }

    private static SettingLayer Unreadable(string source) => new(
        source,
        new Dictionary<string, SettingValue>(StringComparer.Ordinal),
        [new ConfigurationProblem(source, "the file", null, "exists but cannot be read; check its permissions")]);

    private static string Defaults()
    {
        using var stream = typeof(ConfigurationLoader).Assembly.GetManifestResourceStream("Omnibook.Server.Configuration.defaults.json")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
