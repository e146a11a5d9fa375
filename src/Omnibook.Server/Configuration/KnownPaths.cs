namespace Omnibook.Server.Configuration;

/// <summary>Which paths and variables exist, so that a misspelt one is an error and not a silence.</summary>
internal sealed class KnownPaths
{
    private readonly Dictionary<string, string> _pathsByVariable = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The paths for these venues.</summary>
    public KnownPaths(IReadOnlyList<string> venues)
    {
        Venues = venues;
        foreach (var name in SettingName.All)
        {
            Add(name.Path, name.Variable);
        }

        foreach (var (venue, field) in venues.SelectMany(venue => VenueSetting.Fields.Select(field => (venue, field))))
        {
            Add(VenueSetting.Path(venue, field), VenueSetting.Variable(venue, field));
        }

        foreach (var (variable, venue) in VenueSetting.SocketAliases.Where(alias => venues.Contains(alias.Venue, StringComparer.Ordinal)))
        {
            _pathsByVariable.Add(variable, VenueSetting.Path(venue, VenueSetting.Socket));
        }

        foreach (var venue in venues)
        {
            Add(FeeSetting.TakerPath(venue), FeeSetting.TakerPrefix + FeeSetting.NameOf(venue));
            Add(FeeSetting.MakerPath(venue), FeeSetting.MakerPrefix + FeeSetting.NameOf(venue));
        }
    }

    /// <summary>The keys of the venues.</summary>
    public IReadOnlyList<string> Venues { get; }

    /// <summary>Whether <c>appsettings.json</c> may hold a value at this path.</summary>
    public bool Contains(string path) => _paths.Contains(path) || IsComposite(path);

    /// <summary>The path that a variable sets, or null for a variable that is none of ours.</summary>
    public string? PathOf(string variable) =>
        _pathsByVariable.TryGetValue(variable, out var path) ? path
        : variable.StartsWith(CompositeSetting.VariablePrefix, StringComparison.OrdinalIgnoreCase)
            ? CompositeSetting.Prefix + variable[CompositeSetting.VariablePrefix.Length..].Replace('_', '-')
        : null;

    /// <summary>Whether a variable looks like one of ours without being one.</summary>
    public static bool LooksLikeOurs(string variable) =>
        variable.StartsWith("VENUE__", StringComparison.OrdinalIgnoreCase)
        || IsFee(variable)
        || variable.StartsWith("OMNIBOOK_", StringComparison.OrdinalIgnoreCase);

    /// <summary>What could have been meant by an unknown path, in words.</summary>
    public string Choices(string path) =>
        !path.StartsWith("Venues:", StringComparison.OrdinalIgnoreCase)
            ? $"no such setting; there are {string.Join(", ", SettingName.All.Select(name => name.Path))}, Venues, Composites, Fees, MakerFees"
        : Venues.Contains(path.Split(':')[1], StringComparer.OrdinalIgnoreCase)
            ? $"no such setting of a venue; there are {string.Join(", ", VenueSetting.Fields)}"
            : $"no such venue; there are {string.Join(", ", Venues)}";

    /// <summary>What could have been meant by an unknown variable, in words.</summary>
    public string VariableChoices(string variable) =>
        variable.StartsWith("VENUE__", StringComparison.OrdinalIgnoreCase)
            ? "no such setting of a venue; there are "
                + string.Join(", ", Venues.Select(venue => VenueSetting.Variable(venue, VenueSetting.Rest)))
                + $" and the same with {string.Join(", ", VenueSetting.Fields.Skip(1).Select(field => field.ToUpperInvariant()))}"
        : IsFee(variable)
            ? $"no such venue; there are {string.Join(", ", Venues.Select(venue => FeeSetting.TakerPrefix + FeeSetting.NameOf(venue)))}, and the same with {FeeSetting.MakerPrefix}"
            : "no such variable; the one that begins so is OMNIBOOK_DATA";

    private static bool IsFee(string variable) =>
        variable.StartsWith(FeeSetting.TakerPrefix, StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith(FeeSetting.MakerPrefix, StringComparison.OrdinalIgnoreCase);

    private static bool IsComposite(string path) =>
        path.StartsWith(CompositeSetting.Prefix, StringComparison.OrdinalIgnoreCase) && path.Split(':').Length == 2;

    private void Add(string path, string variable)
    {
        _paths.Add(path);
        _pathsByVariable.Add(variable, path);
    }
}
