using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

/// <summary>How late a book comes, of which two clocks tell that need not agree.</summary>
public sealed class LatenessTests
{
    private readonly OrderBook _book = new(MadeInstruments.Make(), BookOptions.Default with { MaxLag = TimeSpan.FromMilliseconds(1500) });
    private long _venueNow = 1_700_000_000_000;
    private long _sequence = 10;

    public LatenessTests()
    {
        _book.Apply(new BookSnapshot(default, _sequence, Times(took: 20)), [Level(100)], [Level(110)]);
        Updates(10, took: 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000)]
    [InlineData(-3_600_000)]
    public void Clocks_that_differ_are_no_lag(long offset)
    {
        _book.Apply(new Tick(At(_venueNow + offset)));
        Updates(10, took: offset + 20);
        Assert.Equal((BookState.Live, StatusReasons.None, TimeSpan.Zero), (_book.Status.State, _book.Status.Reason, _book.Lag));
    }

    [Fact]
    public void A_book_that_comes_two_seconds_late_is_live_and_takes_no_part()
    {
        Updates(2, took: 2020);
        Assert.Equal((BookState.Live, StatusReasons.Lagging), (_book.Status.State, _book.Status.Reason));
        Assert.False(_book.TakesPart);
        Assert.Equal(TimeSpan.FromSeconds(2), _book.Lag);
    }

    [Fact]
    public void A_book_that_falls_further_behind_is_stale_until_it_has_caught_up()
    {
        for (var took = 20; took <= 4_020; took += 200)
        {
            Updates(1, took);
        }

        Assert.Equal((BookState.Stale, StatusReasons.Lagging), (_book.Status.State, _book.Status.Reason));
        Updates(2, took: 2020);
        Assert.Equal((BookState.Live, StatusReasons.Lagging), (_book.Status.State, _book.Status.Reason));
        Updates(2, took: 30);
        Assert.Equal((BookState.Live, StatusReasons.None), (_book.Status.State, _book.Status.Reason));
        Assert.True(_book.TakesPart);
    }

    [Fact]
    public void A_clock_of_the_venue_that_was_fast_and_is_put_right_is_no_lag()
    {
        _venueNow += 5_000;
        Updates(10, took: -4_980);
        Assert.True(_book.TakesPart);
        _venueNow -= 5_000;
        Updates(3, took: 20);
        Assert.Equal((BookState.Live, StatusReasons.None, TimeSpan.Zero), (_book.Status.State, _book.Status.Reason, _book.Lag));
    }

    [Fact]
    public void One_late_message_says_nothing_and_neither_does_one_that_came_before()
    {
        Updates(1, took: 2020);
        Assert.True(_book.TakesPart);
        _book.Apply(new BookSnapshot(default, _sequence, Times(took: 9_000)), [Level(100)], [Level(110)]);
        Assert.True(_book.TakesPart);
    }

    [Theory]
    [InlineData(43_000)]
    [InlineData(3_600_000)]
    public void A_clock_of_ours_that_was_set_forward_makes_nobody_late(long step)
    {
        _book.Apply(new Tick(At(_venueNow + step)));
        Updates(5, took: step + 20);
        Assert.True(_book.TakesPart);
    }

    [Fact]
    public void A_line_that_stays_longer_becomes_the_usual_one_after_a_while()
    {
        for (var second = 0; second < 21 * 60; second++)
        {
            _venueNow += 1000;
            Updates(1, took: 2020);
        }

        Assert.True(_book.TakesPart);
    }

    private void Updates(int count, long took)
    {
        for (var i = 0; i < count; i++)
        {
            _venueNow += 10;
            _book.Apply(new BookUpdate(default, ++_sequence, _sequence, Times(took)), [Level(100)], [Level(110)]);
        }
    }

    private EventTimes Times(long took) => new(At(_venueNow), At(_venueNow + took));

    private static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private static Level Level(long price) => OrderBookHarness.Level(price, 1);
}
