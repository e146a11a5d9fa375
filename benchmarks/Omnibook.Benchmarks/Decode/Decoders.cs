using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Benchmarks.Decode;

/// <summary>Frames to events and no further.</summary>
internal sealed class Decoders(RecordedDepth recorded)
{
    private readonly IVenueSession _session = recorded.Frames.OpenSession(recorded.Frames.Instrument);
    private readonly EventBatch _batch = new();

    /// <summary>By the venue's session. Tells how many events came.</summary>
    public long Omnibook(byte[][] frames)
    {
        var events = 0L;
        foreach (var frame in frames)
        {
            _session.Translate(frame, recorded.Frames.ReceivedAt, _batch);
            events += _batch.Count;
            _batch.Clear();
        }

        return events;
    }

    /// <summary>By a document. Tells how many properties the payloads have.</summary>
    public static long Document(byte[][] frames)
    {
        var properties = 0L;
        foreach (var frame in frames)
        {
            using var document = JsonDocument.Parse(frame);
            var payload = document.RootElement.GetProperty("data");
            properties += payload.GetPropertyCount();
            if (payload.TryGetProperty("p", out var price))
            {
                properties += decimal.Parse(price.GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 0 ? 1 : 0;
            }
        }

        return properties;
    }

    /// <summary>By the general tokenizer, which looks at nothing. Tells how many tokens there are.</summary>
    public static long Tokens(byte[][] frames)
    {
        var tokens = 0L;
        foreach (var frame in frames)
        {
            var reader = new Utf8JsonReader(frame);
            while (reader.Read())
            {
                tokens++;
            }
        }

        return tokens;
    }
}
