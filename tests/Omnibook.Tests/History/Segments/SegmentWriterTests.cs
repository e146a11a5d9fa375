using Omnibook.History.Segments;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History.Segments;

public sealed class SegmentWriterTests
{
    [Fact]
    public async Task What_is_appended_is_read_in_order()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(1000);
        Assert.Equal(Positions(0, 999), desk.Read());
        Assert.Equal(999, desk.Writer.DurablePosition);
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task Positions_go_on_after_a_restart()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        await desk.CloseAsync();
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.WriteAsync(5);
        Assert.Equal(Positions(0, 14), desk.Read());
        Assert.Equal(2, desk.Disk.List().Count);
    }

    [Fact]
    public async Task Positions_never_fall_below_those_that_others_know()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { FirstPosition = 500 } };
        await desk.WriteAsync(1);
        Assert.Equal([500L], desk.Read());
    }

    [Fact]
    public async Task Many_records_share_one_synchronisation()
    {
        await using var desk = new SegmentDesk();
        desk.Append();
        await Eventually.HoldsAsync(() => desk.Writer.DurablePosition == 0, "the first record is durable at once");
        var before = desk.Disk.Syncs;
        for (var i = 0; i < 500; i++)
        {
            desk.Append();
        }

        Assert.Equal(0, desk.Writer.DurablePosition);
        desk.Time.Advance(desk.Options.SyncInterval);
        await Eventually.HoldsAsync(() => desk.Writer.DurablePosition == 500, "the others follow after the interval");
        Assert.Equal(before + 1, desk.Disk.Syncs);
    }

    [Fact]
    public async Task Who_gathers_is_asked_before_each_write()
    {
        await using var desk = new SegmentDesk();
        desk.Writer.Gathering = () => desk.Append();
        desk.Writer.Wake();
        await Eventually.HoldsAsync(() => desk.Writer.DurablePosition == 0, "what was gathered is durable");
        await desk.CloseAsync();
        Assert.Equal(Positions(0, 1), desk.Read());
    }

    [Fact]
    public async Task A_file_ends_after_an_hour_and_after_its_bytes()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { RollBytes = 2000 } };
        await desk.WriteAsync(60);
        await desk.WriteAsync(1);
        await desk.RollAsync(1);
        Assert.Equal([0L, 60L, 61L], desk.Disk.List().Select(name => name.First));
        Assert.Equal(Positions(0, 61), desk.Read());
    }

    [Fact]
    public async Task Seven_days_take_the_place_of_one_and_an_hour()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { Retention = TimeSpan.FromDays(1) } };
        var (day, most) = (0L, 0L);
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            await desk.RollAsync(100);
            most = Math.Max(most, desk.Disk.Used);
            day = hour == 23 ? desk.Disk.Used : day;
        }

        Assert.InRange(most, day, day * 12 / 10);
        Assert.Equal(Positions(desk.Read()[0], 16_799), desk.Read());
        Assert.Equal(desk.Disk.Used, desk.Writer.Health.Bytes);
    }

    [Fact]
    public async Task The_oldest_files_make_room_when_the_bytes_are_bounded()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { MaxBytes = 20_000 } };
        for (var hour = 0; hour < 30; hour++)
        {
            await desk.RollAsync(100);
            Assert.InRange(desk.Disk.Used, 1, 20_000);
        }

        Assert.Equal(2999, desk.Read()[^1]);
    }

    [Fact]
    public async Task A_closed_writer_refuses()
    {
        var desk = new SegmentDesk();
        var writer = desk.Writer;
        await desk.CloseAsync();
        Assert.False(writer.TryAppend([1]));
        await writer.FlushAsync();
    }

    internal static List<long> Positions(long first, long last) => [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)];
}
