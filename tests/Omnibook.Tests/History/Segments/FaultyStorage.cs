using Omnibook.History.Segments;

namespace Omnibook.Tests.History.Segments;

/// <summary>A disk in memory that fails as disks do: full, torn writes, flipped bits, slow or failing synchronisation, power cuts.</summary>
internal sealed class FaultyStorage : ISegmentStorage
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<SegmentName, Contents> _files = [];

    /// <summary>How many bytes fit on the disk.</summary>
    public long Total { get; set; } = 1L << 40;

    /// <summary>Every synchronisation fails.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Every write is cut in half and fails.</summary>
    public bool WritesTear { get; set; }

    /// <summary>Nothing can be shortened or deleted.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Called before each synchronisation.</summary>
    public Action? Syncing { get; set; }

    /// <summary>How often was synchronised.</summary>
    public int Syncs { get; private set; }

    public (long Free, long Total) Space
    {
        get
        {
            lock (_gate)
            {
                return (Math.Max(0, Total - Used), Total);
            }
        }
    }

    public long Used => _files.Values.Sum(file => (long)file.Bytes.Count);

    public IReadOnlyList<SegmentName> List()
    {
        lock (_gate)
        {
            return [.. _files.Keys];
        }
    }

    public ISegmentFile Create(SegmentName name)
    {
        lock (_gate)
        {
            return _files.TryAdd(name, new Contents()) ? new Handle(this, _files[name]) : throw new IOException($"{name} exists.");
        }
    }

    public ISegmentFile OpenForReading(SegmentName name)
    {
        lock (_gate)
        {
            return _files.TryGetValue(name, out var file) ? new Handle(this, file) : throw new FileNotFoundException(name.ToString());
        }
    }

    public void Cut(SegmentName name, long length)
    {
        lock (_gate)
        {
            ThrowIfStuck();
            _files[name].Bytes.RemoveRange((int)length, _files[name].Bytes.Count - (int)length);
            _files[name].Synced = [.. _files[name].Bytes];
        }
    }

    public void Delete(SegmentName name)
    {
        lock (_gate)
        {
            ThrowIfStuck();
            _files.Remove(name);
        }
    }

    public string PathOf(SegmentName name) => name.ToString();

    /// <summary>Flips a bit of a file.</summary>
    public void Flip(int file, int offset)
    {
        lock (_gate)
        {
            _files.Values.ElementAt(file).Bytes[offset] ^= 0x10;
        }
    }

    /// <summary>How many bytes a file has.</summary>
    public int LengthOf(int file)
    {
        lock (_gate)
        {
            return _files.Values.ElementAt(file).Bytes.Count;
        }
    }

    /// <summary>Makes a file shorter or longer behind everybody's back.</summary>
    public void Change(int file, Action<List<byte>> change)
    {
        lock (_gate)
        {
            change(_files.Values.ElementAt(file).Bytes);
        }
    }

    /// <summary>Everything that was not synchronised is gone.</summary>
    public void CutPower()
    {
        lock (_gate)
        {
            foreach (var file in _files.Values)
            {
                file.Bytes.Clear();
                file.Bytes.AddRange(file.Synced);
            }
        }
    }

    private void ThrowIfStuck()
    {
        if (IsStuck)
        {
            throw new IOException("Read-only file system.");
        }
    }

    private sealed class Contents
    {
        public List<byte> Bytes { get; } = [];

        public byte[] Synced { get; set; } = [];
    }

    private sealed class Handle(FaultyStorage disk, Contents contents) : ISegmentFile
    {
        public long Length
        {
            get
            {
                lock (disk._gate)
                {
                    return contents.Bytes.Count;
                }
            }
        }

        public int Read(long offset, Span<byte> destination)
        {
            lock (disk._gate)
            {
                var count = (int)Math.Clamp(contents.Bytes.Count - offset, 0, destination.Length);
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(contents.Bytes).Slice((int)Math.Min(offset, contents.Bytes.Count), count).CopyTo(destination);
                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (disk._gate)
            {
                Assert.Equal(contents.Bytes.Count, offset);
                var fits = (int)Math.Min(disk.WritesTear ? bytes.Length / 2 : bytes.Length, disk.Total - disk.Used);
                contents.Bytes.AddRange(bytes[..fits]);
                if (fits < bytes.Length)
                {
                    throw new IOException(disk.WritesTear ? "Input/output error." : "No space left on device.");
                }
            }
        }

        public void Sync()
        {
            disk.Syncing?.Invoke();
            lock (disk._gate)
            {
                if (disk.SyncFails)
                {
                    throw new IOException("Input/output error.");
                }

                disk.Syncs++;
                contents.Synced = [.. contents.Bytes];
            }
        }

        public void Dispose()
        {
        }
    }
}
