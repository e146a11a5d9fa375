using Microsoft.Win32.SafeHandles;

namespace Omnibook.History.Segments;

/// <summary>Segments as the files of a folder.</summary>
internal sealed class SegmentFolder : ISegmentStorage
{
    private readonly string _path;

    /// <summary>A folder, which is made when it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public SegmentFolder(string path)
    {
        _path = Path.GetFullPath(path);
        Translate(() => Directory.CreateDirectory(_path));
    }

    /// <inheritdoc />
    public (long Free, long Total) Space
    {
        get
        {
            var drive = new DriveInfo(_path);
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<SegmentName> List()
    {
        var names = new List<SegmentName>();
        Translate(() =>
        {
            foreach (var file in Directory.EnumerateFiles(_path))
            {
                if (SegmentName.TryParse(Path.GetFileName(file), out var name))
                {
                    names.Add(name);
                }
            }
        });
        names.Sort();
        return names;
    }

    /// <inheritdoc />
    public ISegmentFile Create(SegmentName name) => Open(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    /// <inheritdoc />
    public ISegmentFile OpenForReading(SegmentName name) => Open(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc />
    public void Cut(SegmentName name, long length) => Translate(() =>
    {
        using var handle = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
    });

    /// <inheritdoc />
    public void Delete(SegmentName name) => Translate(() => File.Delete(PathOf(name)));

    /// <inheritdoc />
    public string PathOf(SegmentName name) => Path.Combine(_path, name.ToString());

    private DiskFile Open(SegmentName name, FileMode mode, FileAccess access, FileShare share)
    {
        SafeFileHandle? handle = null;
        Translate(() => handle = File.OpenHandle(PathOf(name), mode, access, share));
        return new DiskFile(handle!);
    }

    /// <summary>Whoever may not write has the same trouble as whoever cannot.</summary>
    private static void Translate(Action action)
    {
        try
        {
            action();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private sealed class DiskFile(SafeFileHandle handle) : ISegmentFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> destination)
        {
            var read = 0;
            while (read < destination.Length && RandomAccess.Read(handle, destination[read..], offset + read) is > 0 and var some)
            {
                read += some;
            }

            return read;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
