namespace Omnibook.History.Segments;

/// <summary>Why records are missing.</summary>
public enum SegmentLoss
{
    /// <summary>Bytes of a file are not what was written.</summary>
    Damaged,

    /// <summary>The end of a file was never finished: the process or the machine stopped while it was written.</summary>
    TornTail,

    /// <summary>Positions were given out, and their records never reached a file: the disk was full or too slow.</summary>
    NeverWritten,

    /// <summary>A file could not be read at all.</summary>
    Unreadable,
}

/// <summary>Records that cannot be read.</summary>
/// <param name="Loss">Why.</param>
/// <param name="File">The file in which they were, or after which they should have been.</param>
/// <param name="Offset">Where in it, in bytes.</param>
/// <param name="Bytes">How many bytes are lost; 0 when they were never written.</param>
/// <param name="First">The first position that is missing.</param>
/// <param name="Last">The last position that is missing; below <paramref name="First"/> when only bytes were lost that held none, or nobody knows how many.</param>
public sealed record SegmentDamage(SegmentLoss Loss, string File, long Offset, long Bytes, long First, long Last)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Loss}: {File} at {Offset}, {Bytes} bytes" + (Last >= First ? $", positions {First} to {Last}" : "");
}
