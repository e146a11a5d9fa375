namespace Omnibook.Venues;

/// <summary>Writes the path of a GET.</summary>
internal static class RestQuery
{
    /// <summary>A path with its parameters, percent-encoded; those without a value are left out.</summary>
    public static string Of(string path, IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = parameters
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")
            .ToArray();
        return query.Length == 0 ? path : $"{path}?{string.Join('&', query)}";
    }
}
