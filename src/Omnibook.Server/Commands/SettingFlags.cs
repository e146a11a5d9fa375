using System.CommandLine;
using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Server.Commands;

/// <summary>The flags that set what the configuration sets. They take texts, so that a wrong one is reported with all other errors.</summary>
internal sealed class SettingFlags
{
    private readonly Option<string> _config = new("--config") { Description = "Read this file instead of appsettings.json.", Recursive = true };

    private readonly IReadOnlyList<(SettingName Name, Option<string> Flag)> _flags =
    [
        (SettingName.Port, Flag("--port", "Port to listen on (PORT; 8000).")),
        (SettingName.CryExcPort, Flag("--cryexc-port", "Second port, which serves the same; 0 for none (CRYEXC_PORT; 8086).")),
        (SettingName.Host, Flag("--host", "Address to bind (HOST; 127.0.0.1: this machine only).")),
        (SettingName.Data, Flag("--data", "Folder of everything that is kept (OMNIBOOK_DATA).")),
        (SettingName.LogLevel, Flag("--log-level", "TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL (LOG_LEVEL; INFO).")),
    ];

    private readonly Option<bool> _insecurePublic = new("--insecure-public")
    {
        Description = "Serve other machines without asking them for a key (INSECURE_PUBLIC).",
        Recursive = true,
    };

    /// <summary>Adds the flags to the root command, for all commands.</summary>
    public void AddTo(Command root)
    {
        root.Options.Add(_config);
        foreach (var (_, flag) in _flags)
        {
            root.Options.Add(flag);
        }

        root.Options.Add(_insecurePublic);
    }

    /// <summary>Reads and checks the whole configuration.</summary>
    public LoadedConfiguration Load(ParseResult parsed) => ConfigurationLoader.Load(
        ConfigurationSources.OfProcess() with { CommandLine = Values(parsed), File = parsed.GetValue(_config) }, KnownVenues.All);

    private static Option<string> Flag(string name, string description) => new(name) { Description = description, Recursive = true };

    private Dictionary<string, SettingValue> Values(ParseResult parsed)
    {
        var values = _flags.Where(flag => parsed.GetValue(flag.Flag) is not null)
            .ToDictionary(
                flag => flag.Name.Path,
                flag => new SettingValue(parsed.GetValue(flag.Flag)!, "command line", flag.Flag.Name),
                StringComparer.Ordinal);
        if (parsed.GetValue(_insecurePublic))
        {
            values[SettingName.InsecurePublic.Path] = new SettingValue("true", "command line", _insecurePublic.Name);
        }

        return values;
    }
}
