namespace Omnibook.Server.Configuration;

/// <summary>Reads settings from named variables: the environment, or a <c>.env</c> file.</summary>
internal static class VariableLayer
{
    /// <summary>Picks what is ours. An empty variable counts as absent, as container tools pass them.</summary>
    public static SettingLayer Read(string source, IReadOnlyDictionary<string, string> variables, KnownPaths known)
    {
        var values = new Dictionary<string, SettingValue>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<ConfigurationProblem>();

        // A venue's own variable comes after whatever else means the same, and so is the one that counts.
        foreach (var (name, value) in variables.Where(variable => variable.Value.Trim().Length > 0).OrderBy(variable => IsOfVenue(variable.Key)))
        {
            if (known.PathOf(name) is { } path)
            {
                values[path] = new SettingValue(value.Trim(), source, name);
            }
            else if (KnownPaths.LooksLikeOurs(name))
            {
                problems.Add(new ConfigurationProblem(source, name, value, known.VariableChoices(name)));
            }
        }

        return new SettingLayer(source, values, problems);
    }

    /// <summary>
    /// The aliases of settings whose own variable is set in none of the sources. They come from the strongest source that has one.
    /// </summary>
    public static SettingLayer ReadAliases(IReadOnlyList<(string Source, IReadOnlyDictionary<string, string> Variables)> strongestLast)
    {
        var values = new Dictionary<string, SettingValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in SettingName.All.Where(name => !strongestLast.Any(source => IsSet(source.Variables, name.Variable))))
        {
            foreach (var (source, variables) in strongestLast)
            {
                if (Array.Find(name.Aliases, alias => IsSet(variables, alias)) is { } alias)
                {
                    values[name.Path] = new SettingValue(variables[alias].Trim(), source, alias);
                }
            }
        }

        return new SettingLayer("aliases", values, []);
    }

    private static bool IsOfVenue(string name) => name.StartsWith("VENUE__", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.TryGetValue(name, out var value) && value.Trim().Length > 0;
}
