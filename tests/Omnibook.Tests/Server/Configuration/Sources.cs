using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Configuration;

/// <summary>A folder of configuration files and an environment, made up for one test.</summary>
internal sealed class Sources : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-config-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SettingValue> _commandLine = new(StringComparer.Ordinal);

    public string Folder => _folder.FullName;

    public Sources Variable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Sources Flag(SettingName name, string value)
    {
        _commandLine[name.Path] = new SettingValue(value, "command line", "--flag");
        return this;
    }

    public Sources File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(Folder, name), text);
        return this;
    }

    public LoadedConfiguration Load(string? file = null) => ConfigurationLoader.Load(
        new ConfigurationSources { WorkingFolder = Folder, Environment = _environment, CommandLine = _commandLine, File = file }, KnownVenues.All);

    public OmnibookOptions Good()
    {
        var loaded = Load();
        Assert.Empty(loaded.Problems);
        return loaded.Options;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
