using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

public sealed class BookClockTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(Second)]
    [InlineData(3600 * Second)]
    public void Elapsed_time_never_runs_backwards(long step)
    {
        var clock = new BookClock(new Timestamp(10_000 * Second));
        var before = clock.Elapsed;

        clock.Advance(new Timestamp(10_000 * Second - step));

        Assert.Equal(before, clock.Elapsed);
        Assert.Equal(10_000 * Second - step, clock.Now.Nanoseconds);
    }

    [Fact]
    public void After_a_long_step_back_time_goes_on_from_there()
    {
        var clock = new BookClock(new Timestamp(10_000 * Second));
        var before = clock.Elapsed;
        clock.Advance(new Timestamp(5000 * Second));

        clock.Advance(new Timestamp(5007 * Second));

        Assert.Equal(7 * Second, clock.Elapsed - before);
    }

    [Fact]
    public void Disorder_between_queues_adds_no_time()
    {
        var clock = new BookClock(new Timestamp(100 * Second));
        var before = clock.Elapsed;
        for (var i = 0; i < 1000; i++)
        {
            clock.Advance(new Timestamp(100 * Second - i % 2 * Second / 2));
        }

        Assert.Equal(before, clock.Elapsed);
    }

    [Fact]
    public void An_unknown_moment_tells_nothing()
    {
        var clock = new BookClock(new Timestamp(5 * Second));

        clock.Advance(default);

        Assert.Equal((5 * Second, 5 * Second), (clock.Now.Nanoseconds, clock.Elapsed));
    }
}
