using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Events;

public sealed class TimestampTests
{
    [Theory]
    [InlineData(1_999_999, 1)]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    [InlineData(-1_000_000, -1)]
    [InlineData(-1_000_001, -2)]
    public void Milliseconds_are_rounded_down_on_both_sides_of_1970(long nanoseconds, long milliseconds) =>
        Assert.Equal(milliseconds, new Timestamp(nanoseconds).UnixMilliseconds);

    [Fact]
    public void A_moment_survives_the_way_through_the_calendar()
    {
        var moment = new DateTimeOffset(2026, 11, 20, 15, 30, 1, 234, TimeSpan.FromHours(5)).AddTicks(5678);

        Assert.Equal(moment.ToUniversalTime(), Timestamp.From(moment).ToDateTimeOffset());
        Assert.Equal(Timestamp.FromMilliseconds(1_000), Timestamp.From(DateTimeOffset.UnixEpoch.AddSeconds(1)));
    }

    [Fact]
    public void Moments_are_compared_added_to_and_subtracted()
    {
        var (earlier, later) = (new Timestamp(100), new Timestamp(100) + TimeSpan.FromTicks(3));

        Assert.True(earlier < later && later > earlier && earlier <= later && later >= earlier);
        Assert.Equal(TimeSpan.FromTicks(3), later - earlier);
        Assert.True(default(Timestamp).IsUnknown && !later.IsUnknown);
        Assert.Equal(-1, earlier.CompareTo(later));
    }

    [Fact]
    public void A_moment_that_does_not_fit_is_an_error_and_never_another_moment() =>
        Assert.Throws<OverflowException>(() => Timestamp.FromMilliseconds(long.MaxValue / 1000));
}
