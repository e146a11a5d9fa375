using System.Text.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// The text frames that we send, and the numbers by which their answers are known. A number must be an unsigned integer.
/// <code>{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@markPrice@1s"],"id":1}</code>
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Live-Subscribing-Unsubscribing-to-streams
/// </summary>
internal static class BinanceRequests
{
    /// <summary>Longer lists have been seen to be dropped without an answer (altangent/ccxws#161).</summary>
    private const int MaxNames = 100;

    // Numbers below belong to the opening, which needs one for every hundred streams.
    private const int FirstSingle = 1_000;

    /// <summary>Subscribes to everything in the plan.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Opening(ConnectionPlan plan) =>
        plan.Streams.Select(stream => stream.Name).Chunk(MaxNames).Select((names, i) => Write("SUBSCRIBE", names, i + 1)).ToArray();

    /// <summary>Unsubscribes from one stream and subscribes to it again.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(ConnectionPlan plan, int stream) =>
    [
        Write("UNSUBSCRIBE", [plan.Streams[stream].Name], FirstSingle + stream * 2),
        Write("SUBSCRIBE", [plan.Streams[stream].Name], FirstSingle + stream * 2 + 1),
    ];

    /// <summary>The stream that a request was about; -1 when it was about many, or is not ours.</summary>
    public static int StreamOf(long id, ConnectionPlan plan) =>
        id >= FirstSingle && (id - FirstSingle) / 2 < plan.Streams.Count ? (int)(id - FirstSingle) / 2 : -1;

    private static ReadOnlyMemory<byte> Write(string method, IReadOnlyList<string> names, int id)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("method", method);
            json.WriteStartArray("params");
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteNumber("id", id);
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
