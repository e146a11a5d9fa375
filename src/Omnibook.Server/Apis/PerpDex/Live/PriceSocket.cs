using System.Text.Json;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Live;

/// <summary>One client of <c>/api/v1/ws/connect</c>: what it asks for, and what it follows. Its messages come one after the other.</summary>
internal sealed class PriceSocket
{
    private readonly ClientConnection _client;
    private readonly Dexes _dexes;
    private readonly PairStreams _streams;
    private readonly StreamLimits _limits;
    private readonly FrameWriter _writer;
    private readonly Dictionary<string, (PairStream Stream, Subscription Subscription)> _followed = new(StringComparer.Ordinal);

    /// <summary>Serves a client from now on.</summary>
    public PriceSocket(ClientConnection client, Dexes dexes, PairStreams streams, StreamLimits limits, FramePool frames)
    {
        (_client, _dexes, _streams, _limits, _writer) = (client, dexes, streams, limits, new FrameWriter(frames));
        client.Received = (_, message) => Hear(message);
        client.WhenGone(LeaveAll);
        streams.Count(client);
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var body = JsonDocument.Parse(message);
            Answer(body.RootElement);
        }
        catch (JsonException)
        {
            Complain("the message is no JSON; an example is {\"action\":\"subscribe\",\"pair\":\"BTC-USD\"}");
        }
    }

    private void Answer(JsonElement message)
    {
        switch (TextOf(message, "action"))
        {
            case "subscribe":
                Subscribe(TextOf(message, "pair"));
                break;
            case "unsubscribe":
                Unsubscribe(TextOf(message, "pair"));
                break;
            case "ping":
                Pong(message);
                break;
            case var action:
                Complain($"unknown action '{Shorten(action)}'; there are subscribe, unsubscribe, ping");
                break;
        }
    }

    private void Subscribe(string? name)
    {
        if (!_dexes.TryFind(name ?? string.Empty, out var pair, out var refusal))
        {
            Complain(refusal.Detail);
        }
        else if (_followed.ContainsKey(pair.Name))
        {
            Acknowledge("subscribed", pair.Name);
        }
        else
        {
            Join(pair);
        }
    }

    /// <summary>The acknowledgement comes before the first price.</summary>
    private void Join(PerpPair pair)
    {
        if (_followed.Count >= _limits.MaxSubscriptions)
        {
            Complain($"{_followed.Count} pairs are subscribed already, which is as many as may be");
            return;
        }

        var stream = _streams.Join(pair);
        if (stream.Followed.Members.Count == 0)
        {
            Complain($"no dex follows {pair.Name}: {string.Join("; ", stream.Followed.Missing)}");
            _streams.Leave(stream);
            return;
        }

        Acknowledge("subscribed", pair.Name);
        _followed.Add(pair.Name, (stream, _client.Follow(stream.Topic)!));
    }

    private void Unsubscribe(string? name)
    {
        var pair = (name ?? string.Empty).ToUpperInvariant();
        if (_followed.Remove(pair, out var followed))
        {
            _client.Unfollow(followed.Subscription);
            _streams.Leave(followed.Stream);
            Acknowledge("unsubscribed", pair);
        }
        else
        {
            Complain($"pair '{Shorten(name)}' is not subscribed");
        }
    }

    /// <summary>The timestamp is the client's own: it comes back as it came.</summary>
    private void Pong(JsonElement message)
    {
        _writer.Begin().Raw("{\"type\":\"pong\",\"timestamp\":"u8);
        if (message.TryGetProperty("timestamp", out var timestamp))
        {
            _writer.Raw(System.Text.Encoding.UTF8.GetBytes(timestamp.GetRawText()));
        }
        else
        {
            _writer.Raw("null"u8);
        }

        Send(_writer.Raw("}"u8).Complete());
    }

    private void Acknowledge(string type, string pair) =>
        Send(_writer.Begin().Raw("{\"type\":"u8).Text(type).Raw(",\"pair\":"u8).Text(pair).Raw("}"u8).Complete());

    private void Complain(string message) =>
        Send(_writer.Begin().Raw("{\"type\":\"error\",\"message\":"u8).Text(message).Raw("}"u8).Complete());

    private void Send(Frame frame)
    {
        _client.Send(frame);
        frame.Release();
    }

    private void LeaveAll()
    {
        foreach (var (stream, _) in _followed.Values)
        {
            _streams.Leave(stream);
        }
    }

    private static string? TextOf(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Shorten(string? text) => text is { Length: > 40 } ? string.Concat(text.AsSpan(0, 40), "…") : text;
}
