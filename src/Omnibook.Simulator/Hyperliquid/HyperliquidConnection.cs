using System.Text;
using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>
/// A client of Hyperliquid's socket. Subscriptions are echoed with their defaults filled in; a coin that does not exist costs the
/// whole socket, without a word.
/// </summary>
internal sealed class HyperliquidConnection(HyperliquidVenue venue) : VenueConnection(venue)
{
    private const int MostSubscriptions = 1000;
    private const int MostUsers = 15;
    private readonly Dictionary<string, Subscription> _topics = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions => _topics.Keys;

    /// <inheritdoc />
    public override void Receive(ReadOnlySpan<byte> text)
    {
        if (!TryParse(text, out var root) || !TryHandle(root))
        {
            Error($"Error parsing JSON into valid websocket request: {Encoding.UTF8.GetString(text)}");
        }
    }

    /// <inheritdoc />
    public override void Forget()
    {
        foreach (var topic in _topics.Values)
        {
            venue.Topics.Remove(topic, this);
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            // The venue answers this with its own error text, which the caller writes.
            return false;
        }
    }

    private bool TryHandle(JsonElement root)
    {
        var method = root.TryGetProperty("method", out var element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        switch (method)
        {
            case "ping":
                Send(FrameTag.Control, "{\"channel\":\"pong\"}"u8.ToArray());
                return true;
            case "subscribe" or "unsubscribe" when root.TryGetProperty("subscription", out var subscription):
                Change(subscription, method == "subscribe");
                return true;
            case "post" when root.TryGetProperty("id", out var id) && root.TryGetProperty("request", out var request):
                Send(FrameTag.Control, HyperliquidPost.Answer(venue, id, request));
                return true;
            default:
                return false;
        }
    }

    private void Change(JsonElement text, bool isSubscribe)
    {
        switch (Subscription.TryRead(venue, text, out var topic))
        {
            case SubscriptionVerdict.Invalid:
                Error($"Invalid subscription {text.GetRawText()}");
                break;
            case SubscriptionVerdict.Deadly:
                venue.Schedule.After(venue.DeathDelay(), () => Cut());
                break;
            default:
                if (isSubscribe)
                {
                    Subscribe(topic);
                }
                else
                {
                    Unsubscribe(topic);
                }

                break;
        }
    }

    private void Subscribe(Subscription topic)
    {
        if (_topics.ContainsKey(topic.Canonical))
        {
            Error($"Already subscribed: {topic.Canonical}");
        }
        else if (venue.Faults.Use("refuse-subscription", topic.Coin, topic.Type) is not null || _topics.Count >= MostSubscriptions)
        {
            Error($"Invalid subscription {topic.Canonical}");
        }
        else if (topic.User is { } user && Users().Append(user).Distinct(StringComparer.Ordinal).Count() > MostUsers)
        {
            Error($"Cannot track more than {MostUsers} total users.");
        }
        else
        {
            Accept(topic);
        }
    }

    private void Accept(Subscription topic)
    {
        _topics.Add(topic.Canonical, topic);
        venue.Traffic.SubscriptionsMade++;
        if (venue.Faults.Use("lost-ack", topic.Coin, topic.Type) is null)
        {
            Acknowledge("subscribe", topic);
        }

        if (venue.Faults.Use("wrong-path", topic.Coin, topic.Type) is null)
        {
            venue.Topics.Add(topic, this);
            venue.SendFirst(topic, this);
        }
    }

    private void Unsubscribe(Subscription topic)
    {
        if (!_topics.Remove(topic.Canonical))
        {
            Error($"Already unsubscribed: {topic.Canonical}");
            return;
        }

        venue.Topics.Remove(topic, this);
        Acknowledge("unsubscribe", topic);
    }

    private IEnumerable<string> Users() => _topics.Values.Select(static topic => topic.User).OfType<string>();

    private void Acknowledge(string method, Subscription topic) => Send(FrameTag.Control, Encoding.UTF8.GetBytes(
        $"{{\"channel\":\"subscriptionResponse\",\"data\":{{\"method\":\"{method}\",\"subscription\":{topic.Canonical}}}}}"));

    private void Error(string text) => Send(FrameTag.Control, Encoding.UTF8.GetBytes(
        $"{{\"channel\":\"error\",\"data\":{JsonSerializer.Serialize(text, SimulatorJson.Relaxed)}}}"));
}
