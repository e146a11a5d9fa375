namespace Omnibook.Server.Configuration;

/// <summary>Reads <c>.env</c>: lines of <c>NAME=value</c>, optional <c>export</c>, quotes, and comments after <c>#</c>.</summary>
internal static class DotEnvFile
{
    /// <summary>The variables of the text; lines that are none of these are problems.</summary>
    public static (IReadOnlyDictionary<string, string> Variables, IReadOnlyList<ConfigurationProblem> Problems) Parse(string source, string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<ConfigurationProblem>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            line = line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..].TrimStart() : line;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line.AsSpan(0, equals).TrimEnd().ContainsAny(" \t\"'"))
            {
                problems.Add(new ConfigurationProblem(source, $"line {number}", line, "expected NAME=value"));
                continue;
            }

            variables[line[..equals].TrimEnd()] = Unquote(line[(equals + 1)..].Trim());
        }

        return (variables, problems);
    }

    private static string Unquote(string value)
    {
        if (value.Length > 0 && value[0] is '"' or '\'')
        {
            var end = value.IndexOf(value[0], 1);
            return end < 0 ? value : value[1..end];
        }

        // A comment needs a blank before it, so that a # inside an address stays.
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
