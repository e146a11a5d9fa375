using System.Text.Json;
using System.Text.Json.Serialization;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Hosting;

/// <summary>
/// Keeps over a restart until when a venue must not be asked. Venues make a ban longer each time that it is not kept, and a server that
/// is started again and again would not keep it. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits
/// </summary>
internal sealed partial class RestBans : IDisposable
{
    private const string FileName = "bans.json";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ILogger<RestBans> _log;
    private readonly Lock _gate = new();
    private Dictionary<string, DateTimeOffset> _bans;
    private ITimer? _timer;

    /// <summary>Reads what was kept. A file that cannot be read keeps nothing, which is said.</summary>
    public RestBans(DataFolder folder, TimeProvider time, ILogger<RestBans> log)
    {
        (_file, _time, _log) = (Path.Combine(folder.Path, FileName), time, log);
        _bans = Read();
    }

    /// <summary>Until when a venue must not be asked; null when it may be.</summary>
    public DateTimeOffset? Until(string venue) => _bans.TryGetValue(venue, out var until) && until > _time.GetUtcNow() ? until : null;

    /// <summary>Looks at the venues every second from now on, and writes down what has changed.</summary>
    public void Watch(VenueFeeds feeds) => _timer = _time.CreateTimer(_ => Keep(feeds.Venues), null, LookEvery, LookEvery);

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <summary>Writes down the bans of the venues, if they are others than before.</summary>
    internal void Keep(IReadOnlyList<FollowedVenue> venues)
    {
        var now = venues.Where(venue => venue.Rest.BlockedUntil is not null)
            .ToDictionary(venue => venue.Id.Key, venue => venue.Rest.BlockedUntil!.Value, StringComparer.Ordinal);
        lock (_gate)
        {
            if (now.Count == _bans.Count && now.All(ban => _bans.TryGetValue(ban.Key, out var known) && known == ban.Value))
            {
                return;
            }

            _bans = now;
            Write(now);
        }
    }

    /// <summary>Into a file beside it first, so that there is always a whole one.</summary>
    private void Write(Dictionary<string, DateTimeOffset> bans)
    {
        try
        {
            var draft = _file + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(bans, BanJson.Default.DictionaryStringDateTimeOffset));
            File.Move(draft, _file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(failure, _file);
        }
    }

    private Dictionary<string, DateTimeOffset> Read()
    {
        try
        {
            return File.Exists(_file)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(_file), BanJson.Default.DictionaryStringDateTimeOffset) ?? []
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            LogNotRead(failure, _file);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "{File} could not be written: a restart would ask venues again that have refused us until later.")]
    private partial void LogNotWritten(Exception failure, string file);

    [LoggerMessage(LogLevel.Warning, "{File} cannot be read: venues that refused us before the restart are asked again.")]
    private partial void LogNotRead(Exception failure, string file);

    /// <summary>Source-generated JSON of the file.</summary>
    [JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
    private sealed partial class BanJson : JsonSerializerContext;
}
