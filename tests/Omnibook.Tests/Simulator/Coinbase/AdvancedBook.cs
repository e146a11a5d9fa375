using System.Text.Json;

namespace Omnibook.Tests.Simulator.Coinbase;

/// <summary>A naive book of one product: what the frames of one connection make of it, and the number of the newest.</summary>
internal sealed class AdvancedBook(string product)
{
    private static readonly JsonElement None = JsonDocument.Parse("[]").RootElement;

    public LocalBook Book { get; } = new();

    public int Frames { get; private set; }

    public int Snapshots { get; private set; }

    /// <summary>Applies a frame; false when it is not about the book.</summary>
    public bool Apply(JsonElement frame)
    {
        if (!frame.TryGetProperty("channel", out var channel) || channel.GetString() != "l2_data")
        {
            return false;
        }

        var mine = frame.GetProperty("events").EnumerateArray().Where(item => item.GetProperty("product_id").GetString() == product).ToList();
        mine.ForEach(ApplyEvent);
        Frames += mine.Count;
        return mine.Count > 0;
    }

    private void ApplyEvent(JsonElement book)
    {
        if (book.GetProperty("type").GetString() == "snapshot")
        {
            Book.Clear();
            Snapshots++;
        }

        foreach (var level in book.GetProperty("updates").EnumerateArray())
        {
            var pair = JsonDocument.Parse($"[[{level.GetProperty("price_level").GetRawText()},{level.GetProperty("new_quantity").GetRawText()}]]").RootElement;
            var isBid = level.GetProperty("side").GetString() == "bid";
            Book.Apply(isBid ? pair : None, isBid ? None : pair);
        }
    }
}
