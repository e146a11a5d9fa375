namespace Omnibook.Server.Configuration;

/// <summary>All layers, one over the other.</summary>
internal sealed class Settings
{
    private readonly Dictionary<string, SettingValue> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lays each layer over those before it.</summary>
    public Settings(IEnumerable<SettingLayer> weakestFirst)
    {
        foreach (var (path, value) in weakestFirst.SelectMany(layer => layer.Values))
        {
            _values[path] = value;
        }
    }

    /// <summary>The value in force at a path, or null where nobody says anything or somebody says that it is empty.</summary>
    public SettingValue? Find(string path) =>
        _values.TryGetValue(path, out var value) && value.Value.Length > 0 ? value : null;

    /// <summary>The last parts of the paths below a prefix that have a value, in order of their first mention.</summary>
    public IEnumerable<string> Below(string prefix) =>
        _values.Where(pair => pair.Value.Value.Length > 0 && pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Key[prefix.Length..]);
}
