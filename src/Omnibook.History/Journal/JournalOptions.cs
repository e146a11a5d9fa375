using Omnibook.History.Segments;

namespace Omnibook.History.Journal;

/// <summary>How a journal is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>Its files.</summary>
    public SegmentOptions Segments { get; init; } = new() { Retention = TimeSpan.FromHours(24) };

    /// <summary>How many levels of each side of a book are kept at every full minute.</summary>
    public int BookDepth { get; init; } = 500;

    /// <summary>A record ends when it has so many bytes: it is what one flipped bit costs.</summary>
    public int RecordBytes { get; init; } = 4 * 1024;

    /// <summary>How many of the last events are read at the start, to know which trades were seen.</summary>
    public int RememberedEvents { get; init; } = 500_000;
}
