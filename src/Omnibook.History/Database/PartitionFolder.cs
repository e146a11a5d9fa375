using System.Globalization;

namespace Omnibook.History.Database;

/// <summary>The files of the partitions.</summary>
/// <param name="path">The folder.</param>
/// <param name="time">Names what is set aside.</param>
internal sealed class PartitionFolder(string path, TimeProvider time)
{
    /// <summary>Damaged files that are kept for whoever wants to look at them; older ones go.</summary>
    private const int SetAsideAtMost = 3;

    private const string SetAsideMark = ".corrupt-";
    private const string LogEnding = ".wal";

    /// <summary>Where a file is.</summary>
    public string PathOf(PartitionFile file) => Path.Combine(path, file.Name);

    /// <summary>How many bytes all files have.</summary>
    public long Bytes => Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles().Sum(LengthOf) : 0;

    /// <summary>Makes the folder, deletes what was not finished, and tells what there is.</summary>
    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    public IReadOnlyList<PartitionFile> Open()
    {
        Directory.CreateDirectory(path);
        foreach (var unfinished in Directory.EnumerateFiles(path, "*" + PartitionFile.Making + "*"))
        {
            File.Delete(unfinished);
        }

        var files = Directory.EnumerateFiles(path).Select(Path.GetFileName).OfType<string>()
            .Select(name => PartitionFile.TryParse(name, out var file) ? file : (PartitionFile?)null).OfType<PartitionFile>().ToList();

        // The closed one is named when it is whole, and only then is the one that it was made of deleted.
        foreach (var closed in files.Where(file => !file.IsLive && files.Contains(file with { IsLive = true })).ToList())
        {
            Delete(PathOf(closed with { IsLive = true }));
            files.Remove(closed with { IsLive = true });
        }

        return [.. files.OrderBy(file => file.First).ThenBy(file => file.Hour)];
    }

    /// <summary>Deletes a file and its log.</summary>
    public static void Delete(string file)
    {
        File.Delete(file);
        File.Delete(file + LogEnding);
    }

    /// <summary>Gives a damaged file another name.</summary>
    /// <returns>The name.</returns>
    public string SetAside(string file)
    {
        var mark = SetAsideMark + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        File.Move(file, file + mark, overwrite: true);
        if (File.Exists(file + LogEnding))
        {
            File.Move(file + LogEnding, file + LogEnding + mark, overwrite: true);
        }

        foreach (var old in Directory.EnumerateFiles(path, "*" + SetAsideMark + "*").OrderByDescending(MarkOf, StringComparer.Ordinal).Skip(SetAsideAtMost).ToList())
        {
            File.Delete(old);
        }

        return Path.GetFileName(file) + mark;
    }

    private static string MarkOf(string file) => file[file.LastIndexOf(SetAsideMark, StringComparison.Ordinal)..];

    private static long LengthOf(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }
}
