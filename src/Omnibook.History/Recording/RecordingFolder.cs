using Omnibook.Core.Events;
using Omnibook.History.Segments;

namespace Omnibook.History.Recording;

/// <summary>What is recorded in a folder.</summary>
public static class RecordingFolder
{
    /// <summary>The beginnings of all files, the oldest first: their first positions, and when they were made.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<(long Position, Timestamp At)> Files(string folder) =>
        [.. new SegmentFolder(folder).List().Select(name => (name.First, Timestamp.From(name.Began)))];

    /// <summary>
    /// The position from which a replay of a moment is read: the file before the one in which the moment lies, since a file's checkpoint stands a
    /// little after its begin. The oldest, when the moment is before all.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static long PositionBefore(string folder, Timestamp moment)
    {
        var files = Files(folder);
        var last = -1;
        for (var i = 0; i < files.Count && files[i].At <= moment; i++)
        {
            last = i;
        }

        return files.Count == 0 ? 0 : files[Math.Max(0, last - 1)].Position;
    }
}
