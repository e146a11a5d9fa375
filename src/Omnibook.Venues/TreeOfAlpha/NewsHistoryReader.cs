using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>Reads the history: a list of items, newest first. <c>GET api/news?limit=20</c></summary>
internal static class NewsHistoryReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonRead.Options.MaxDepth };

    /// <summary>Adds the items oldest first. One that cannot be read is passed over and costs no other; what is no list at all is no history.</summary>
    public static NewsPage? TryRead(VenueId venue, ReadOnlyMemory<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return document.RootElement.ValueKind == JsonValueKind.Array ? Read(document.RootElement, venue, receivedAt, batch) : null;
        }
        catch (JsonException)
        {
            // It is no JSON, and so no history: the caller says so, with the venue's words.
            return null;
        }
    }

    private static NewsPage Read(JsonElement rows, VenueId venue, Timestamp receivedAt, EventBatch batch)
    {
        var (unreadable, why) = (0, (string?)null);
        foreach (var row in rows.EnumerateArray().Reverse())
        {
            if (NewsItemReader.Read(row, venue, receivedAt, isFromHistory: true, out var item) is { } wrong)
            {
                (unreadable, why) = (unreadable + 1, why ?? wrong);
            }
            else
            {
                batch.On(item!);
            }
        }

        return new NewsPage(rows.GetArrayLength(), unreadable, why);
    }
}
