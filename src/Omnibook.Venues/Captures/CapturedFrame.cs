using Omnibook.Core.Events;

namespace Omnibook.Venues.Captures;

/// <summary>What role a captured text had.</summary>
public enum CapturedKind
{
    /// <summary>Something received; the capture does not say whether on a socket or over REST.</summary>
    Frame,

    /// <summary>Something sent to the venue.</summary>
    Request,

    /// <summary>The venue's answer to a request: an acknowledgement, or the body of a REST answer.</summary>
    Answer,

    /// <summary>A frame that the venue sent unasked.</summary>
    Update,
}

/// <summary>One text of a capture.</summary>
/// <param name="Kind">What role it had.</param>
/// <param name="ReceivedAt">When it was received, by the clock of whoever recorded it; unknown where the capture does not say.</param>
/// <param name="Bytes">The text, UTF-8. Good until the next one is read.</param>
/// <param name="File">The file that it stands in.</param>
/// <param name="Line">The line at which it begins, the first being 1.</param>
public readonly record struct CapturedFrame(CapturedKind Kind, Timestamp ReceivedAt, ReadOnlyMemory<byte> Bytes, string File, long Line);
