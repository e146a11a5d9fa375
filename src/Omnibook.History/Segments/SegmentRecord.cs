namespace Omnibook.History.Segments;

/// <summary>A record as it stands in a file.</summary>
public readonly ref struct SegmentRecord
{
    /// <summary>The position of the first thing in it.</summary>
    public long Position { get; init; }

    /// <summary>How many positions it covers; 0 for a head.</summary>
    public int Count { get; init; }

    /// <summary>Its bytes, as they were written; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Which file it is of, counted by the reader: when it changes, what earlier heads explained is no longer valid.</summary>
    public int Segment { get; init; }

    /// <summary>Whether it explains the records that follow it and is none itself.</summary>
    public bool IsHead => Count == 0;
}
