using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Omnibook.Server.Configuration;

/// <summary>Turns texts into values, and writes down every text that cannot be one. It never stops at the first.</summary>
internal sealed class SettingReader(Settings settings)
{
    private const int LongestSymbol = 64;
    private const int LongestKey = 256;

    /// <summary>Everything that was wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>The value at a path, or null.</summary>
    public SettingValue? Find(string path) => settings.Find(path);

    /// <summary>Writes a problem down.</summary>
    public void Refuse(SettingValue setting, string allowed) =>
        Problems.Add(new ConfigurationProblem(setting.Source, setting.Name, setting.Value, allowed));

    /// <summary>A port; 0 is off.</summary>
    public int Port(SettingName name) => Number(name, 0, 65535, "expected a port from 1 to 65535, or 0 for off");

    /// <summary>A whole number within bounds.</summary>
    public int Number(SettingName name, int least, int most, string? allowed = null)
    {
        var setting = Find(name.Path);
        if (setting is null)
        {
            return least;
        }

        if (int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(setting, allowed ?? $"expected a whole number from {least} to {most}");
        return least;
    }

    /// <summary>A decimal number within bounds, with a point and no exponent.</summary>
    public decimal Decimal(SettingName name, decimal least, decimal most)
    {
        var setting = Find(name.Path);
        if (setting is null)
        {
            return least;
        }

        if (decimal.TryParse(setting.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(setting, $"expected a number from {least} to {most}");
        return least;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string path, bool otherwise)
    {
        var setting = Find(path);
        switch (setting?.Value.ToUpperInvariant())
        {
            case null: return otherwise;
            case "TRUE" or "1" or "YES" or "ON": return true;
            case "FALSE" or "0" or "NO" or "OFF": return false;
            default:
                Refuse(setting, "expected true or false");
                return otherwise;
        }
    }

    /// <summary>A list: separated by commas, or a JSON list of texts.</summary>
    public IReadOnlyList<string> List(string path)
    {
        var setting = Find(path);
        if (setting is null)
        {
            return [];
        }

        if (!setting.Value.StartsWith('['))
        {
            return setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(setting.Value) ?? [];
        }
        catch (JsonException)
        {
            Refuse(setting, "expected texts separated by commas, or a JSON list of texts");
            return [];
        }
    }

    /// <summary>An absolute address with one of the schemes, without query; always ending in a slash or a path.</summary>
    public Uri Address(string path, Uri otherwise, params string[] schemes)
    {
        var setting = Find(path);
        if (setting is null)
        {
            return otherwise;
        }

        if (Uri.TryCreate(setting.Value, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme, StringComparer.Ordinal)
            && address.Host.Length > 0 && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0)
        {
            return address;
        }

        Refuse(setting, $"expected an address such as {schemes[^1]}://host/path, without user, query or fragment");
        return otherwise;
    }

    /// <summary>An address of this machine that can be bound.</summary>
    public IPAddress Host()
    {
        var setting = Find(SettingName.Host.Path);
        switch (setting?.Value.ToUpperInvariant())
        {
            case null or "LOCALHOST": return IPAddress.Loopback;
            case "*" or "+": return IPAddress.Any;
        }

        if (IPAddress.TryParse(setting.Value.Trim('[', ']'), out var address) && (address.ToString() == setting.Value || setting.Value.Contains(':', StringComparison.Ordinal)))
        {
            return address;
        }

        Refuse(setting, "expected an IP address of this machine (127.0.0.1, ::1, 0.0.0.0 for all) or localhost");
        return IPAddress.Loopback;
    }

    /// <summary>A level by its name here or in other logging systems.</summary>
    public LogLevel Level()
    {
        var setting = Find(SettingName.LogLevel.Path);
        LogLevel? level = setting?.Value.ToUpperInvariant() switch
        {
            null or "INFO" or "INFORMATION" => LogLevel.Information,
            "TRACE" => LogLevel.Trace,
            "DEBUG" => LogLevel.Debug,
            "WARN" or "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" or "FATAL" => LogLevel.Critical,
            "NONE" or "OFF" => LogLevel.None,
            _ => null,
        };
        if (level is null)
        {
            Refuse(setting!, "expected TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL or NONE");
        }

        return level ?? LogLevel.Information;
    }

    /// <summary>Whether a text can be a venue's symbol.</summary>
    public static bool IsSymbol(string text) =>
        text.Length is > 0 and <= LongestSymbol && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ',' or '"');

    /// <summary>Whether a text can be the key of an account.</summary>
    public static bool IsKey(string text) => text.Length is > 0 and <= LongestKey && text.All(letter => letter is > ' ' and <= '~');
}
