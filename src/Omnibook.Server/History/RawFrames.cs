using System.Collections.Concurrent;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.History;

/// <summary>Keeps the frames of every venue as they came, in a folder each, and deletes the oldest files when they are too old or too many.</summary>
internal sealed partial class RawFrames : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private readonly string _folder;
    private readonly RawFrameOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<VenueId, FrameRecorder> _recorders = new();
    private readonly ITimer _timer;

    /// <summary>Begins to look after the files.</summary>
    public RawFrames(string folder, RawFrameOptions options, TimeProvider time, ILogger log)
    {
        (_folder, _options, _time, _log) = (folder, options, time, log);
        _timer = time.CreateTimer(_ => Bound(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>The recorder of a venue.</summary>
    public FrameRecorder Of(VenueId venue) => _recorders.GetOrAdd(
        venue,
        id => new FrameRecorder(new FrameRecorderOptions(Path.Combine(_folder, id.Key), id.Key) { MaxFileBytes = _options.MaxBytes / 4 }));

    /// <summary>Writes what waits and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        foreach (var (venue, recorder) in _recorders)
        {
            await recorder.DisposeAsync();
            if (recorder.Dropped > 0)
            {
                LogDropped(venue.Key, recorder.Dropped, recorder.Failure?.Message ?? "the disk was too slow");
            }
        }
    }

    /// <summary>Deletes what is too old or too much of each venue; the file that is being written is the newest and stays.</summary>
    internal void Bound()
    {
        try
        {
            foreach (var venue in Directory.Exists(_folder) ? Directory.GetDirectories(_folder) : [])
            {
                Bound(new DirectoryInfo(venue));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(failure.Message);
        }
    }

    private void Bound(DirectoryInfo venue)
    {
        var files = venue.GetFiles().OrderByDescending(file => file.Name, StringComparer.Ordinal).ToArray();
        var bytes = 0L;
        for (var i = 0; i < files.Length; i++)
        {
            bytes += files[i].Length;
            if (i > 0 && (bytes > _options.MaxBytes || files[i].LastWriteTimeUtc < (_time.GetUtcNow() - _options.Retention).UtcDateTime))
            {
                files[i].Delete();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Frames} raw frames of {Venue} were not kept: {Why}")]
    private partial void LogDropped(string venue, long frames, string why);

    [LoggerMessage(LogLevel.Warning, "Old raw frames could not be deleted: {Why}")]
    private partial void LogFailed(string why);
}
