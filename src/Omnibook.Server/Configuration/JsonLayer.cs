using System.Text.Json;

namespace Omnibook.Server.Configuration;

/// <summary>Reads the section <c>Omnibook</c> of a JSON file. Other sections belong to others and are left alone.</summary>
internal static class JsonLayer
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <summary>The values of the text by path.</summary>
    public static SettingLayer Read(string source, string text, KnownPaths known)
    {
        var reading = new Reading(source, known);
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            reading.Root(document.RootElement);
        }
        catch (JsonException exception)
        {
            reading.Problems.Add(new ConfigurationProblem(
                source, $"line {(exception.LineNumber ?? 0) + 1}", null, $"is not valid JSON: {FirstSentence(exception.Message)}"));
        }

        return new SettingLayer(source, reading.Values, reading.Problems);
    }

    private static string FirstSentence(string message) => message.Split(" LineNumber:")[0];

    private sealed class Reading(string source, KnownPaths known)
    {
        public Dictionary<string, SettingValue> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<ConfigurationProblem> Problems { get; } = [];

        public void Root(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object)
            {
                Problems.Add(new ConfigurationProblem(source, "the file", null, "expected an object with a section \"Omnibook\""));
                return;
            }

            foreach (var section in root.EnumerateObject().Where(section => section.NameEquals("Omnibook")))
            {
                Visit("", section.Value);
            }
        }

        private void Visit(string path, JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Object && !known.Contains(path))
            {
                foreach (var property in element.EnumerateObject())
                {
                    Visit(path.Length == 0 ? property.Name : $"{path}:{property.Name}", property.Value);
                }
            }
            else if (!known.Contains(path))
            {
                Problems.Add(new ConfigurationProblem(source, Shown(path), Text(element), known.Choices(path)));
            }
            else if (Text(element) is { } text)
            {
                Values[path] = new SettingValue(text, source, Shown(path));
            }
            else
            {
                Problems.Add(new ConfigurationProblem(
                    source, Shown(path), element.GetRawText(), "expected a text, a number, true, false or a list of texts"));
            }
        }

        private static string Shown(string path) => path.Length == 0 ? "Omnibook" : $"Omnibook:{path}";

        private static string? Text(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => "",
            JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                string.Join(',', element.EnumerateArray().Select(item => item.GetString())),
            _ => null,
        };
    }
}
