using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>
/// A client of Lighter's socket. A subscription is acknowledged by its first data; a repeated one by an error and no data.
/// </summary>
internal sealed class LighterConnection(LighterVenue venue, int server) : VenueConnection(venue)
{
    private const int MostSubscriptions = 100;
    private const int MostMessagesPerMinute = 200;
    private readonly Dictionary<string, LighterChannel> _channels = new(StringComparer.Ordinal);
    private readonly Queue<long> _received = new();

    /// <summary>Which of the venue's servers it has met; each counts offsets from its own beginning.</summary>
    public int Server { get; } = server;

    /// <summary>When the client last said something, Unix milliseconds.</summary>
    public long HeardMilliseconds { get; private set; } = venue.Schedule.Milliseconds;

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions => _channels.Keys;

    /// <inheritdoc />
    public override void Receive(ReadOnlySpan<byte> text)
    {
        HeardMilliseconds = venue.Schedule.Milliseconds;
        if (IsTooFast())
        {
            Refuse(30010, "Too Many Websocket Messages!");
            return;
        }

        var (type, channel) = Read(text);
        switch (type)
        {
            case "ping":
                Send(FrameTag.Control, "{\"type\":\"pong\"}"u8.ToArray());
                break;
            case "pong":
                break;
            case "subscribe" or "unsubscribe" when channel is not null:
                Change(type, channel);
                break;
            default:
                // The code is the venue's domain of socket errors; its text for this case is not documented.
                Refuse(30001, "Invalid Message");
                break;
        }
    }

    /// <inheritdoc />
    public override void Forget()
    {
        foreach (var name in _channels.Keys)
        {
            venue.Listeners.Remove(name, this);
        }
    }

    private static (string? Type, string? Channel) Read(ReadOnlySpan<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? (TextOf(root, "type"), TextOf(root, "channel")) : default;
        }
        catch (JsonException)
        {
            // What is no JSON has no type: the caller answers with the venue's error.
            return default;
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Change(string type, string text)
    {
        if (LighterChannel.Parse(text) is not { } channel || (channel.Market is { } id && !venue.ById.ContainsKey(id)))
        {
            Refuse(30005, $"Invalid Channel : {text.Replace('/', ':')}");
        }
        else if (type == "unsubscribe")
        {
            Unsubscribe(channel);
        }
        else
        {
            Subscribe(channel);
        }
    }

    private void Subscribe(LighterChannel channel)
    {
        var symbol = venue.SymbolOf(channel);
        if (_channels.ContainsKey(channel.Name))
        {
            Refuse(30003, $"Already Subscribed to : {channel.Name}");
            return;
        }

        if (_channels.Count >= MostSubscriptions || venue.Faults.Use("refuse-subscription", symbol, channel.Kind) is not null)
        {
            Refuse(23000, "Too Many Requests!");
            return;
        }

        _channels.Add(channel.Name, channel);
        venue.Traffic.SubscriptionsMade++;
        if (venue.Faults.Use("lost-ack", symbol, channel.Kind) is null)
        {
            venue.SendFirst(channel, this);
        }

        if (venue.Faults.Use("wrong-path", symbol, channel.Kind) is null)
        {
            venue.Listeners.Add(channel.Name, channel, this);
        }
    }

    private void Unsubscribe(LighterChannel channel)
    {
        if (!_channels.Remove(channel.Name))
        {
            Refuse(30004, $"Not Subscribed to : {channel.Name}");
            return;
        }

        venue.Listeners.Remove(channel.Name, this);
        Send(FrameTag.Control, venue.Render(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "unsubscribed");
            json.WriteString("channel", channel.Name);
            json.WriteEndObject();
        }));
    }

    private void Refuse(int code, string message) => Send(FrameTag.Control, LighterErrors.Frame(code, message));

    private bool IsTooFast()
    {
        var now = venue.Schedule.Milliseconds;
        while (_received.TryPeek(out var oldest) && now - oldest >= 60_000)
        {
            _received.Dequeue();
        }

        if (_received.Count >= MostMessagesPerMinute)
        {
            return true;
        }

        _received.Enqueue(now);
        return false;
    }
}
