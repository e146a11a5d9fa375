using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>The body of a request to <c>/info</c>. What is missing or of the wrong type makes the whole request a 422.</summary>
internal sealed class InfoRequest(JsonElement root)
{
    /// <summary>The request's type, or null.</summary>
    public string? Type => TextOrNull("type");

    /// <summary>True when a mandatory field was missing or of the wrong type.</summary>
    public bool IsBad { get; private set; }

    /// <summary>The venue's answer to a body that it cannot read.</summary>
    public static RestAnswer Unreadable => RestAnswer.Text(422, "Failed to deserialize the JSON body into the target type");

    /// <summary>A part of the request: the <c>req</c> of candleSnapshot.</summary>
    public InfoRequest Part(string name)
    {
        IsBad |= !(root.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object);
        return new InfoRequest(IsBad ? root : part);
    }

    /// <summary>A mandatory text.</summary>
    public string Text(string name)
    {
        var text = TextOrNull(name);
        IsBad |= text is null;
        return text ?? "";
    }

    /// <summary>A text that may be left out or null.</summary>
    public string? TextOrNull(string name) => Has(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A mandatory moment.</summary>
    public long Moment(string name)
    {
        var moment = MomentOrNull(name);
        IsBad |= moment is null;
        return moment ?? 0;
    }

    /// <summary>A moment that may be left out; the venue's are unsigned.</summary>
    public long? MomentOrNull(string name)
    {
        if (!Has(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var isGood = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var moment) && moment >= 0;
        IsBad |= !isGood;
        return isGood ? value.GetInt64() : null;
    }

    /// <summary>A small number that may be left out.</summary>
    public int? NumberOrNull(string name) => MomentOrNull(name) is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    /// <summary>A mandatory address, in lower case.</summary>
    public string User()
    {
        var user = Text("user");
        IsBad |= !HyperliquidAddress.IsAddress(user);
        return user.ToLowerInvariant();
    }

    private bool Has(string name, out JsonElement value)
    {
        value = default;
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out value);
    }
}
