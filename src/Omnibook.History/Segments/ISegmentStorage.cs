namespace Omnibook.History.Segments;

/// <summary>Where segments are kept: a folder of a disk, or in tests a disk that fails in every way in which disks fail.</summary>
internal interface ISegmentStorage
{
    /// <summary>How much may still be written, and how much there is in all, in bytes.</summary>
    (long Free, long Total) Space { get; }

    /// <summary>The names of all segments, the oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    IReadOnlyList<SegmentName> List();

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    ISegmentFile Create(SegmentName name);

    /// <summary>Opens a file for reading, while it may still grow.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    ISegmentFile OpenForReading(SegmentName name);

    /// <summary>Shortens a file.</summary>
    /// <exception cref="IOException">It is gone, or cannot be written.</exception>
    void Cut(SegmentName name, long length);

    /// <summary>Deletes a file.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    void Delete(SegmentName name);

    /// <summary>What a user would call the file.</summary>
    string PathOf(SegmentName name);
}

/// <summary>A file of a segment.</summary>
internal interface ISegmentFile : IDisposable
{
    /// <summary>How many bytes it has now.</summary>
    long Length { get; }

    /// <summary>Reads from a place.</summary>
    /// <returns>How many bytes were read; less than asked for at the end of the file.</returns>
    int Read(long offset, Span<byte> destination);

    /// <summary>Writes to a place.</summary>
    /// <exception cref="IOException">Not everything was written.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written has reached the disk.</summary>
    /// <exception cref="IOException">It may not have.</exception>
    void Sync();
}
