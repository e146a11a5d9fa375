using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omnibook.Server.Trading;

/// <summary>
/// Every order and every answer, one JSON object a line, in one file for each day (UTC): <c>2026-11-20.jsonl</c>. Lines are only ever added. A line
/// is on the disk before <see cref="Write"/> returns, so that nothing is sent that is not written down. Thread-safe.
/// </summary>
/// <param name="folder">Where the files are; it is made when it is needed.</param>
/// <param name="time">Our clock.</param>
internal sealed class OrderJournal(string folder, TimeProvider time) : IDisposable
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();
    private FileStream? _file;
    private DateOnly _day;

    /// <summary>Where the files are.</summary>
    public string Folder => folder;

    /// <summary>The day of now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Writes a line: when, what kind, and what else there is to say.</summary>
    /// <exception cref="JournalException">It is not on the disk.</exception>
    public void Write(string kind, Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, AsWritten))
        {
            json.WriteStartObject();
            json.WriteString("at", time.GetUtcNow().UtcDateTime);
            json.WriteString("kind", kind);
            members(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_gate)
        {
            try
            {
                var file = Open(Today);
                file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
                file.Flush(flushToDisk: true);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                // The next line begins with a file that is opened anew, and so after whatever is left of this one.
                _file?.Dispose();
                _file = null;
                throw new JournalException($"{folder}: {broken.Message}", broken);
            }
        }
    }

    /// <summary>The lines of a day, in order; a line that a crash cut off is passed to <paramref name="onBroken"/>.</summary>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public IReadOnlyList<JsonElement> Read(DateOnly day, Action<string> onBroken)
    {
        var lines = new List<JsonElement>();
        if (!File.Exists(PathOf(day)))
        {
            return lines;
        }

        try
        {
            foreach (var line in File.ReadLines(PathOf(day), Encoding.UTF8).Where(line => line.Length > 0))
            {
                if (Parse(line) is { } entry)
                {
                    lines.Add(entry);
                }
                else
                {
                    onBroken(line);
                }
            }

            return lines;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{PathOf(day)}: {broken.Message}", broken);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Cut off by a crash; the caller is told.
            return null;
        }
    }

    private string PathOf(DateOnly day) => Path.Combine(folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".jsonl");

    private FileStream Open(DateOnly day)
    {
        if (_file is not null && _day == day)
        {
            return _file;
        }

        _file?.Dispose();
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        (_file, _day) = (new FileStream(PathOf(day), options), day);
        EndCutLine(_file);
        return _file;
    }

    /// <summary>What a crash left without its end gets one, so that it spoils no other line.</summary>
    private static void EndCutLine(FileStream file)
    {
        if (file.Seek(0, SeekOrigin.End) > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
    }
}
