using System.Text;
using System.Text.Json;

namespace Omnibook.Simulator.Binance;

/// <summary>
/// What a client sends: <c>{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}</c>. The error texts are those of the venue's
/// page "Live subscribing/unsubscribing to streams"; on the wire they come wrapped in <c>error</c>.
/// </summary>
/// <param name="Method">What is wanted.</param>
/// <param name="Names">Of which streams.</param>
/// <param name="Combined">What the property is to be.</param>
/// <param name="Id">The request's id, as JSON.</param>
internal sealed record ControlMessage(string Method, IReadOnlyList<string> Names, bool Combined, string Id)
{
    private const string Methods = "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";

    /// <summary>Reads a message.</summary>
    /// <returns>The error frame to answer with, or null when the message is fine.</returns>
    public static byte[]? TryParse(ReadOnlySpan<byte> text, Func<JsonElement, bool> isId, out ControlMessage message)
    {
        message = new ControlMessage("", [], false, "");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text.ToArray());
        }
        catch (JsonException problem)
        {
            return Error(3, $"Invalid JSON: expected value at line {problem.LineNumber + 1} column {problem.BytePositionInLine + 1}", null);
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? TryRead(document.RootElement, isId, out message)
                : Error(2, "Invalid request: expected a JSON object", null);
        }
    }

    /// <summary><c>{"result":null,"id":1}</c></summary>
    public static byte[] Result(string id, Action<Utf8JsonWriter> result)
    {
        using var text = new JsonText();
        return text.Write(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("result");
            result(json);
            json.WritePropertyName("id");
            json.WriteRawValue(id);
            json.WriteEndObject();
        });
    }

    /// <summary><c>{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}</c></summary>
    public static byte[] Error(int code, string text, string? id) => Encoding.UTF8.GetBytes(
        $"{{\"error\":{{\"code\":{code},\"msg\":{JsonSerializer.Serialize(text, SimulatorJson.Relaxed)}}}{(id is { } known ? $",\"id\":{known}" : "")}}}");

    private static byte[]? TryRead(JsonElement root, Func<JsonElement, bool> isId, out ControlMessage message)
    {
        message = new ControlMessage("", [], false, "");
        if (!root.TryGetProperty("id", out var idElement) || !isId(idElement))
        {
            return Error(2, "Invalid request: request ID must be an unsigned integer", null);
        }

        var id = idElement.GetRawText();
        if (!root.TryGetProperty("method", out var methodElement) || methodElement.ValueKind != JsonValueKind.String)
        {
            return Error(2, "Invalid request: missing field `method`", id);
        }

        var method = methodElement.GetString()!;
        var parameters = root.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : null;
        message = message with { Method = method, Id = id };
        switch (method)
        {
            case "SUBSCRIBE" or "UNSUBSCRIBE":
                return TryReadNames(parameters, id, ref message);
            case "LIST_SUBSCRIPTIONS":
                return null;
            case "SET_PROPERTY" or "GET_PROPERTY":
                return TryReadProperty(parameters, id, ref message);
            default:
                return Error(2, $"Invalid request: unknown variant `{method}`, expected one of {Methods}", id);
        }
    }

    private static byte[]? TryReadNames(JsonElement[]? parameters, string id, ref ControlMessage message)
    {
        if (parameters is null)
        {
            return Error(2, "Invalid request: missing field `params`", id);
        }

        if (Array.Exists(parameters, static name => name.ValueKind != JsonValueKind.String))
        {
            return Error(2, "Invalid request: stream name must be a string", id);
        }

        message = message with { Names = [.. parameters.Select(static name => name.GetString()!)] };
        return null;
    }

    private static byte[]? TryReadProperty(JsonElement[]? parameters, string id, ref ControlMessage message)
    {
        var expected = message.Method == "SET_PROPERTY" ? 2 : 1;
        if (parameters is null || parameters.Length < expected)
        {
            return Error(2, "Invalid request: too few parameters", id);
        }

        if (parameters.Length > expected)
        {
            return Error(2, "Invalid request: too many parameters", id);
        }

        if (parameters[0].ValueKind != JsonValueKind.String)
        {
            return Error(2, "Invalid request: property name must be a string", id);
        }

        if (parameters[0].GetString() != "combined")
        {
            return Error(0, "Unknown property", id);
        }

        if (expected == 2 && parameters[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Error(1, "Invalid value type: expected Boolean", id);
        }

        message = message with { Combined = expected == 2 && parameters[1].GetBoolean() };
        return null;
    }
}
