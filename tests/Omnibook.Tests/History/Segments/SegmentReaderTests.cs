using Omnibook.History.Segments;
using static Omnibook.Tests.History.Segments.SegmentWriterTests;

namespace Omnibook.Tests.History.Segments;

public sealed class SegmentReaderTests
{
    [Fact]
    public async Task Reading_begins_where_it_is_asked_to()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        await desk.RollAsync(10);
        await desk.RollAsync(10);
        Assert.Equal(Positions(15, 29), desk.Read(from: 15));
        Assert.Equal(Positions(20, 29), desk.Read(from: 20));
        Assert.Empty(desk.Read(from: 30));
    }

    [Fact]
    public async Task A_reader_follows_the_writer_over_its_files()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        using var reader = new SegmentReader(desk.Disk, 0, desk.Damage.Add) { Until = desk.Writer.DurablePosition };
        Assert.Equal(Positions(0, 9), SegmentDesk.ReadOn(reader));
        Assert.Empty(SegmentDesk.ReadOn(reader));
        await desk.WriteAsync(10);
        await desk.RollAsync(10);
        Assert.Empty(SegmentDesk.ReadOn(reader));
        reader.Until = desk.Writer.DurablePosition;
        Assert.Equal(Positions(10, 29), SegmentDesk.ReadOn(reader));
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task Nothing_behind_what_is_durable_is_read_and_a_record_being_written_is_no_damage()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        using var reader = new SegmentReader(desk.Disk, 0, desk.Damage.Add) { Until = 9 };
        desk.Disk.Change(0, file => file.AddRange(RecordHeader.Magic));
        Assert.Equal(Positions(0, 9), SegmentDesk.ReadOn(reader));
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task A_record_larger_than_the_buffer_is_read()
    {
        await using var desk = new SegmentDesk();
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        desk.Writer.TryAppend([1]);
        desk.Writer.TryAppend(large, 7);
        desk.Writer.TryAppend([2]);
        await desk.Writer.FlushAsync();
        using var reader = new SegmentReader(desk.Disk, 1, damaged: null);
        while (reader.Read(out var record) && (record.IsHead || record.Position != 1))
        {
            Assert.True(record.IsHead);
        }

        Assert.Equal(8, reader.Next);
        Assert.True(reader.Read(out var last));
        Assert.Equal(8, last.Position);
    }

    [Fact]
    public async Task Files_that_the_retention_took_are_left_out()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        await desk.RollAsync(10);
        await desk.RollAsync(10);
        desk.Disk.Delete(desk.Disk.List()[0]);
        Assert.Equal(Positions(10, 29), desk.Read());
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task A_file_that_is_missing_in_between_is_told()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        await desk.RollAsync(10);
        await desk.RollAsync(10);
        desk.Disk.Delete(desk.Disk.List()[1]);
        Assert.Equal([.. Positions(0, 9), .. Positions(20, 29)], desk.Read());
        Assert.Equal((10, 19), (Assert.Single(desk.Damage).First, desk.Damage[0].Last));
    }

    [Fact]
    public async Task Files_are_read_from_a_real_folder()
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-segments-");
        try
        {
            await using (var writer = new SegmentWriter(folder.FullName, new SegmentOptions(), TimeProvider.System))
            {
                writer.TryAppend("one"u8, 2);
                writer.TryAppend("two"u8);
            }

            using var reader = new SegmentReader(folder.FullName, 2);
            while (reader.Read(out var record) && record.IsHead)
            {
                Assert.Empty(record.Payload.ToArray());
            }

            Assert.Equal(3, reader.Next);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_checksum_is_the_published_one()
    {
        // RFC 3720, appendix B.4: 32 bytes of zeros, and 32 bytes counted up.
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([0, 1, 2], [.. Enumerable.Range(3, 29).Select(i => (byte)i)]));
    }

    [Fact]
    public void Names_of_files_are_read_as_they_are_written()
    {
        var name = new SegmentName(4711, new DateTimeOffset(2026, 8, 1, 9, 30, 0, 123, TimeSpan.Zero));
        Assert.Equal("0000000000000004711-20260801T093000123.seg", name.ToString());
        Assert.True(SegmentName.TryParse(name.ToString(), out var read));
        Assert.Equal(name, read);
        Assert.False(SegmentName.TryParse("history.duckdb", out _));
    }
}
