using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Ways to answer an info request.</summary>
internal static class InfoAnswers
{
    /// <summary>HTTP 200 and <c>null</c>: no such coin's book, no sub-accounts.</summary>
    public static RestAnswer Null { get; } = RestAnswer.Json(200, "null");

    /// <summary>HTTP 500 and <c>null</c>: no such dex, no such coin elsewhere.</summary>
    public static RestAnswer Failure { get; } = RestAnswer.Json(500, "null");

    /// <summary>HTTP 200 and JSON.</summary>
    public static RestAnswer Write(Action<Utf8JsonWriter> body)
    {
        using var text = new JsonText();
        return new RestAnswer(200, text.Write(body));
    }

    /// <summary>HTTP 200 and a list.</summary>
    public static RestAnswer List<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Write(json => WriteList(json, items, write));

    /// <summary>A list.</summary>
    public static void WriteList<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
