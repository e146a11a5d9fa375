namespace Omnibook.Server.Configuration;

/// <summary>
/// Reads <c>DATABASE_URL</c> as its users write it: <c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, or a path. An
/// address of PostgreSQL is left alone with a remark, since other programs in the same container share the variable.
/// </summary>
internal static class DatabaseAddress
{
    private const string Scheme = "sqlite:///";
    private const string Allowed = "expected sqlite:///relative/file.db, sqlite:////absolute/file.db, or the path of a file in a folder that exists";

    /// <summary>The absolute path of the file; null where the data folder decides.</summary>
    public static string? Read(SettingReader reader, string workingFolder, List<string> remarks)
    {
        var setting = reader.Find(SettingName.Database.Path);
        if (setting is null)
        {
            return null;
        }

        if (setting.Value.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
        {
            remarks.Add($"{setting.Name} names a PostgreSQL database, which Omnibook does not use: prices go to SQLite in the data folder.");
            return null;
        }

        var path = PathOf(setting.Value);
        if (path is null || path.Contains('\0', StringComparison.Ordinal))
        {
            reader.Refuse(setting, Allowed);
            return null;
        }

        var full = Path.GetFullPath(path, workingFolder);
        if (Directory.Exists(full) || !Directory.Exists(Path.GetDirectoryName(full)))
        {
            reader.Refuse(setting, $"{Allowed} (it reads as {full})");
            return null;
        }

        return full;
    }

    private static string? PathOf(string value) =>
        value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length > Scheme.Length && value[Scheme.Length..] != ":memory:"
            ? value[Scheme.Length..]
        : value.Contains("://", StringComparison.Ordinal) || value.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) || value == ":memory:"
            ? null
        : value;
}
