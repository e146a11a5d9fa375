using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.History;

namespace Omnibook.Tests.Server.History;

public sealed class RawFramesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-frames-");
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(70));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Frames_are_kept_by_venue()
    {
        await using (var frames = Open(maxBytes: 1000))
        {
            frames.Of(new VenueId("bybit")).Record(new Timestamp(1), "{}"u8);
            frames.Of(new VenueId("lighter")).Record(new Timestamp(2), "{}"u8);
            Assert.Same(frames.Of(new VenueId("bybit")), frames.Of(new VenueId("bybit")));
        }

        Assert.Equal(["bybit", "lighter"], _folder.GetDirectories().Select(venue => venue.Name).Order());
        Assert.All(_folder.GetDirectories(), venue => Assert.Single(venue.GetFiles()));
    }

    [Fact]
    public async Task The_oldest_files_go_when_there_are_too_many_bytes()
    {
        await using var frames = Open(maxBytes: 1000);
        Write("bybit", days: 0, 400, 400, 400, 400);
        frames.Bound();
        Assert.Equal(["2.txt.gz", "3.txt.gz"], Left("bybit"));
    }

    [Fact]
    public async Task Files_that_are_too_old_go_and_the_newest_stays()
    {
        await using var frames = Open(maxBytes: 1_000_000);
        Write("bybit", days: 3, 10, 10);
        Write("lighter", days: 0, 10, 10);
        frames.Bound();
        Assert.Equal(["1.txt.gz"], Left("bybit"));
        Assert.Equal(2, Left("lighter").Count);
    }

    private RawFrames Open(long maxBytes) => new(_folder.FullName, new RawFrameOptions(TimeSpan.FromDays(1), maxBytes), _time, NullLogger.Instance);

    private void Write(string venue, int days, params int[] sizes)
    {
        var folder = _folder.CreateSubdirectory(venue);
        for (var i = 0; i < sizes.Length; i++)
        {
            var file = Path.Combine(folder.FullName, $"{i}.txt.gz");
            File.WriteAllBytes(file, new byte[sizes[i]]);
            File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime.AddDays(-days));
        }
    }

    private List<string> Left(string venue) => [.. new DirectoryInfo(Path.Combine(_folder.FullName, venue)).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
