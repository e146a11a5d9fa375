using Omnibook.History.Segments;
using Omnibook.Tests.Time;
using static Omnibook.Tests.History.Segments.SegmentWriterTests;

namespace Omnibook.Tests.History.Segments;

/// <summary>What a disk can do to a log, and what is left of it.</summary>
public sealed class SegmentFaultTests
{
    [Fact]
    public async Task A_power_cut_takes_nothing_that_was_said_to_be_durable()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(50);
        var durable = desk.Writer.DurablePosition;
        desk.Disk.SyncFails = true;
        await desk.WriteAsync(50);
        desk.Disk.CutPower();
        Assert.Equal(durable, desk.Writer.DurablePosition);
        Assert.Equal(Positions(0, durable), desk.Read());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(30)]
    public async Task A_torn_tail_is_cut_at_the_start_and_told(int bytes)
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        desk.Kill();
        desk.Disk.Change(0, file => file.RemoveRange(file.Count - bytes, bytes));
        desk.Time.Advance(TimeSpan.FromSeconds(1));

        var torn = Assert.Single(desk.Writer.Recovered);
        Assert.Equal(SegmentLoss.TornTail, torn.Loss);
        Assert.Equal(RecordHeader.Size + "record 9".Length - bytes, torn.Bytes);
        var next = desk.Writer.NextPosition;
        Assert.Equal(9 + torn.Bytes, next);
        await desk.WriteAsync(1);
        Assert.Equal([.. Positions(0, 8), next], desk.Read());
    }

    [Fact]
    public async Task A_flipped_bit_costs_one_record_and_is_told_exactly()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        var size = RecordHeader.Size + "record 0".Length;
        var heads = 2 * (RecordHeader.Size + "head".Length);
        desk.Disk.Flip(0, heads + 4 * size + 25);
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 9], desk.Read());
        var damage = Assert.Single(desk.Damage);
        Assert.Equal((SegmentLoss.Damaged, heads + 4L * size, size, 4, 4), (damage.Loss, damage.Offset, damage.Bytes, damage.First, damage.Last));
    }

    [Fact]
    public async Task Whatever_bit_flips_only_its_own_record_is_lost()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(6);
        await desk.RollAsync(6);
        for (var file = 0; file < 2; file++)
        {
            for (var offset = 0; offset < desk.Disk.LengthOf(file); offset++)
            {
                desk.Disk.Flip(file, offset);
                var read = desk.Read();
                Assert.InRange(read.Count, 11, 12);
                Assert.NotEmpty(desk.Damage);
                desk.Disk.Flip(file, offset);
            }
        }
    }

    [Fact]
    public async Task Ten_flipped_bits_in_each_file_cost_what_is_told_and_no_more()
    {
        await using var desk = new SegmentDesk();
        for (var file = 0; file < 4; file++)
        {
            await desk.RollAsync(500);
        }

        var random = new Random(4711);
        for (var i = 0; i < 40; i++)
        {
            desk.Disk.Flip(i / 10, random.Next(16_000));
        }

        var read = desk.Read();
        var lost = desk.Damage.SelectMany(damage => Positions(damage.First, damage.Last)).Distinct();
        Assert.Equal(Positions(0, 1999), read.Concat(lost).Order());
    }

    [Fact]
    public async Task A_head_that_is_damaged_is_found_where_it_stands_a_second_time()
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(3);
        desk.Disk.Flip(0, 3);
        using var reader = new SegmentReader(desk.Disk, 0, desk.Damage.Add);
        Assert.True(reader.Read(out var first));
        Assert.True(first.IsHead);
        Assert.Equal("head"u8, first.Payload);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_is_lost_when_it_is_freed_in_time()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { KeepFree = 0 } };
        await desk.WriteAsync(10);
        desk.Disk.Total = desk.Disk.Used + 50;
        await desk.WriteAsync(10);
        Assert.Equal("No space left on device.", desk.Writer.Health.Degraded);
        Assert.Equal(9, desk.Writer.DurablePosition);

        desk.Disk.Total = 1 << 30;
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => desk.Writer.Health.Degraded is null, "it goes on by itself");
        Assert.Equal(19, desk.Writer.DurablePosition);
        Assert.Equal(Positions(0, 19), desk.Read());
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task A_disk_that_stays_full_costs_the_newest_records_and_they_are_counted()
    {
        await using var desk = new SegmentDesk { Options = new SegmentOptions { KeepFree = 0, MaxWaitingBytes = 1000 } };
        await desk.WriteAsync(10);
        desk.Disk.Total = desk.Disk.Used;
        await desk.WriteAsync(100);
        var lost = desk.Writer.Health.Lost;
        Assert.InRange(lost, 60, 99);

        desk.Disk.Total = 1 << 30;
        await desk.Writer.FlushAsync();
        await desk.WriteAsync(1);
        Assert.Equal([.. Positions(0, 109 - lost), 110], desk.Read());
        var damage = Assert.Single(desk.Damage);
        Assert.Equal((SegmentLoss.NeverWritten, 110 - lost, 109L), (damage.Loss, damage.First, damage.Last));
    }

    [Fact]
    public async Task The_last_twentieth_of_the_disk_is_left_to_others()
    {
        await using var desk = new SegmentDesk();
        desk.Disk.Total = 8000;
        await desk.WriteAsync(50);
        await desk.WriteAsync(100);
        Assert.Null(desk.Writer.Health.Degraded);
        desk.Disk.Total = desk.Disk.Used + 100;
        await desk.WriteAsync(1);
        Assert.Contains("left to others", desk.Writer.Health.Degraded, StringComparison.Ordinal);
        desk.Disk.Total = desk.Disk.Used * 108 / 100;
        await desk.Writer.FlushAsync();
        Assert.NotNull(desk.Writer.Health.Degraded);
        desk.Disk.Total *= 2;
        await desk.Writer.FlushAsync();
        Assert.Null(desk.Writer.Health.Degraded);
        Assert.Equal(Positions(0, 150), desk.Read());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_torn_write_is_written_again_and_read_once(bool stuck)
    {
        await using var desk = new SegmentDesk();
        await desk.WriteAsync(10);
        (desk.Disk.WritesTear, desk.Disk.IsStuck) = (true, stuck);
        await desk.WriteAsync(10);
        (desk.Disk.WritesTear, desk.Disk.IsStuck) = (false, false);
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.WriteAsync(10);
        Assert.Equal(Positions(0, 29), desk.Read());
        Assert.Equal(29, desk.Writer.DurablePosition);
        Assert.Equal(0, desk.Writer.Health.Lost);
    }

    [Fact]
    public async Task A_slow_disk_delays_nobody_who_appends()
    {
        using var slow = new ManualResetEventSlim();
        await using var desk = new SegmentDesk();
        desk.Disk.Syncing = () => slow.Wait(TestContext.Current.CancellationToken);
        desk.Append();
        for (var i = 0; i < 5000; i++)
        {
            Assert.True(desk.Append());
        }

        Assert.Equal(-1, desk.Writer.DurablePosition);
        slow.Set();
        await desk.Writer.FlushAsync();
        await desk.Writer.FlushAsync();
        Assert.Equal(5000, desk.Writer.DurablePosition);
    }
}
