using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>
/// The translation of the news socket: one item a frame, without envelope and without numbers. Between them come plain words
/// (<c>pong</c>, the answer to a login) and objects that are no news.
/// </summary>
/// <seealso href="https://docs.treeofalpha.com/websockets/response"/>
internal sealed class TreeOfAlphaSession(VenueId venue, IReadOnlyList<ReadOnlyMemory<byte>> opening) : IVenueSession
{
    private static readonly ReadOnlyMemory<byte>[] Pong = ["pong"u8.ToArray()];
    private long _unknownTimes;

    /// <summary>A login where there is a key; the public feed is sent unasked.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; } = opening;

    /// <inheritdoc />
    public SessionOddities Oddities => new(_unknownTimes, 0, 0);

    /// <summary>Nothing: there are no streams.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => [];

    /// <inheritdoc />
    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (IsWords(frame))
        {
            return frame.SequenceEqual("pong"u8) ? new FrameOutcome(FrameKind.Heartbeat)
                : frame.SequenceEqual("ping"u8) ? new FrameOutcome(FrameKind.Heartbeat, Reply: Pong)
                : new FrameOutcome(FrameKind.Unknown);
        }

        try
        {
            var reader = new Utf8JsonReader(frame, JsonRead.Options);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? FrameOutcome.Malformed("more than one value") : Translate(document.RootElement, receivedAt, batch);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is thrown for names that are no Unicode.
            return FrameOutcome.Malformed(broken.Message);
        }
    }

    private FrameOutcome Translate(JsonElement frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!NewsItemReader.LooksLikeNews(frame))
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        if (NewsItemReader.Read(frame, venue, receivedAt, isFromHistory: false, out var item) is { } wrong)
        {
            return FrameOutcome.Malformed(wrong);
        }

        _unknownTimes += item!.Times.VenueTime.IsUnknown ? 1 : 0;
        batch.On(item);
        return FrameOutcome.Data(-1);
    }

    /// <summary>Words begin with a letter; of what JSON has that does, only <c>true</c>, <c>false</c> and <c>null</c>, none of which says anything here.</summary>
    private static bool IsWords(ReadOnlySpan<byte> frame) => frame.Length > 0 && char.IsAsciiLetter((char)frame[0]);
}
