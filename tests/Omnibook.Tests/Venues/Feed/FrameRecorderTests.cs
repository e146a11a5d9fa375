using System.IO.Compression;
using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Raw frames on disk.</summary>
public sealed class FrameRecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnibook-recorder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_frame_is_one_line_with_its_receive_time(bool compress)
    {
        await using (var recorder = new FrameRecorder(new FrameRecorderOptions(_folder, "venue-0") { Compress = compress }))
        {
            recorder.Record(Timestamp.FromMilliseconds(1795176000000), "{\"a\":1}"u8);
            recorder.Record(Timestamp.FromMilliseconds(1795176000001), "{\n\"b\":2}"u8);
        }

        Assert.Equal("1795176000000000000 {\"a\":1}\n1795176000001000000 { \"b\":2}\n", Read(Assert.Single(Files()), compress));
    }

    [Fact]
    public async Task A_new_file_is_begun_when_one_is_full()
    {
        await using (var recorder = new FrameRecorder(new FrameRecorderOptions(_folder, "venue-0") { Compress = false, MaxFileBytes = 100 }))
        {
            for (var i = 0; i < 10; i++)
            {
                recorder.Record(Timestamp.FromMilliseconds(1795176000000 + i), Encoding.UTF8.GetBytes($"frame number {i}, which is long"));
            }
        }

        Assert.Equal(5, Files().Length);
        Assert.Equal(10, Files().Sum(file => File.ReadLines(file).Count()));
    }

    [Fact]
    public async Task A_disk_that_fails_costs_frames_and_nothing_else()
    {
        var blocked = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(blocked, "not a folder", TestContext.Current.CancellationToken);
        var recorder = new FrameRecorder(new FrameRecorderOptions(blocked, "venue-0"));
        recorder.Record(new Timestamp(1), "x"u8);
        await recorder.DisposeAsync();
        recorder.Record(new Timestamp(2), "y"u8);
        Assert.NotNull(recorder.Failure);
        Assert.Equal((0L, true), (recorder.Written, recorder.Dropped >= 1));
    }

    private string[] Files() => [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)];

    private static string Read(string path, bool compressed)
    {
        using var file = File.OpenRead(path);
        using Stream text = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(text).ReadToEnd();
    }
}
